import type { YtdFilterInput, YtdQuery } from "@/lib/domain/payroll/ytd/ytd-query";
import type { YtdMeasureName } from "@/lib/domain/payroll/ytd/drill-lines";
import { ytdMeasures, ytdSorts } from "@/lib/format/pay-choices";
import { readUuid, readUuids } from "@/lib/format/uuid";
import { paths } from "@/lib/paths";

/**
 * The address of year-to-date wages is their whole definition: what counts, of when, as of which day, of whom.
 * Reading is lenient: what is not understood is left out, so that no address leads to an error.
 */

export type SearchParams = Record<string, string | string[] | undefined>;

function all(params: SearchParams, name: string): string[] {
  const value = params[name];
  const texts = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return texts.filter((text) => text.length <= 200 && !text.includes("\0"));
}

const first = (params: SearchParams, name: string) => all(params, name)[0] ?? "";

function day(params: SearchParams, name: string): string | null {
  const value = first(params, name);
  if (!/^(19|20)\d\d-\d\d-\d\d$/.test(value)) return null;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value) ? value : null;
}

function whole(params: SearchParams, name: string, [least, most]: [number, number]): number | null {
  const text = first(params, name);
  const value = Number(text);
  return text !== "" && Number.isSafeInteger(value) && value >= least && value <= most ? value : null;
}

function oneOf<T extends string>(values: readonly T[], text: string, fallback: T): T {
  return values.find((value) => value === text) ?? fallback;
}

const id = (params: SearchParams, name: string) => readUuid(first(params, name));

export function readYtdAddress(params: SearchParams): YtdQuery {
  return {
    definition: oneOf(["gross", "plan", "box1"], first(params, "def"), "gross"),
    names: [...new Set(all(params, "name"))].slice(0, 100).map((name) => (name === "" ? null : name)),
    period: oneOf(["year", "plan", "range", "undated"], first(params, "period"), "year"),
    year: whole(params, "year", [1990, 2100]),
    planStart: whole(params, "start", [1, 12]) ?? 1,
    from: day(params, "from"),
    to: day(params, "to"),
    asOf: day(params, "asof"),
    together: oneOf(["apart", "ein", "together"], first(params, "people"), "apart"),
    pay: first(params, "pay") === "1099" ? "nonemployee" : "employees",
    connections: readUuids(all(params, "connection")).slice(0, 50),
    entities: all(params, "entity").slice(0, 50),
    search: first(params, "q").trim(),
    incomplete: first(params, "incomplete") === "yes",
    columns: first(params, "columns") === "earnings" ? "earnings" : "summary",
    sort: oneOf(ytdSorts, first(params, "sort"), "name"),
    descending: first(params, "dir") === "desc",
    currency: params["by"] === undefined ? null : first(params, "by").slice(0, 20).toLowerCase(),
    after: id(params, "after"),
    before: id(params, "before"),
    position: whole(params, "n", [1, 10_000_000]) ?? 1,
  };
}

export const firstPage = { after: null, before: null, position: 1 } as const;

/** Names and values of what is counted, in a fixed order, without what is the default. */
export function definitionEntries(query: YtdFilterInput): [string, string][] {
  const { definition, period } = query;
  const entries: [string, string | null][] = [
    ["def", definition === "gross" ? null : definition],
    ...(definition === "plan" ? query.names.map((name): [string, string] => ["name", name ?? ""]) : []),
    ["period", period === "year" ? null : period],
    ["year", (period === "year" || period === "plan") && query.year !== null ? String(query.year) : null],
    ["start", period === "plan" && query.planStart !== 1 ? String(query.planStart) : null],
    ["from", period === "range" ? query.from : null],
    ["to", period === "range" ? query.to : null],
    ["asof", query.asOf],
    ["people", query.together === "apart" ? null : query.together],
    ["pay", query.pay === "nonemployee" ? "1099" : null],
    ...query.connections.map((value): [string, string] => ["connection", value]),
    ...query.entities.map((value): [string, string] => ["entity", value]),
  ];
  return entries.filter((entry): entry is [string, string] => entry[1] !== null);
}

