import type { DocumentFilterInput } from "@/lib/domain/documents/document-query";
import type { PayItemsQuery } from "@/lib/domain/payroll/items/items-query";
import type { PaymentsFilterInput } from "@/lib/domain/payroll/payments/payments-query";
import type { StatementsQuery } from "@/lib/domain/payroll/payments/statements-query";
import type { YtdMeasureName } from "@/lib/domain/payroll/ytd/drill-lines";
import type { YtdPeriod } from "@/lib/domain/payroll/ytd/period";
import type { YtdFilterInput } from "@/lib/domain/payroll/ytd/ytd-query";

/**
 * Which rows of which table a file holds. Each selection has its own "last export": a file of one pay group says
 * nothing about what changed in the others (docs/decisions/0018). The order of rows is no part of it, and neither are
 * days that go on by themselves.
 */

export type ExportKind =
  | "payments"
  | "statements"
  | "awaited"
  | "ytd"
  | "ytd_lines"
  | "pay_items"
  | "item_rules"
  | "documents"
  | "pay_groups"
  | "pay_group_members"
  | "pay_dates"
  | "box1_rules"
  | "limits"
  | "employees"
  | "links"
  | "own_statements";

export interface Selection {
  kind: ExportKind;
  /** Plain values in a fixed order. */
  asked: readonly unknown[];
}

type Value = string | number | null;
const anyOrder = (values: readonly Value[]) => values.map((value) => JSON.stringify(value)).sort();

type PaymentsAsked = Omit<PaymentsFilterInput, "year">;

function paymentsAsked(
  { groups, frequencies, states, kind, connections }: PaymentsAsked,
  year: number | "all",
) {
  return [year, kind, ...[groups, frequencies, states, connections].map(anyOrder)];
}

function ytdAsked(query: YtdFilterInput, { year }: Pick<YtdPeriod, "year">) {
  const { definition, period, planStart, from, to, asOf, together, pay, search, incomplete } = query;
  const isRange = period === "range";
  return [
    [definition, period, year, period === "plan" ? planStart : null],
    [isRange ? from : null, isRange ? to : null, asOf, together, pay, search, incomplete],
    definition === "plan" ? anyOrder(query.names) : [],
    anyOrder(query.connections),
    anyOrder(query.entities),
  ];
}

/** A figure of one person, or everybody's lines. */
interface LinesOf {
  individualId: string;
  of: YtdMeasureName;
  currency: string;
  type?: string | null | undefined;
}

export const selectionOf = {
  payments: (query: PaymentsAsked, year: number | "all"): Selection => ({
    kind: "payments",
    asked: paymentsAsked(query, year),
  }),
  statements: (query: PaymentsAsked, year: number | "all"): Selection => ({
    kind: "statements",
    asked: paymentsAsked(query, year),
  }),
  paymentStatements: (
    paymentId: string,
    { search, methods, types }: Pick<StatementsQuery, "search" | "methods" | "types">,
  ): Selection => ({
    kind: "statements",
    asked: [paymentId, search, anyOrder(methods), anyOrder(types)],
  }),
  awaited: (paymentId: string, search: string): Selection => ({
    kind: "awaited",
    asked: [paymentId, search],
  }),
  ytd: (query: YtdFilterInput, period: Pick<YtdPeriod, "year">): Selection => ({
    kind: "ytd",
    asked: ytdAsked(query, period),
  }),
  ytdLines: (query: YtdFilterInput, period: Pick<YtdPeriod, "year">, person?: LinesOf): Selection => ({
    kind: "ytd_lines",
    asked: [
      ...ytdAsked(query, period),
      person
        ? [person.individualId, person.of, person.currency, person.type ?? null, person.type === undefined]
        : [],
    ],
  }),
  payItems: (
    connectionId: string,
    { search, category, state }: Pick<PayItemsQuery, "search" | "category" | "state">,
  ): Selection => ({ kind: "pay_items", asked: [connectionId, search, category, state] }),
  itemRules: (connectionId: string): Selection => ({ kind: "item_rules", asked: [connectionId] }),
  documents: ({ search, types, years, connections, state, individual }: DocumentFilterInput): Selection => ({
    kind: "documents",
    asked: [search, state, individual, anyOrder(types), anyOrder(years), anyOrder(connections)],
  }),
  payGroups: (): Selection => ({ kind: "pay_groups", asked: [] }),
  /** Of one group, or of all of them. */
  payGroupMembers: (groupId: string | null, search: string): Selection => ({
    kind: "pay_group_members",
    asked: [groupId, search],
  }),
  payDates: (groupId: string | null): Selection => ({ kind: "pay_dates", asked: [groupId] }),
  fixed: (kind: "box1_rules" | "limits" | "employees" | "links" | "own_statements"): Selection => ({
    kind,
    asked: [],
  }),
};
