import type { PayItemsQuery } from "@/lib/domain/payroll/items/items-query";
import { readUuid } from "@/lib/format/uuid";
import { paths } from "@/lib/paths";

/** The address of the items: connection, search, category, state and page. Reading is lenient. */

export type SearchParams = Record<string, string | string[] | undefined>;

const categories = ["earning", "tax", "deduction", "contribution"] as const;
const states = ["open", "classified"] as const;

function first(params: SearchParams, name: string): string {
  const value = params[name];
  const text = (Array.isArray(value) ? value[0] : value) ?? "";
  // PostgreSQL stores no NUL, so a text with one finds nothing and asks for nothing.
  return text.length <= 200 && !text.includes("\0") ? text : "";
}

export function readItemsAddress(params: SearchParams): PayItemsQuery {
  const page = Number(first(params, "page"));
  return {
    connectionId: readUuid(first(params, "connection")),
    search: first(params, "q").trim(),
    category: categories.find((each) => each === first(params, "category")) ?? null,
    state: states.find((each) => each === first(params, "state")) ?? null,
    page: Number.isSafeInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
  };
}

export const itemsHref = (customerId: string, query: PayItemsQuery): string =>
  paths.payItems(customerId, itemsEntries(query));

/** The same items as a file. */
export const itemsExportHref = (customerId: string, query: PayItemsQuery): string =>
  paths.payItemsExport(customerId, itemsEntries({ ...query, page: 1 }));

function itemsEntries(query: PayItemsQuery): Record<string, string> {
  const entries = {
    connection: query.connectionId ?? "",
    q: query.search,
    category: query.category ?? "",
    state: query.state ?? "",
    page: query.page > 1 ? String(query.page) : "",
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== ""));
}

export const hasItemsFilter = ({ search, category, state }: PayItemsQuery) =>
  search !== "" || category !== null || state !== null;
