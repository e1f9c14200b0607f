import type { AuditQuery } from "@/lib/domain/audit/audit-query";
import { readUuid } from "@/lib/format/uuid";

/** The address of an audit page: every filter and place is in it, and what is not understood is left out. */

export type SearchParams = Record<string, string | string[] | undefined>;

export interface AuditAddress {
  query: AuditQuery;
  /** Staff: the employer whose chain is read; null for the platform's. */
  employer: string | null;
}

const groups: readonly AuditQuery["groups"][number][] = [
  "connections",
  "values",
  "exports",
  "payroll",
  "team",
  "employer",
  "sign_in",
  "installation",
  "audit",
];

const one = (params: SearchParams, name: string): string => {
  const value = params[name];
  return ((Array.isArray(value) ? value[0] : value) ?? "").replaceAll("\0", "").slice(0, 2_000);
};
const many = (params: SearchParams, name: string): string[] => [
  ...new Set(
    one(params, name)
      .split(",")
      .filter((value) => value !== "" && value.length <= 200),
  ),
];

function day(params: SearchParams, name: string): string | null {
  const value = one(params, name);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return null;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value) ? value : null;
}

function entry(params: SearchParams, name: string): number | null {
  const value = Number(one(params, name));
  return Number.isSafeInteger(value) && value > 0 ? value : null;
}

export function readAuditAddress(params: SearchParams): AuditAddress {
  const asked = many(params, "what");
  const before = entry(params, "before");
  return {
    query: {
      actors: many(params, "who").slice(0, 50),
      groups: groups.filter((group) => asked.includes(group)),
      targets: many(params, "about").slice(0, 50),
      from: day(params, "from"),
      to: day(params, "to"),
      after: before === null ? entry(params, "after") : null,
      before,
    },
    employer: readUuid(one(params, "employer")),
  };
}

/** Names and values of an address, in a fixed order, without what is not set. */
export function auditEntries({ query, employer }: AuditAddress): [string, string][] {
  const entries: [string, string | null][] = [
    ["employer", employer],
    ["who", query.actors.join(",") || null],
    ["what", query.groups.join(",") || null],
    ["about", query.targets.join(",") || null],
    ["from", query.from],
    ["to", query.to],
    ["after", query.after === null ? null : String(query.after)],
    ["before", query.before === null ? null : String(query.before)],
  ];
  return entries.filter((pair): pair is [string, string] => pair[1] !== null);
}

export function auditHref(path: string, address: AuditAddress): string {
  const text = new URLSearchParams(auditEntries(address)).toString();
  return text ? `${path}?${text}` : path;
}

/** The address with another place in the list; none for the newest entries. */
export function atPlace(
  address: AuditAddress,
  place: { after?: number; before?: number } = {},
): AuditAddress {
  return {
    ...address,
    query: { ...address.query, after: place.after ?? null, before: place.before ?? null },
  };
}

export function hasFilter({ query }: AuditAddress): boolean {
  const { actors, groups: chosen, targets, from, to } = query;
  return actors.length + chosen.length + targets.length > 0 || from !== null || to !== null;
}

/** The newest entries without any filter. */
export function withoutFilter(address: AuditAddress): AuditAddress {
  const none = { actors: [], groups: [], targets: [], from: null, to: null };
  return atPlace({ ...address, query: { ...address.query, ...none } });
}

/** What an export takes over: the filters, not the place. */
export function filterOf({ query }: AuditAddress): Omit<AuditQuery, "after" | "before"> {
  const { after: _after, before: _before, ...filter } = query;
  return filter;
}
