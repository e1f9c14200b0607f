import { and, eq, inArray, isNull, sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { individuals } from "@/db/schema";
import { beyond, orderBy, type SortKey } from "./keyset";

export type IndividualRow = typeof individuals.$inferSelect;

/** What a line of the directory shows. */
const directoryColumns = {
  id: individuals.id,
  connectionId: individuals.connectionId,
  firstName: individuals.firstName,
  middleName: individuals.middleName,
  lastName: individuals.lastName,
  preferredName: individuals.preferredName,
  workEmail: individuals.workEmail,
  isActive: individuals.isActive,
  managerFinchId: individuals.managerFinchId,
  department: individuals.department,
  title: individuals.title,
  employmentType: individuals.employmentType,
  employmentSubtype: individuals.employmentSubtype,
  employmentStatus: individuals.employmentStatus,
  startDate: individuals.startDate,
  endDate: individuals.endDate,
  finchIndividualId: individuals.finchIndividualId,
  individualFetchedAt: individuals.individualFetchedAt,
  employmentFetchedAt: individuals.employmentFetchedAt,
  individualError: individuals.individualError,
  employmentError: individuals.employmentError,
};

export type DirectoryRow = Pick<IndividualRow, keyof typeof directoryColumns>;
export type DirectorySort = "name" | "title" | "department" | "status" | "start";

/** What the directory is narrowed to; an empty list asks for nothing, null in a list means "not given". */
export interface DirectoryFilter {
  /** Connections whose people may be shown at all. */
  visible: readonly string[];
  /** Lower-case words; each must occur in the search text. */
  words: readonly string[];
  statuses: readonly (string | null)[];
  departments: readonly (string | null)[];
  types: readonly (string | null)[];
  subtypes: readonly (string | null)[];
  connections: readonly string[];
  manager: { connectionId: string; finchId: string } | null;
  active: boolean | null;
}

export interface DirectoryOrder {
  sort: DirectorySort;
  descending: boolean;
}

const nameKey = (descending: boolean): SortKey[] => [
  { expression: sql`${individuals.sortName}`, descending, type: "text" },
  { expression: sql`${individuals.id}`, descending, type: "uuid" },
];

const sortColumns = {
  title: { expression: sql`coalesce(lower(${individuals.title}), '')`, type: "text" },
  department: { expression: sql`coalesce(lower(${individuals.department}), '')`, type: "text" },
  status: { expression: sql`coalesce(${individuals.employmentStatus}, '')`, type: "text" },
  start: { expression: sql`coalesce(${individuals.startDate}, '0001-01-01')`, type: "date" },
} as const;

const sourceColumn = {
  title: individuals.title,
  department: individuals.department,
  status: individuals.employmentStatus,
  start: individuals.startDate,
};

/** Who lacks the value stands last in both directions; equal values are ordered by name. */
export function directoryKeys({ sort, descending }: DirectoryOrder): SortKey[] {
  if (sort === "name") return nameKey(descending);
  return [
    { expression: sql`(${sourceColumn[sort]} is null)`, descending: false, type: "boolean" },
    { ...sortColumns[sort], descending },
    ...nameKey(false),
  ];
}

function anyOf(
  column: SQL | typeof individuals.department,
  values: readonly (string | null)[],
): SQL | undefined {
  if (values.length === 0) return undefined;
  const given = values.filter((value) => value !== null);
  const parts: SQL[] = [];
  if (given.length > 0) parts.push(sql`${column} in ${given}`);
  if (given.length < values.length) parts.push(sql`${column} is null`);
  return sql`(${sql.join(parts, sql` or `)})`;
}

const likePattern = (word: string) => `%${word.replace(/[\\%_]/g, "\\$&")}%`;

function matching(customerId: string, filter: DirectoryFilter): SQL | undefined {
  return and(
    eq(individuals.customerId, customerId),
    isNull(individuals.deletedAt),
    inArray(individuals.connectionId, [...filter.visible]),
    anyOf(sql`${individuals.employmentStatus}`, filter.statuses),
    anyOf(sql`${individuals.department}`, filter.departments),
    anyOf(sql`${individuals.employmentType}`, filter.types),
    anyOf(sql`${individuals.employmentSubtype}`, filter.subtypes),
    anyOf(sql`${individuals.connectionId}`, filter.connections),
    filter.manager
      ? and(
          eq(individuals.connectionId, filter.manager.connectionId),
          eq(individuals.managerFinchId, filter.manager.finchId),
        )
      : undefined,
    filter.active === null ? undefined : eq(individuals.isActive, filter.active),
    ...filter.words.map((word) => sql`${individuals.searchText} like ${likePattern(word)}`),
  );
}

export interface DirectorySlice {
  order: DirectoryOrder;
  /** Values of the order's keys, as getDirectoryPosition gives them; null starts at the first (or last) row. */
  from: readonly string[] | null;
  /** Reads towards the beginning; the rows come back in reading order all the same. */
  backwards?: boolean;
  limit: number;
}

/** The query of one page, in the direction that is read. A test explains it. */
export function directoryPage(
  tx: Tx,
  customerId: string,
  filter: DirectoryFilter,
  { order, from, backwards = false, limit }: DirectorySlice,
) {
  const keys = directoryKeys(order);
  return tx
    .select(directoryColumns)
    .from(individuals)
    .where(and(matching(customerId, filter), from ? beyond(keys, from, backwards) : undefined))
    .orderBy(orderBy(keys, backwards))
    .limit(limit);
}

/** A run of the directory in its order. For the order by name this is an index scan (DESIGN §5). */
export async function listIndividuals(
  tx: Tx,
  customerId: string,
  filter: DirectoryFilter,
  { order, from, backwards = false, limit }: DirectorySlice,
): Promise<DirectoryRow[]> {
  if (filter.visible.length === 0) return [];
  const rows = await directoryPage(tx, customerId, filter, { order, from, backwards, limit });
  return backwards ? rows.reverse() : rows;
}

/** Where a person stands in an order; null where that person is unknown to this reader. */
export async function findDirectoryPosition(
  tx: Tx,
  customerId: string,
  individualId: string,
  order: DirectoryOrder,
): Promise<string[] | null> {
  const keys = directoryKeys(order);
  const [row] = await tx
    .select({
      values: sql<string[]>`array[${sql.join(
        keys.map((key) => sql`(${key.expression})::text`),
        sql`, `,
      )}]`,
    })
    .from(individuals)
    .where(and(eq(individuals.customerId, customerId), eq(individuals.id, individualId)));
  return row?.values ?? null;
}

export interface DirectoryCounts {
  matching: number;
  total: number;
}

/** How many people match, and how many there are, in one pass. */
export async function countIndividuals(
  tx: Tx,
  customerId: string,
  filter: DirectoryFilter,
): Promise<DirectoryCounts> {
  if (filter.visible.length === 0) return { matching: 0, total: 0 };
  const everyone = matching(customerId, { ...noFilter, visible: filter.visible });
  const [row] = await tx
    .select({
      matching: sql<number>`count(*) filter (where ${matching(customerId, filter)})::int`,
      total: sql<number>`count(*)::int`,
    })
    .from(individuals)
    .where(everyone);
  return row ?? { matching: 0, total: 0 };
}

export const noFilter: Omit<DirectoryFilter, "visible"> = {
  words: [],
  statuses: [],
  departments: [],
  types: [],
  subtypes: [],
  connections: [],
  manager: null,
  active: null,
};

export type DirectoryFacet = "status" | "department" | "type" | "subtype" | "connection" | "manager";

const facetColumns = {
  status: sql`${individuals.employmentStatus}`,
  department: sql`${individuals.department}`,
  type: sql`${individuals.employmentType}`,
  subtype: sql`${individuals.employmentSubtype}`,
  connection: sql`${individuals.connectionId}::text`,
} as const;

export interface FacetRow {
  value: string | null;
  count: number;
}

/** The values of one filter with the number of people behind each, most frequent first. */
export async function listFacetValues(
  tx: Tx,
  customerId: string,
  filter: DirectoryFilter,
  facet: Exclude<DirectoryFacet, "manager">,
): Promise<FacetRow[]> {
  if (filter.visible.length === 0) return [];
  return tx
    .select({ value: sql<string | null>`${facetColumns[facet]}`, count: sql<number>`count(*)::int` })
    .from(individuals)
    .where(matching(customerId, filter))
    .groupBy(sql`1`)
    .orderBy(sql`2 desc, 1 asc nulls last`)
    .limit(200);
}

/** Managers with the number of their direct reports; `value` is the manager's Finch id. */
export async function listManagerFacet(
  tx: Tx,
  customerId: string,
  filter: DirectoryFilter,
): Promise<{ connectionId: string; finchId: string; count: number }[]> {
  if (filter.visible.length === 0) return [];
  return tx
    .select({
      connectionId: individuals.connectionId,
      finchId: sql<string>`${individuals.managerFinchId}`,
      count: sql<number>`count(*)::int`,
    })
    .from(individuals)
    .where(and(matching(customerId, filter), sql`${individuals.managerFinchId} is not null`))
    .groupBy(individuals.connectionId, individuals.managerFinchId)
    .orderBy(sql`3 desc, 2 asc`)
    .limit(200);
}

/** One person of a visible connection, or null. */
export async function findIndividual(
  tx: Tx,
  customerId: string,
  individualId: string,
  visible: readonly string[],
): Promise<IndividualRow | null> {
  if (visible.length === 0) return null;
  const [row] = await tx
    .select()
    .from(individuals)
    .where(
      and(
        eq(individuals.customerId, customerId),
        eq(individuals.id, individualId),
        inArray(individuals.connectionId, [...visible]),
        isNull(individuals.deletedAt),
      ),
    );
  return row ?? null;
}

export interface IndividualNameRow {
  id: string;
  connectionId: string;
  finchIndividualId: string;
  firstName: string | null;
  lastName: string | null;
  preferredName: string | null;
}

/** Names by Finch's ids, for managers: ids repeat neither within a connection nor across it. */
export async function listNamesByFinchId(
  tx: Tx,
  customerId: string,
  connectionIds: readonly string[],
  finchIds: readonly string[],
): Promise<IndividualNameRow[]> {
  if (connectionIds.length === 0 || finchIds.length === 0) return [];
  return tx
    .select({
      id: individuals.id,
      connectionId: individuals.connectionId,
      finchIndividualId: individuals.finchIndividualId,
      firstName: individuals.firstName,
      lastName: individuals.lastName,
      preferredName: individuals.preferredName,
    })
    .from(individuals)
    .where(
      and(
        eq(individuals.customerId, customerId),
        inArray(individuals.connectionId, [...connectionIds]),
        inArray(individuals.finchIndividualId, [...finchIds]),
        isNull(individuals.deletedAt),
      ),
    );
}
