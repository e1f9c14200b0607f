import type { ConnectionState } from "@/lib/domain/connections/status";
import { paths } from "@/lib/paths";

export type SearchParams = Record<string, string | string[] | undefined>;

export const fleetStatuses: readonly ConnectionState[] = [
  "healthy",
  "syncing",
  "setting_up",
  "late",
  "action_needed",
  "missing_permission",
  "failing",
  "never_synced",
  "disconnected",
];

export interface FleetAddress {
  search: string;
  statuses: ConnectionState[];
  providerId: string | null;
  after: string | null;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const one = (params: SearchParams, name: string): string => {
  const value = params[name];
  return ((Array.isArray(value) ? value[0] : value) ?? "").replaceAll("\0", "").slice(0, 100);
};

/** Reads the address of a staff list; what is not understood is left out. Several statuses stand apart by commas. */
export function readFleetAddress(params: SearchParams): FleetAddress {
  const asked = one(params, "status").split(",");
  const after = one(params, "after");
  return {
    search: one(params, "q").trim(),
    statuses: fleetStatuses.filter((status) => asked.includes(status)),
    providerId: one(params, "provider") || null,
    after: uuid.test(after) ? after : null,
  };
}

export function fleetHref(address: Partial<FleetAddress>): string {
  const entries: [string, string | null | undefined][] = [
    ["q", address.search || null],
    ["status", address.statuses?.join(",") || null],
    ["provider", address.providerId],
    ["after", address.after],
  ];
  const given = entries.filter((entry): entry is [string, string] => Boolean(entry[1]));
  const text = new URLSearchParams(given).toString();
  return paths.adminConnections() + (text ? `?${text}` : "");
}
