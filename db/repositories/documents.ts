import { and, eq, inArray, isNull, sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { documents, individuals } from "@/db/schema";
import { beyond, orderBy, type SortKey } from "./keyset";

/** Tax forms with the people who filed them. */

const columns = {
  id: documents.id,
  connectionId: documents.connectionId,
  entityId: documents.entityId,
  finchDocumentId: documents.finchDocumentId,
  individualId: documents.individualId,
  type: documents.type,
  year: documents.year,
  content: documents.content,
  contentFetchedAt: documents.contentFetchedAt,
  contentError: documents.contentError,
  fetchedAt: documents.fetchedAt,
  firstName: individuals.firstName,
  lastName: individuals.lastName,
  preferredName: individuals.preferredName,
  personDeletedAt: individuals.deletedAt,
};

export type DocumentRow = Pick<
  typeof documents.$inferSelect,
  | "id"
  | "connectionId"
  | "entityId"
  | "finchDocumentId"
  | "individualId"
  | "type"
  | "year"
  | "content"
  | "contentFetchedAt"
  | "contentError"
  | "fetchedAt"
> & {
  firstName: string | null;
  lastName: string | null;
  preferredName: string | null;
  personDeletedAt: Date | null;
};

/** unread: listed, and its data not here yet; failed: Finch answered with an error. */
export type DocumentState = "read" | "unread" | "failed";

export interface DocumentFilter {
  visible: readonly string[];
  /** Lower-case words; each must occur in the person's search text. */
  words: readonly string[];
  /** Null in a list means "not given". */
  types: readonly (string | null)[];
  years: readonly number[];
  connections: readonly string[];
  state: DocumentState | null;
  individualId: string | null;
}

const keys: readonly SortKey[] = [
  { expression: sql`(${individuals.id} is null)`, descending: false, type: "boolean" },
  { expression: sql`coalesce(${individuals.sortName}, '')`, descending: false, type: "text" },
  { expression: sql`coalesce(${documents.individualId}::text, '')`, descending: false, type: "text" },
  { expression: sql`lpad(coalesce(${documents.year}, 0)::text, 4, '0')`, descending: true, type: "text" },
  { expression: sql`${documents.id}`, descending: false, type: "uuid" },
];

const states: Record<DocumentState, SQL> = {
  read: sql`${documents.contentFetchedAt} is not null`,
  failed: sql`(${documents.contentFetchedAt} is null and ${documents.contentError} is not null)`,
  unread: sql`(${documents.contentFetchedAt} is null and ${documents.contentError} is null)`,
};

const likePattern = (word: string) => `%${word.replace(/[\\%_]/g, "\\$&")}%`;

function typeIn(types: readonly (string | null)[]): SQL | undefined {
  const given = types.filter((type) => type !== null);
  if (types.length === 0) return undefined;
  const parts = [
    ...(given.length > 0 ? [inArray(documents.type, given)] : []),
    ...(given.length < types.length ? [isNull(documents.type)] : []),
  ];
  return sql`(${sql.join(parts, sql` or `)})`;
}

const matching = (customerId: string, filter: DocumentFilter) =>
  and(
    eq(documents.customerId, customerId),
    isNull(documents.deletedAt),
    inArray(documents.connectionId, [...filter.visible]),
    typeIn(filter.types),
    filter.years.length > 0 ? inArray(documents.year, [...filter.years]) : undefined,
    filter.connections.length > 0 ? inArray(documents.connectionId, [...filter.connections]) : undefined,
    filter.individualId ? eq(documents.individualId, filter.individualId) : undefined,
    filter.state ? states[filter.state] : undefined,
    ...filter.words.map((word) => sql`${individuals.searchText} like ${likePattern(word)}`),
  );

const person = and(
  eq(individuals.customerId, documents.customerId),
  eq(individuals.id, documents.individualId),
);

export interface DocumentSlice {
  /** The form that the page follows or precedes. */
  pivot: string | null;
  backwards: boolean;
  limit: number;
}

/** A run of forms by person, of one person the newest first. Forms of nobody stand last. */
export async function listDocumentRows(
  tx: Tx,
  customerId: string,
  filter: DocumentFilter,
  { pivot, backwards, limit }: DocumentSlice,
): Promise<DocumentRow[]> {
  if (filter.visible.length === 0) return [];
  const from = pivot ? await findPosition(tx, customerId, pivot) : null;
  const rows = await tx
    .select(columns)
    .from(documents)
    .leftJoin(individuals, person)
    .where(and(matching(customerId, filter), from ? beyond(keys, from, backwards) : undefined))
    .orderBy(orderBy(keys, backwards))
    .limit(limit);
  return backwards ? rows.reverse() : rows;
}

async function findPosition(tx: Tx, customerId: string, id: string): Promise<string[] | null> {
  const values = sql.join(
    keys.map((key) => sql`(${key.expression})::text`),
    sql`, `,
  );
  const [row] = await tx
    .select({ values: sql<string[]>`array[${values}]` })
    .from(documents)
    .leftJoin(individuals, person)
    .where(and(eq(documents.customerId, customerId), eq(documents.id, id)));
  return row?.values ?? null;
}

/** One form of a visible connection, or null. */
export async function findDocument(
  tx: Tx,
  customerId: string,
  id: string,
  visible: readonly string[],
): Promise<DocumentRow | null> {
  if (visible.length === 0) return null;
  const [row] = await tx
    .select(columns)
    .from(documents)
    .leftJoin(individuals, person)
    .where(
      and(
        eq(documents.customerId, customerId),
        eq(documents.id, id),
        inArray(documents.connectionId, [...visible]),
        isNull(documents.deletedAt),
      ),
    );
  return row ?? null;
}

export async function countDocuments(tx: Tx, customerId: string, filter: DocumentFilter): Promise<number> {
  if (filter.visible.length === 0) return 0;
  const [row] = await tx
    .select({ n: sql<number>`count(*)::int` })
    .from(documents)
    .leftJoin(individuals, person)
    .where(matching(customerId, filter));
  return row?.n ?? 0;
}

/** How many forms there are of each kind and year, newest first. */
export async function listDocumentKinds(
  tx: Tx,
  customerId: string,
  visible: readonly string[],
): Promise<{ type: string | null; year: number | null; count: number }[]> {
  if (visible.length === 0) return [];
  return tx
    .select({ type: documents.type, year: documents.year, count: sql<number>`count(*)::int` })
    .from(documents)
    .where(
      and(
        eq(documents.customerId, customerId),
        inArray(documents.connectionId, [...visible]),
        isNull(documents.deletedAt),
      ),
    )
    .groupBy(documents.type, documents.year)
    .orderBy(sql`${documents.year} desc nulls last`, sql`${documents.type} desc nulls last`);
}