/** The whole address of the list. */
export function ytdEntries(query: YtdQuery): [string, string][] {
  const entries: [string, string | null][] = [
    ["q", query.search || null],
    ["incomplete", query.incomplete ? "yes" : null],
    ["columns", query.columns === "summary" ? null : query.columns],
    ["sort", query.sort === "name" ? null : query.sort],
    ["dir", query.descending ? "desc" : null],
    ["by", query.currency],
    ["after", query.after],
    ["before", query.before],
    ["n", (query.after || query.before) && query.position > 1 ? String(query.position) : null],
  ];
  return [
    ...definitionEntries(query),
    ...entries.filter((entry): entry is [string, string] => entry[1] !== null),
  ];
}

const withEntries = (path: string, entries: [string, string][]) =>
  entries.length > 0 ? `${path}?${new URLSearchParams(entries).toString()}` : path;

/** The list with some of it changed; a change leads to the first page. */
export const ytdHref = (customerId: string, query: YtdQuery, change: Partial<YtdQuery> = {}) =>
  withEntries(paths.ytd(customerId), ytdEntries({ ...query, ...firstPage, ...change }));

/** The list as a file: the same people in the same order, or the lines behind them. */
export const ytdExportHref = (customerId: string, query: YtdQuery, rows: "people" | "lines") =>
  withEntries(paths.ytdExport(customerId), [...ytdEntries({ ...query, ...firstPage }), ["rows", rows]]);

export interface DrillAddress {
  of: YtdMeasureName;
  currency: string | null;
  /** Of earnings: one type, null for lines without; undefined is all of them. */
  type?: string | null | undefined;
}

export function readDrillAddress(params: SearchParams): DrillAddress {
  const currency = params["cur"] === undefined ? null : first(params, "cur").slice(0, 20).toLowerCase();
  const type = params["type"] === undefined ? undefined : first(params, "type") || null;
  return { of: oneOf(ytdMeasures, first(params, "of"), "gross"), currency, type };
}

/** The lines behind one figure of a person. */
export const drillHref = (
  customerId: string,
  individualId: string,
  query: YtdFilterInput,
  figure: DrillAddress,
): string => withEntries(paths.ytdPerson(customerId, individualId), drillEntries(query, figure));

/** The same lines as a file. */
export const drillExportHref = (
  customerId: string,
  individualId: string,
  query: YtdFilterInput,
  figure: DrillAddress,
): string => withEntries(paths.ytdPersonExport(customerId, individualId), drillEntries(query, figure));

/** What of `drillHref` is the same for all figures of a person in one currency; `&` and a `drillMeasure` follow it. */
export const drillBase = (
  customerId: string,
  individualId: string,
  query: YtdFilterInput,
  currency: string,
): string =>
  withEntries(paths.ytdPerson(customerId, individualId), [...definitionEntries(query), ["cur", currency]]);

/** Which figure. */
export const drillMeasure = ({ of, type }: Pick<DrillAddress, "of" | "type">): string =>
  new URLSearchParams(measureEntries({ of, type })).toString();

const measureEntries = ({ of, type }: Pick<DrillAddress, "of" | "type">): [string, string][] =>
  type === undefined
    ? [["of", of]]
    : [
        ["of", of],
        ["type", type ?? ""],
      ];

function drillEntries(query: YtdFilterInput, { of, currency, type }: DrillAddress): [string, string][] {
  const place: [string, string][] = currency === null ? [] : [["cur", currency]];
  return [...definitionEntries(query), ...place, ...measureEntries({ of, type })];
}

/** What counts, without where in the list one is: for the drill-down and for exports. */
export function filterOf(query: YtdQuery): YtdFilterInput {
  const {
    sort: _sort,
    descending: _descending,
    currency: _currency,
    columns: _columns,
    after: _after,
    before: _before,
    position: _position,
    ...filter
  } = query;
  return filter;
}
