import type { ConnectionState } from "@/lib/domain/connections/status";
import { readUuid } from "@/lib/format/uuid";
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

const one = (params: SearchParams, name: string): string => {
  const value = params[name];
  return ((Array.isArray(value) ? value[0] : value) ?? "").replaceAll("\0", "").slice(0, 100);
};

/** Reads the address of a staff list; what is not understood is left out. Several statuses stand apart by commas. */
export function readFleetAddress(params: SearchParams): FleetAddress {
  const asked = one(params, "status").split(",");
  return {
    search: one(params, "q").trim(),
    statuses: fleetStatuses.filter((status) => asked.includes(status)),
    providerId: one(params, "provider") || null,
    after: readUuid(one(params, "after")),
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
