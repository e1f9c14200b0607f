import type { DocumentQuery } from "@/lib/domain/documents/document-query";
import { readUuid, readUuids } from "@/lib/format/uuid";

export type SearchParams = Record<string, string | string[] | undefined>;

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

/** The address of the list of tax forms is its whole state. What is not understood is left out. */
export function readDocumentsAddress(params: SearchParams): DocumentQuery {
  return {
    search: one(params, "q").trim(),
    types: list(params, "type").map((type) => (type === noType ? null : type)),
    years: list(params, "year")
      .map(Number)
      .filter((year) => Number.isInteger(year) && year >= 0 && year <= 9999),
    connections: readUuids(list(params, "connection")),
    state: states.find((state) => state === one(params, "state")) ?? null,
    individual: readUuid(one(params, "person")),
    after: readUuid(one(params, "after")),
    before: readUuid(one(params, "before")),
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
