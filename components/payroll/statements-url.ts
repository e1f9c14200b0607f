import type { StatementsQuery } from "@/lib/domain/payroll/payments/statements-query";
import { statementSorts } from "@/lib/format/pay-choices";
import { idOf, listOf, many, one, type SearchParams } from "./payments-url";

/** The address of one payment: its statements, or the people of whom none is here. */

export interface StatementsAddress {
  query: Omit<StatementsQuery, "paymentId">;
  show: "statements" | "awaited";
  /** The Finch id that a page of awaited people follows. */
  awaitedAfter: string | null;
}

export function readStatementsAddress(params: SearchParams): StatementsAddress {
  const position = Number(one(params, "n"));
  const sort = one(params, "sort");
  const before = one(params, "before") === "end" ? ("end" as const) : idOf(params, "before");
  const show = one(params, "show") === "awaited" ? "awaited" : "statements";
  return {
    show,
    awaitedAfter: show === "awaited" ? one(params, "from", 100) || null : null,
    query: {
      search: one(params, "q", 200).trim(),
      methods: many(params, "method", 20),
      types: many(params, "type", 20),
      sort: statementSorts.find((name) => name === sort) ?? "name",
      descending: one(params, "dir") === "desc",
      after: before === null ? idOf(params, "after") : null,
      before,
      position: Number.isSafeInteger(position) && position >= 1 && position <= 10_000_000 ? position : 1,
    },
  };
}

export function statementsEntries({ query, show, awaitedAfter }: StatementsAddress): [string, string][] {
  const entries: [string, string | null][] = [
    ["show", show === "awaited" ? show : null],
    ["q", query.search || null],
    ["method", listOf(query.methods)],
    ["type", listOf(query.types)],
    ["sort", query.sort === "name" ? null : query.sort],
    ["dir", query.descending ? "desc" : null],
    ["after", query.after],
    ["before", query.before],
    ["n", (query.after || query.before) && query.position > 1 ? String(query.position) : null],
    ["from", awaitedAfter],
  ];
  return entries.filter((pair): pair is [string, string] => pair[1] !== null);
}

/** The query text of an address with a change, at its first page. */
export function statementsSearch(
  address: StatementsAddress,
  change: Partial<StatementsAddress["query"]> = {},
  more: Partial<Pick<StatementsAddress, "show" | "awaitedAfter">> = {},
): string {
  const query = { ...address.query, after: null, before: null, position: 1, ...change };
  const text = new URLSearchParams(
    statementsEntries({ ...address, awaitedAfter: null, ...more, query }),
  ).toString();
  return text ? `?${text}` : "";
}

export const hasStatementsFilter = ({ query }: StatementsAddress): boolean =>
  query.search !== "" || query.methods.length > 0 || query.types.length > 0;

export const withoutStatementsFilter = { search: "", methods: [], types: [] };
