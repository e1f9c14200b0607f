import type { PaymentsQuery } from "@/lib/domain/payroll/payments/payments-query";
import { statementStates } from "@/lib/format/pay-choices";
import { readUuid, readUuids } from "@/lib/format/uuid";

/**
 * The address of the payments is their whole state. Several values of a filter stand apart by commas; "none" stands
 * for "not given by the provider". What is not understood is left out.
 */

export type SearchParams = Record<string, string | string[] | undefined>;

const none = "none";

/** The first value of a name, without what PostgreSQL's text cannot hold. */
export const one = (params: SearchParams, name: string, max = 2_000): string => {
  const value = params[name];
  return ((Array.isArray(value) ? value[0] : value) ?? "").replaceAll("\0", "").slice(0, max);
};

/** The values of a filter; null for "none". */
export const many = (params: SearchParams, name: string, most: number): (string | null)[] =>
  [...new Set(one(params, name).split(","))]
    .filter((value) => value !== "" && value.length <= 200)
    .map((value) => (value === none ? null : value))
    .slice(0, most);

export const idOf = (params: SearchParams, name: string): string | null => readUuid(one(params, name));

export const listOf = (values: readonly (string | null)[]): string | null =>
  values.length > 0 ? values.map((value) => value ?? none).join(",") : null;

export const given = (values: readonly (string | null)[]): string[] =>
  values.filter((value) => value !== null);

function readYear(params: SearchParams): PaymentsQuery["year"] {
  const value = one(params, "year");
  if (value === "all") return "all";
  return /^\d{4}$/.test(value) && Number(value) >= 1900 ? Number(value) : null;
}

export function readPaymentsAddress(params: SearchParams): PaymentsQuery {
  const states = given(many(params, "state", 10));
  const kind = one(params, "kind");
  const before = idOf(params, "before");
  return {
    year: readYear(params),
    groups: many(params, "group", 50).flatMap((value) => (value === null ? [null] : readUuids([value]))),
    frequencies: many(params, "frequency", 20),
    states: statementStates.filter((state) => states.includes(state)),
    kind: kind === "regular" || kind === "off_cycle" ? kind : null,
    connections: readUuids(given(many(params, "connection", 50))),
    ascending: one(params, "dir") === "asc",
    after: before === null ? idOf(params, "after") : null,
    before,
  };
}

/** Names and values of an address, in a fixed order, without what is the default. */
export function paymentsEntries(query: PaymentsQuery): [string, string][] {
  const entries: [string, string | null][] = [
    ["year", query.year === null ? null : String(query.year)],
    ["group", listOf(query.groups)],
    ["frequency", listOf(query.frequencies)],
    ["state", listOf(query.states)],
    ["kind", query.kind],
    ["connection", listOf(query.connections)],
    ["dir", query.ascending ? "asc" : null],
    ["after", query.after],
    ["before", query.before],
  ];
  return entries.filter((pair): pair is [string, string] => pair[1] !== null);
}

/** The query text of an address with a change, at its first page; empty for the default one. */
export function paymentsSearch(query: PaymentsQuery, change: Partial<PaymentsQuery> = {}): string {
  const text = new URLSearchParams(
    paymentsEntries({ ...query, after: null, before: null, ...change }),
  ).toString();
  return text ? `?${text}` : "";
}

export const hasPaymentsFilter = (query: PaymentsQuery): boolean =>
  query.kind !== null ||
  [query.groups, query.frequencies, query.states, query.connections].some((values) => values.length > 0);

export const withoutPaymentsFilter = (query: PaymentsQuery): PaymentsQuery => ({
  ...query,
  groups: [],
  frequencies: [],
  states: [],
  kind: null,
  connections: [],
});
