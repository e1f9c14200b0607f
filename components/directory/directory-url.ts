import type { DirectoryQuery, DirectorySortInput } from "@/lib/domain/individuals/directory-query";
import { readUuid, readUuids } from "@/lib/format/uuid";

/**
 * The address of the directory is its whole state: search, filters, order, place, open filter.
 * Reading is lenient: what is not understood is left out, so that no address leads to an error.
 */

export type SearchParams = Record<string, string | string[] | undefined>;
export type FacetName = "status" | "department" | "type" | "subtype" | "manager" | "connection";

export const facetNames: readonly FacetName[] = [
  "status",
  "department",
  "type",
  "subtype",
  "manager",
  "connection",
];
export const directorySorts: readonly DirectorySortInput[] = [
  "name",
  "title",
  "department",
  "status",
  "start",
];

export interface DirectoryAddress {
  query: DirectoryQuery;
  /** The filter whose choices are shown. */
  open: FacetName | null;
}

function all(params: SearchParams, name: string): string[] {
  const value = params[name];
  const texts = Array.isArray(value) ? value : value === undefined ? [] : [value];
  // PostgreSQL stores no NUL, so a text with one finds nothing and asks for nothing.
  return texts.filter((text) => text.length <= 200 && !text.includes("\0"));
}

const first = (params: SearchParams, name: string) => all(params, name)[0] ?? "";

/** An empty text in a list stands for "not given by the provider". */
function list(params: SearchParams, name: string): (string | null)[] {
  const values = all(params, name).map((value) => (value === "" ? null : value));
  return [...new Set(values)].slice(0, 50);
}

const id = (params: SearchParams, name: string): string | null => readUuid(first(params, name));

export function readDirectoryAddress(params: SearchParams): DirectoryAddress {
  const active = first(params, "active");
  const position = Number(first(params, "n"));
  return {
    query: {
      search: first(params, "q").trim(),
      statuses: list(params, "status"),
      departments: list(params, "department"),
      types: list(params, "type"),
      subtypes: list(params, "subtype"),
      connections: readUuids(all(params, "connection")).slice(0, 50),
      manager: id(params, "manager"),
      active: active === "yes" ? true : active === "no" ? false : null,
      sort: directorySorts.find((sort) => sort === first(params, "sort")) ?? "name",
      descending: first(params, "dir") === "desc",
      after: id(params, "after"),
      before: first(params, "before") === "end" ? "end" : id(params, "before"),
      position: Number.isSafeInteger(position) && position >= 1 && position <= 10_000_000 ? position : 1,
    },
    open: facetNames.find((name) => name === first(params, "filter")) ?? null,
  };
}

export const firstPage = { after: null, before: null, position: 1 } as const;

/** Names and values of an address, in a fixed order, without what is the default. */
export function directoryEntries({ query, open }: DirectoryAddress): [string, string][] {
  const entries: [string, string | null][] = [["q", query.search || null]];
  const lists = {
    status: query.statuses,
    department: query.departments,
    type: query.types,
    subtype: query.subtypes,
    connection: query.connections,
  };
  for (const [name, values] of Object.entries(lists))
    for (const value of values) entries.push([name, value ?? ""]);
  entries.push(
    ["manager", query.manager],
    ["active", query.active === null ? null : query.active ? "yes" : "no"],
    ["sort", query.sort === "name" ? null : query.sort],
    ["dir", query.descending ? "desc" : null],
    ["after", query.after],
    ["before", query.before],
    ["n", (query.after || query.before) && query.position > 1 ? String(query.position) : null],
    ["filter", open],
  );
  return entries.filter((entry): entry is [string, string] => entry[1] !== null);
}

/** The query text of an address, with its question mark; empty for the default one. */
export function directorySearch(query: DirectoryQuery, open: FacetName | null = null): string {
  const text = new URLSearchParams(directoryEntries({ query, open })).toString();
  return text ? `?${text}` : "";
}

export function hasFilter(query: DirectoryQuery): boolean {
  return (
    query.search !== "" ||
    query.active !== null ||
    query.manager !== null ||
    [query.statuses, query.departments, query.types, query.subtypes, query.connections].some(
      (values) => values.length > 0,
    )
  );
}

/** The same order without any filter. */
export function withoutFilter(query: DirectoryQuery): DirectoryQuery {
  const none = { statuses: [], departments: [], types: [], subtypes: [], connections: [] };
  return { ...query, ...none, ...firstPage, search: "", manager: null, active: null };
}

/** The query without one of its filters. */
export function withoutFacet(query: DirectoryQuery, facet: FacetName): DirectoryQuery {
  const cleared: Record<FacetName, Partial<DirectoryQuery>> = {
    status: { statuses: [] },
    department: { departments: [] },
    type: { types: [] },
    subtype: { subtypes: [] },
    manager: { manager: null },
    connection: { connections: [] },
  };
  return { ...query, ...firstPage, ...cleared[facet] };
}

export function facetValues(query: DirectoryQuery, facet: FacetName): readonly (string | null)[] {
  const values: Record<FacetName, readonly (string | null)[]> = {
    status: query.statuses,
    department: query.departments,
    type: query.types,
    subtype: query.subtypes,
    manager: query.manager ? [query.manager] : [],
    connection: query.connections,
  };
  return values[facet];
}
