import { and, eq, gt, gte, inArray, isNull, lte, sql, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { payments } from "@/db/schema";
import { beyond, orderBy, type SortKey } from "./keyset";

/** Payments as pages read them. Dates are days, amounts minor units of the currency beside them. */

/** unclear: no statement with a type is here, and the frequency tells nothing. */
export type RunKind = "regular" | "off_cycle" | "unclear";

const ofPayment = (s: string) =>
  sql.raw(
    `${s}.customer_id = payments.customer_id and ${s}.payment_id = payments.id and ${s}.deleted_at is null`,
  );

/** Finch says it on statements only; a payment without any goes by its frequency. */
const kind = sql<RunKind>`case
  when exists (select from pay_statements s where ${ofPayment("s")} and s.type = 'regular_payroll') then 'regular'
  when exists (select from pay_statements s where ${ofPayment("s")} and s.type is not null) then 'off_cycle'
  when cardinality(${payments.payFrequencies}) = 1 and not ${payments.payFrequencies} && '{other,custom}' then 'regular'
  else 'unclear' end`;

/** Of a payment that was read to its end what Finch counted, else the people of whom a statement is here. */
const statementsHere = sql<number>`case when ${payments.statementsState} = 'complete' then coalesce(${payments.statementsCount}, 0)
  else (select count(distinct s.individual_id)::int from pay_statements s where ${ofPayment("s")}) end`;

const columns = {
  id: payments.id,
  connectionId: payments.connectionId,
  entityId: payments.entityId,
  finchPaymentId: payments.finchPaymentId,
  payPeriodStart: payments.payPeriodStart,
  payPeriodEnd: payments.payPeriodEnd,
  payDate: payments.payDate,
  debitDate: payments.debitDate,
  companyDebitCents: payments.companyDebitCents,
  companyDebitCurrency: payments.companyDebitCurrency,
  grossPayCents: payments.grossPayCents,
  grossPayCurrency: payments.grossPayCurrency,
  netPayCents: payments.netPayCents,
  netPayCurrency: payments.netPayCurrency,
  employerTaxesCents: payments.employerTaxesCents,
  employerTaxesCurrency: payments.employerTaxesCurrency,
  employeeTaxesCents: payments.employeeTaxesCents,
  employeeTaxesCurrency: payments.employeeTaxesCurrency,
  payGroupIds: payments.payGroupIds,
  payFrequencies: payments.payFrequencies,
  statementsState: payments.statementsState,
  statementsError: payments.statementsError,
  statementsFetchedAt: payments.statementsFetchedAt,
  fetchedAt: payments.fetchedAt,
  /** Whom the list of payments names; null where it names nobody. */
  people: sql<number | null>`cardinality(${payments.individualIds})`,
  statements: statementsHere,
  kind,
};

export type PaymentRow = Pick<
  typeof payments.$inferSelect,
  Exclude<keyof typeof columns, "people" | "statements" | "kind">
> & { people: number | null; statements: number; kind: RunKind };

/** Where a pay group of ours is found on payments. */
export interface PayGroupPlace {
  connectionId: string;
  entityId: string;
  finchPayGroupId: string;
}

/** Which payments; an empty list asks for nothing, null in a list means "not given". */
export interface PaymentFilter {
  visible: readonly string[];
  /** Paid up to the day, later than it, or without a pay date. */
  when: "paid" | "scheduled" | "undated" | "any";
  /** The day (YYYY-MM-DD) in the employer's zone that parts what is paid from what is scheduled. */
  today: string;
  /** Of the pay date; null is all. */
  year: number | null;
  /** The first pay date that counts; left out, all do. */
  since?: string;
  connections: readonly string[];
  groups: readonly (PayGroupPlace | null)[];
  frequencies: readonly (string | null)[];
  states: readonly string[];
  kinds: readonly RunKind[];
}

function anyOf(parts: readonly SQL[]): SQL | undefined {
  return parts.length === 0 ? undefined : sql`(${sql.join([...parts], sql` or `)})`;
}

const inGroup = (group: PayGroupPlace | null) =>
  group === null
    ? sql`coalesce(cardinality(${payments.payGroupIds}), 0) = 0`
    : sql`(${payments.connectionId} = ${group.connectionId}::uuid and ${payments.entityId} = ${group.entityId}
        and ${group.finchPayGroupId} = any(${payments.payGroupIds}))`;

const hasFrequency = (frequency: string | null) =>
  frequency === null
    ? sql`coalesce(cardinality(${payments.payFrequencies}), 0) = 0`
    : sql`${frequency} = any(${payments.payFrequencies})`;

function whenPaid({ when, today }: PaymentFilter): SQL | undefined {
  if (when === "undated") return isNull(payments.payDate);
  if (when === "paid") return lte(payments.payDate, today);
  return when === "scheduled" ? gt(payments.payDate, today) : undefined;
}

/** The condition of a filter, on the table under its own name. */
export function matchingPayments(customerId: string, filter: PaymentFilter): SQL | undefined {
  const { year } = filter;
  return and(
    eq(payments.customerId, customerId),
    isNull(payments.deletedAt),
    inArray(payments.connectionId, [...filter.visible]),
    whenPaid(filter),
    year === null
      ? undefined
      : sql`${payments.payDate} between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date`,
    filter.since === undefined ? undefined : gte(payments.payDate, filter.since),
    filter.connections.length > 0 ? inArray(payments.connectionId, [...filter.connections]) : undefined,
    anyOf(filter.groups.map(inGroup)),
    anyOf(filter.frequencies.map(hasFrequency)),
    filter.states.length > 0 ? inArray(payments.statementsState, [...filter.states]) : undefined,
    anyOf(filter.kinds.map((each) => sql`${kind} = ${each}`)),
  );
}

export interface PaymentSlice {
  descending: boolean;
  /** As findPaymentPlace gives it; null starts at the first (or last) one. */
  from: readonly string[] | null;
  backwards?: boolean;
  limit: number;
}

const payDateKeys = (descending: boolean): SortKey[] => [
  { expression: sql`coalesce(${payments.payDate}, '0001-01-01')`, descending, type: "date" },
  { expression: sql`${payments.id}`, descending, type: "uuid" },
];

/** A run of payments by pay date; those without one by their period, where only those are asked for. */
export async function listPaymentRows(
  tx: Tx,
  customerId: string,
  filter: PaymentFilter,
  { descending, from, backwards = false, limit }: PaymentSlice,
): Promise<PaymentRow[]> {
  if (filter.visible.length === 0) return [];
  const keys = payDateKeys(descending);
  const rows = await tx
    .select(columns)
    .from(payments)
    .where(and(matchingPayments(customerId, filter), from ? beyond(keys, from, backwards) : undefined))
    .orderBy(orderBy(keys, backwards))
    .limit(limit);
  return backwards ? rows.reverse() : rows;
}

/** Where a payment stands in the list; null where this reader does not know it. */
export async function findPaymentPlace(tx: Tx, customerId: string, id: string): Promise<string[] | null> {
  const [row] = await tx
    .select({ day: sql<string>`coalesce(${payments.payDate}, '0001-01-01')::text` })
    .from(payments)
    .where(and(eq(payments.customerId, customerId), eq(payments.id, id)));
  return row ? [row.day, id] : null;
}

export async function countPayments(tx: Tx, customerId: string, filter: PaymentFilter): Promise<number> {
  if (filter.visible.length === 0) return 0;
  const [row] = await tx
    .select({ n: sql<number>`count(*)::int` })
    .from(payments)
    .where(matchingPayments(customerId, filter));
  return row?.n ?? 0;
}

/** One payment of a visible connection, or null. */
export async function findPaymentRow(
  tx: Tx,
  customerId: string,
  id: string,
  visible: readonly string[],
): Promise<PaymentRow | null> {
  if (visible.length === 0) return null;
  const [row] = await tx
    .select(columns)
    .from(payments)
    .where(
      and(
        eq(payments.customerId, customerId),
        eq(payments.id, id),
        inArray(payments.connectionId, [...visible]),
        isNull(payments.deletedAt),
      ),
    );
  return row ?? null;
}
