import { inScope, type Tx } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import type { SourceRow } from "@/db/repositories/individual-sources";
import {
  listPayGroupRows,
  listPaymentFacets,
  sumPayments,
  type PayGroupRow,
  type PaymentFacets,
} from "@/db/repositories/payroll-payment-facts";
import {
  countPayments,
  findPaymentPlace,
  listPaymentRows,
  type PaymentFilter,
  type PaymentRow,
} from "@/db/repositories/payroll-payments";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { dateInZone } from "@/lib/format/dates";
import { PaymentsQuery, type PaymentsFilterInput } from "./payments-query";
import { Origins, toPaymentView, type PaymentView } from "./to-payment-view";
import { toPaymentSums, type CurrencySums } from "./to-payment-sums";

export const paymentsPageSize = 50;
/** Scheduled and undated payments shown beside a page of paid ones. */
const asideSize = 25;

export interface PayrollSourceView {
  id: string;
  providerName: string;
  /** Age of the data by Finch's own header, the last sync where Finch gave none; null where nothing came yet. */
  asOf: Date | null;
  /** Whether the connection may read payments, and statements. */
  payments: boolean;
  statements: boolean;
}

export interface PaymentChoices {
  years: number[];
  frequencies: (string | null)[];
  groups: { id: string | null; name: string | null; providerName: string }[];
}

export interface PaymentsView {
  customerName: string;
  timeZone: string;
  now: Date;
  today: string;
  /** The year that is shown. */
  year: number | "all";
  /** Payments there are, of all years, and those that match and were paid. */
  total: number;
  matching: number;
  rows: PaymentView[];
  next: { after: string } | null;
  previous: { before: string } | null;
  /** Later than today; next first. Never in a sum. */
  scheduled: PaymentView[];
  scheduledCount: number;
  /** Without a pay date: in no year and no sum (DOMAIN 1.2). */
  undated: PaymentView[];
  undatedCount: number;
  /** Of what matches and was paid. */
  sums: CurrencySums[];
  sources: PayrollSourceView[];
  choices: PaymentChoices;
}

export function toPayrollSource(source: SourceRow): PayrollSourceView {
  return {
    id: source.id,
    providerName: source.providerName,
    asOf: source.dataRetrievedAt ?? source.lastSyncSucceededAt,
    payments: source.products.includes("payment"),
    statements: source.products.includes("pay_statement"),
  };
}

/** Turns what was asked into conditions of the database, narrowed to what the reader may see. */
export function toFilter(
  query: PaymentsFilterInput,
  {
    visible,
    groups,
    today,
    year,
  }: { visible: string[]; groups: PayGroupRow[]; today: string; year: number | null },
): PaymentFilter {
  // A group that is gone has no payments; showing all instead would answer another question.
  const nowhere = { connectionId: "00000000-0000-0000-0000-000000000000", entityId: "", finchPayGroupId: "" };
  return {
    visible,
    when: "paid",
    today,
    year,
    connections: query.connections,
    groups: query.groups.map((id) =>
      id === null ? null : (groups.find((group) => group.id === id) ?? nowhere),
    ),
    frequencies: query.frequencies,
    states: query.states,
    kinds: query.kind === null ? [] : [query.kind],
  };
}

/** The year that is shown: the one asked for, else the latest that has begun. */
export function yearOf(
  { year }: PaymentsFilterInput,
  { latestPaid }: PaymentFacets,
  today: string,
): number | "all" {
  // Next January's run may be scheduled already: the latest year is one in which somebody was paid.
  return year ?? latestPaid ?? Number(today.slice(0, 4));
}

interface Page {
  rows: PaymentRow[];
  earlier: boolean;
  later: boolean;
}

async function readPage(
  tx: Tx,
  customerId: string,
  filter: PaymentFilter,
  query: PaymentsQuery,
): Promise<Page> {
  const backwards = query.before !== null;
  const pivot = query.before ?? query.after;
  const from = pivot ? await findPaymentPlace(tx, customerId, pivot) : null;
  const slice = { descending: !query.ascending, from, backwards, limit: paymentsPageSize + 1 };
  const found = await listPaymentRows(tx, customerId, filter, slice);
  const more = found.length > paymentsPageSize;
  if (!backwards) return { rows: found.slice(0, paymentsPageSize), earlier: from !== null, later: more };
  // Too few before this one for a page: then the first page is what is meant.
  if (!more) return readPage(tx, customerId, filter, { ...query, before: null, after: null });
  return { rows: found.slice(1), earlier: true, later: from !== null };
}

/**
 * Payments of a year with their sums, one page of 50; scheduled and undated ones apart.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer)
 */
export async function listPayments(ctx: Context, raw: Partial<PaymentsQuery>): Promise<PaymentsView> {
  const query = PaymentsQuery.parse(raw);
  requirePermission(ctx, "payroll:read");
  const customerCtx = requireCustomer(ctx);
  const { customerId } = customerCtx.scope;
  return inScope(
    ctx,
    async (tx) => {
      const sources = await visibleSources(tx, ctx);
      const visible = sources.map(({ id }) => id);
      const [customer, now, groups] = await Promise.all([
        findCustomer(tx, customerId),
        readClock(tx),
        listPayGroupRows(tx, customerId, visible),
      ]);
      if (!customer) throw notFound("employer");
      const today = dateInZone(now, customer.timeZone);
      const facets = await listPaymentFacets(tx, customerId, { visible, today });
      const year = yearOf(query, facets, today);
      const filter = toFilter(query, { visible, groups, today, year: year === "all" ? null : year });
      const ahead = { ...filter, when: "scheduled" as const, year: null };
      const undated = { ...filter, when: "undated" as const, year: null };
      const aside = { from: null, limit: asideSize };
      const [page, matching, sums, coming, comingCount, dateless, datelessCount] = await Promise.all([
        readPage(tx, customerId, filter, query),
        countPayments(tx, customerId, filter),
        sumPayments(tx, customerId, filter),
        listPaymentRows(tx, customerId, ahead, { ...aside, descending: false }),
        countPayments(tx, customerId, ahead),
        listPaymentRows(tx, customerId, undated, { ...aside, descending: true }),
        countPayments(tx, customerId, undated),
      ]);
      const origins = new Origins(sources, groups);
      const toView = (row: PaymentRow) => toPaymentView(row, origins);
      const [first, last] = [page.rows[0], page.rows.at(-1)];
      return {
        customerName: customer.name,
        timeZone: customer.timeZone,
        now,
        today,
        year,
        total: facets.total,
        matching,
        rows: page.rows.map(toView),
        previous: page.earlier && first ? { before: first.id } : null,
        next: page.later && last ? { after: last.id } : null,
        scheduled: coming.map(toView),
        scheduledCount: comingCount,
        undated: dateless.map(toView),
        undatedCount: datelessCount,
        sums: toPaymentSums(sums, year === "all" ? "year" : "month"),
        sources: sources.map(toPayrollSource),
        choices: toChoices(facets, groups, sources),
      };
    },
    { readOnly: true },
  );
}

function toChoices(facets: PaymentFacets, groups: PayGroupRow[], sources: SourceRow[]): PaymentChoices {
  const providerOf = new Map(sources.map(({ id, providerName }) => [id, providerName]));
  return {
    years: facets.years,
    frequencies: facets.frequencies,
    groups: [
      ...groups.map(({ id, name, connectionId }) => ({
        id,
        name,
        providerName: providerOf.get(connectionId) ?? "",
      })),
      ...(facets.ungrouped ? [{ id: null, name: null, providerName: "" }] : []),
    ],
  };
}
