import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { payGroups, payments } from "@/db/schema";
import { matchingPayments, type PaymentFilter, type PayGroupPlace } from "./payroll-payments";

/** What stands around the list of payments: their sums, their pay groups and what there is to choose from. */

export type PaymentFigure = "companyDebit" | "gross" | "net" | "employerTaxes" | "employeeTaxes";

export interface PaymentSumRow {
  /** YYYY-MM of the pay date. */
  month: string;
  figure: PaymentFigure;
  /** Lower case; '' where Finch gave none. */
  currency: string;
  cents: bigint;
  runs: number;
  /** Runs of which Finch gave no such amount. */
  missing: number;
}

const figures = [
  ["companyDebit", "company_debit"],
  ["gross", "gross_pay"],
  ["net", "net_pay"],
  ["employerTaxes", "employer_taxes"],
  ["employeeTaxes", "employee_taxes"],
] as const;

/** The payments' own totals by month, figure and currency: currencies are never added to each other. */
export async function sumPayments(
  tx: Tx,
  customerId: string,
  filter: PaymentFilter,
): Promise<PaymentSumRow[]> {
  if (filter.visible.length === 0) return [];
  // A missing amount has no currency of its own: it is missing from that of the run's other amounts.
  const parts = figures.map(
    ([name, column]) =>
      sql`(${name}::text, ${sql.raw(`payments.${column}_cents`)}, lower(coalesce(${sql.raw(
        [column, ...figures.map(([, other]) => other)].map((each) => `payments.${each}_currency`).join(", "),
      )}, '')))`,
  );
  const rows = await tx.execute<{
    month: string;
    figure: PaymentFigure;
    currency: string;
    cents: string;
    runs: number;
    missing: number;
  }>(sql`
    select to_char(payments.pay_date, 'YYYY-MM') as month, part.figure, part.currency,
      coalesce(sum(part.cents), 0)::bigint as cents, count(*)::int as runs,
      (count(*) filter (where part.cents is null))::int as missing
    from payments cross join lateral (values ${sql.join(parts, sql`, `)}) as part (figure, cents, currency)
    where ${matchingPayments(customerId, filter)} and payments.pay_date is not null
    group by 1, 2, 3 order by 1, 2, 3`);
  return rows.map((row) => ({ ...row, cents: BigInt(row.cents) }));
}

export interface PayGroupRow extends PayGroupPlace {
  id: string;
  name: string | null;
  payFrequencies: string[] | null;
  /** People in it; null until the group itself was read. */
  people: number | null;
  deletedAt: Date | null;
}

/** Pay groups of visible connections, gone ones included: their payments are still there. */
export async function listPayGroupRows(
  tx: Tx,
  customerId: string,
  visible: readonly string[],
): Promise<PayGroupRow[]> {
  if (visible.length === 0) return [];
  return tx
    .select({
      id: payGroups.id,
      connectionId: payGroups.connectionId,
      entityId: payGroups.entityId,
      finchPayGroupId: payGroups.finchPayGroupId,
      name: payGroups.name,
      payFrequencies: payGroups.payFrequencies,
      people: sql<number | null>`cardinality(${payGroups.individualIds})`,
      deletedAt: payGroups.deletedAt,
    })
    .from(payGroups)
    .where(and(eq(payGroups.customerId, customerId), inArray(payGroups.connectionId, [...visible])))
    .orderBy(asc(payGroups.connectionId), asc(payGroups.name), asc(payGroups.id));
}

export interface PaymentFacets {
  years: number[];
  /** The latest year in which somebody was paid already. */
  latestPaid: number | null;
  frequencies: (string | null)[];
  /** Payments without a pay group are among them. */
  ungrouped: boolean;
  total: number;
  undated: number;
}

/** What there is to choose from: years newest first, frequencies that occur. */
export async function listPaymentFacets(
  tx: Tx,
  customerId: string,
  { visible, today }: { visible: readonly string[]; today: string },
): Promise<PaymentFacets> {
  if (visible.length === 0)
    return { years: [], latestPaid: null, frequencies: [], ungrouped: false, total: 0, undated: 0 };
  const there = and(
    eq(payments.customerId, customerId),
    isNull(payments.deletedAt),
    inArray(payments.connectionId, [...visible]),
  );
  const years = await tx
    .select({
      year: sql<number | null>`extract(year from ${payments.payDate})::int`,
      n: sql<number>`count(*)::int`,
      isPaid: sql<boolean | null>`bool_or(${payments.payDate} <= ${today}::date)`,
      ungrouped: sql<boolean>`bool_or(coalesce(cardinality(${payments.payGroupIds}), 0) = 0)`,
    })
    .from(payments)
    .where(there)
    .groupBy(sql`1`)
    .orderBy(desc(sql`1`));
  const frequencies = await tx
    .selectDistinct({ frequency: sql<string | null>`f.value` })
    .from(payments)
    .leftJoin(sql`lateral unnest(${payments.payFrequencies}) as f (value)`, sql`true`)
    .where(there);
  return {
    years: years.flatMap(({ year }) => (year === null ? [] : [year])),
    latestPaid: years.find(({ year, isPaid }) => year !== null && isPaid)?.year ?? null,
    frequencies: frequencies
      .map(({ frequency }) => frequency)
      .sort((a, b) => (a ?? "~").localeCompare(b ?? "~")),
    ungrouped: years.some((row) => row.ungrouped),
    total: years.reduce((sum, row) => sum + row.n, 0),
    undated: years.find(({ year }) => year === null)?.n ?? 0,
  };
}
