import type { ActivityQuery } from "@/lib/domain/activity/activity-query";
import { readUuid } from "@/lib/format/uuid";
import { paths } from "@/lib/paths";

/** The address of the page of requests: every filter and place is in it, and what is not understood is left out. */

export type SearchParams = Record<string, string | string[] | undefined>;

export interface ActivityAddress {
  query: ActivityQuery;
  /** The page refreshes itself. */
  live: boolean;
}

const cursor = /^\d{1,18}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const status = /^(?:[1-5]xx|[1-5]\d\d|none)$/;
export const ranges = ["1h", "24h", "7d", "30d"] as const;
const outcomes: readonly ActivityQuery["outcomes"][number][] = [
  "failed",
  "ok",
  "pending",
  "reauthenticate",
  "setup_required",
  "forbidden_scope",
  "insufficient_permissions",
  "payment_required",
  "not_found",
  "unprocessable",
  "rate_limited",
  "not_implemented",
  "provider_error",
  "finch_error",
  "timeout",
  "malformed",
];

/** The outcome of that name, for a filter; none where this release does not know it. */
export const outcomesCalled = (name: string) => outcomes.filter((outcome) => outcome === name);

const one = (params: SearchParams, name: string, max = 2_000): string => {
  const value = params[name];
  return ((Array.isArray(value) ? value[0] : value) ?? "").replaceAll("\0", "").slice(0, max);
};
const many = (params: SearchParams, name: string): string[] =>
  [...new Set(one(params, name).split(","))].filter((value) => value !== "" && value.length <= 200);
const matching = (value: string, form: RegExp): string | null =>
  form.test(value) ? value.toLowerCase() : null;

/** A minute in UTC that exists. */
function minute(params: SearchParams, name: string): string | null {
  const value = one(params, name);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value)) return null;
  const date = new Date(`${value}:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value) ? value : null;
}

export function readActivityAddress(params: SearchParams): ActivityAddress {
  const asked = many(params, "outcome");
  const before = matching(one(params, "before"), cursor);
  return {
    query: {
      search: one(params, "q", 100).trim(),
      customerId: readUuid(one(params, "employer")),
      connectionId: readUuid(one(params, "connection")),
      runId: readUuid(one(params, "run")),
      endpoints: many(params, "endpoint").slice(0, 50),
      outcomes: outcomes.filter((outcome) => asked.includes(outcome)),
      statuses: many(params, "status")
        .filter((value) => status.test(value))
        .slice(0, 20),
      finchCodes: many(params, "code").slice(0, 50),
      range: ranges.find((range) => range === one(params, "range")) ?? "24h",
      from: minute(params, "from"),
      to: minute(params, "to"),
      after: before === null ? matching(one(params, "after"), cursor) : null,
      before,
    },
    live: one(params, "live") === "1",
  };
}

/** Names and values of an address, in a fixed order, without what is not set. */
export function activityEntries({ query, live }: ActivityAddress): [string, string][] {
  const entries: [string, string | null][] = [
    ["q", query.search || null],
    ["employer", query.customerId],
    ["connection", query.connectionId],
    ["run", query.runId],
    ["endpoint", query.endpoints.join(",") || null],
    ["outcome", query.outcomes.join(",") || null],
    ["status", query.statuses.join(",") || null],
    ["code", query.finchCodes.join(",") || null],
    ["range", query.range === "24h" ? null : query.range],
    ["from", query.from],
    ["to", query.to],
    ["after", query.after],
    ["before", query.before],
    ["live", live ? "1" : null],
  ];
  return entries.filter((pair): pair is [string, string] => pair[1] !== null);
}

export const activityHref = (address: ActivityAddress): string =>
  paths.adminActivity(Object.fromEntries(activityEntries(address)));

/** The address with other filters, at its newest requests. */
export function withActivity(
  { query, live }: ActivityAddress,
  change: Partial<ActivityQuery>,
  more: { live?: boolean } = {},
): ActivityAddress {
  return { query: { ...query, after: null, before: null, ...change }, live: more.live ?? live };
}

export const noTimes = { from: null, to: null } as const;
const noFilter = {
  search: "",
  customerId: null,
  connectionId: null,
  runId: null,
  endpoints: [],
  outcomes: [],
  statuses: [],
  finchCodes: [],
};

/** All requests of the same time. */
export const withoutFilter = (address: ActivityAddress): ActivityAddress => withActivity(address, noFilter);

export function hasFilter({ query }: ActivityAddress): boolean {
  const {
    search,
    customerId,
    connectionId,
    runId,
    endpoints,
    outcomes: chosen,
    statuses,
    finchCodes,
  } = query;
  const lists = [endpoints, chosen, statuses, finchCodes];
  return [search, customerId, connectionId, runId].some(Boolean) || lists.some((list) => list.length > 0);
}

/** Times of an instant for the address: whole minutes that hold it. */
export const minuteOf = (instant: Date, up = false): string =>
  new Date(Math[up ? "ceil" : "floor"](instant.getTime() / 60_000) * 60_000).toISOString().slice(0, 16);
