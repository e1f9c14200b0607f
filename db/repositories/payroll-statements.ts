import { and, eq, isNull, sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { individuals, payStatements } from "@/db/schema";
import { beyond, orderBy, type SortKey } from "./keyset";
import { uuids } from "./uuids";

/** The statements of one payment as its page reads them. Amounts are minor units of the currency beside them. */

export type StatementSort = "name" | "gross" | "net" | "hours";

export interface StatementFilter {
  paymentId: string;
  /** Lower-case words; each must occur in what people are searched by. */
  words: readonly string[];
  /** Empty asks for nothing, null in a list means "not given". */
  methods: readonly (string | null)[];
  types: readonly (string | null)[];
}

const columns = {
  id: payStatements.id,
  individualId: payStatements.individualId,
  ordinal: payStatements.ordinal,
  type: payStatements.type,
  paymentMethod: payStatements.paymentMethod,
  totalHours: payStatements.totalHours,
  grossPayCents: payStatements.grossPayCents,
  grossPayCurrency: payStatements.grossPayCurrency,
  netPayCents: payStatements.netPayCents,
  netPayCurrency: payStatements.netPayCurrency,
  grossIdentity: payStatements.grossIdentity,
  netIdentity: payStatements.netIdentity,
  nullCategories: payStatements.nullCategories,
  firstName: individuals.firstName,
  lastName: individuals.lastName,
  preferredName: individuals.preferredName,
  personDeletedAt: individuals.deletedAt,
};

export type StatementRow = Pick<
  typeof payStatements.$inferSelect,
  Exclude<keyof typeof columns, "firstName" | "lastName" | "preferredName" | "personDeletedAt">
> & {
  firstName: string | null;
  lastName: string | null;
  preferredName: string | null;
  personDeletedAt: Date | null;
};

export interface StatementOrder {
  sort: StatementSort;
  descending: boolean;
  /** The reader may see who people are: else nothing is ordered by names, and ids stand for them. */
  byName: boolean;
}

const idKey: SortKey = { expression: sql`${payStatements.id}`, descending: false, type: "uuid" };
const nameKey: SortKey = { expression: sql`${individuals.sortName}`, descending: false, type: "text" };

const sortColumns = {
  gross: { column: payStatements.grossPayCents, currency: payStatements.grossPayCurrency, type: "int8" },
  net: { column: payStatements.netPayCents, currency: payStatements.netPayCurrency, type: "int8" },
  hours: { column: payStatements.totalHours, currency: null, type: "numeric" },
} as const;

/** Who lacks the amount stands last in both directions; amounts of one currency stand together. */
function sortKeys({ sort, descending, byName }: StatementOrder): SortKey[] {
  const people = byName ? [nameKey, idKey] : [idKey];
  if (sort === "name") return people.map((key) => ({ ...key, descending }));
  const { column, currency, type } = sortColumns[sort];
  const currencyKey: SortKey[] = currency
    ? [{ expression: sql`lower(coalesce(${currency}, ''))`, descending: false, type: "text" }]
    : [];
  return [
    { expression: sql`(${column} is null)`, descending: false, type: "boolean" },
    ...currencyKey,
    { expression: sql`coalesce(${column}, 0)`, descending, type },
    ...people,
  ];
}

const anyOf = (column: SQL, values: readonly (string | null)[]): SQL | undefined =>
  values.length === 0
    ? undefined
    : sql`(${sql.join(
        values.map((value) => (value === null ? sql`${column} is null` : sql`${column} = ${value}`)),
        sql` or `,
      )})`;

const likePattern = (word: string) => `%${word.replace(/[\\%_]/g, "\\$&")}%`;

const ofPayment = (customerId: string, paymentId: string) =>
  and(
    eq(payStatements.customerId, customerId),
    eq(payStatements.paymentId, paymentId),
    isNull(payStatements.deletedAt),
  );

const matching = (customerId: string, { paymentId, words, methods, types }: StatementFilter) =>
  and(
    ofPayment(customerId, paymentId),
    anyOf(sql`${payStatements.paymentMethod}`, methods),
    anyOf(sql`${payStatements.type}`, types),
    ...words.map((word) => sql`${individuals.searchText} like ${likePattern(word)}`),
  );

const personOf = and(
  eq(individuals.customerId, payStatements.customerId),
  eq(individuals.id, payStatements.individualId),
);

export interface StatementSlice extends StatementOrder {
  /** As findStatementPlace gives it; null starts at the first (or last) one. */
  from: readonly string[] | null;
  backwards?: boolean;
  limit: number;
}

/** A run of a payment's statements in an order; people who left the directory are among them. */
export async function listStatementRows(
  tx: Tx,
  customerId: string,
  filter: StatementFilter,
  { from, backwards = false, limit, ...order }: StatementSlice,
): Promise<StatementRow[]> {
  const keys = sortKeys(order);
  const rows = await tx
    .select(columns)
    .from(payStatements)
    .innerJoin(individuals, personOf)
    .where(and(matching(customerId, filter), from ? beyond(keys, from, backwards) : undefined))
    .orderBy(orderBy(keys, backwards))
    .limit(limit);
  return backwards ? rows.reverse() : rows;
}

/** Where a statement stands in an order; null where this reader does not know it. */
export async function findStatementPlace(
  tx: Tx,
  customerId: string,
  statementId: string,
  order: StatementOrder,
): Promise<string[] | null> {
  const values = sql.join(
    sortKeys(order).map((key) => sql`(${key.expression})::text`),
    sql`, `,
  );
  const [row] = await tx
    .select({ values: sql<string[]>`array[${values}]` })
    .from(payStatements)
    .innerJoin(individuals, personOf)
    .where(and(eq(payStatements.customerId, customerId), eq(payStatements.id, statementId)));
  return row?.values ?? null;
}

export async function countStatements(tx: Tx, customerId: string, filter: StatementFilter): Promise<number> {
  const count = tx.select({ n: sql<number>`count(*)::int` }).from(payStatements);
  // People are looked at only where somebody is searched for.
  const searched = filter.words.length > 0 ? count.innerJoin(individuals, personOf) : count;
  const [row] = await searched.where(matching(customerId, filter));
  return row?.n ?? 0;
}

export interface StatementFacets {
  total: number;
  methods: { value: string | null; count: number }[];
  types: { value: string | null; count: number }[];
}

/** Payment methods and types of a payment's statements with how many there are of each. */
export async function listStatementFacets(
  tx: Tx,
  customerId: string,
  paymentId: string,
): Promise<StatementFacets> {
  const rows = await tx
    .select({
      method: payStatements.paymentMethod,
      type: payStatements.type,
      n: sql<number>`count(*)::int`,
    })
    .from(payStatements)
    .where(ofPayment(customerId, paymentId))
    .groupBy(payStatements.paymentMethod, payStatements.type);
  const by = (of: (row: (typeof rows)[number]) => string | null) => {
    const counts = new Map<string | null, number>();
    for (const row of rows) counts.set(of(row), (counts.get(of(row)) ?? 0) + row.n);
    return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
  };
  return {
    total: rows.reduce((sum, row) => sum + row.n, 0),
    methods: by(({ method }) => method),
    types: by(({ type }) => type),
  };
}

/** What lines of a statement add up to. */
export interface LineSumRow {
  statementId: string;
  /** earning | tax | deduction | contribution */
  category: string;
  /** Of taxes: true is the employer's, null is unknown. */
  employer: boolean | null;
  /** Lower case; '' where Finch gave none. */
  currency: string;
  cents: bigint;
  /** Lines without an amount. */
  missing: number;
}

/** Sums of the lines of some statements, by category, side and currency. */
export async function sumLinesOf(
  tx: Tx,
  customerId: string,
  statementIds: readonly string[],
): Promise<LineSumRow[]> {
  if (statementIds.length === 0) return [];
  const rows = await tx.execute<Omit<LineSumRow, "cents"> & { cents: string }>(sql`
    select l.statement_id as "statementId", l.category, l.employer, lower(coalesce(l.currency, '')) as currency,
      coalesce(sum(l.amount_cents), 0)::bigint as cents, (count(*) filter (where l.amount_cents is null))::int as missing
    from pay_statement_lines l
    where l.customer_id = ${customerId}::uuid and l.statement_id = any(${uuids(statementIds)})
    group by 1, 2, 3, 4`);
  return rows.map((row) => ({ ...row, cents: BigInt(row.cents) }));
}
