import type { DocumentQuery } from "@/lib/domain/documents/document-query";

export type SearchParams = Record<string, string | string[] | undefined>;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const states = ["read", "unread", "failed"] as const;
/** In the address: forms whose kind the provider did not give. */
export const noType = "none";

const one = (params: SearchParams, name: string) => {
  const value = params[name];
  return ((Array.isArray(value) ? value[0] : value) ?? "").replaceAll("\0", "").slice(0, 200);
};
const list = (params: SearchParams, name: string) => [
  ...new Set(
    one(params, name)
      .split(",")
      .filter((value) => value !== ""),
  ),
];
const id = (value: string) => (uuid.test(value) ? value.toLowerCase() : null);

/** The address of the list of tax forms is its whole state. What is not understood is left out. */
export function readDocumentsAddress(params: SearchParams): DocumentQuery {
  return {
    search: one(params, "q").trim(),
    types: list(params, "type").map((type) => (type === noType ? null : type)),
    years: list(params, "year")
      .map(Number)
      .filter((year) => Number.isInteger(year) && year >= 0 && year <= 9999),
    connections: list(params, "connection").filter((value) => uuid.test(value)),
    state: states.find((state) => state === one(params, "state")) ?? null,
    individual: id(one(params, "person")),
    after: id(one(params, "after")),
    before: id(one(params, "before")),
  };
}

/** The query text of an address, with its question mark; empty for the default one. */
export function documentsSearch(query: DocumentQuery): string {
  const entries: [string, string][] = [
    ["q", query.search],
    ["type", query.types.map((type) => type ?? noType).join(",")],
    ["year", query.years.join(",")],
    ["connection", query.connections.join(",")],
    ["state", query.state ?? ""],
    ["person", query.individual ?? ""],
    ["after", query.after ?? ""],
    ["before", query.before ?? ""],
  ];
  const text = new URLSearchParams(entries.filter(([, value]) => value !== "")).toString();
  return text ? `?${text}` : "";
}

export const hasDocumentFilter = (query: DocumentQuery) =>
  documentsSearch({ ...query, after: null, before: null }) !== "";
