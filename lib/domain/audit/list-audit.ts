import { inScope, type Tx } from "@/db/client";
import {
  countAuditLog,
  listAuditActors,
  listAuditLog,
  type AuditLogFilter,
} from "@/db/repositories/audit-log";
import { findUserNames, readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import type { Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { requireAuditPlace, type AuditPlace } from "./audit-place";
import { actionPrefixes, AuditQuery, type AuditFilterInput } from "./audit-query";
import { auditGroups, targetTypes } from "./audit-words";
import type { ChainStateView } from "./chain-state";
import { readChainState } from "./get-chain-state";
import { actorName, toAuditEntries, type AuditEntryView } from "./to-audit-entries";

export const auditPageSize = 50;
/** Actors that the filter offers. */
const shownActors = 200;

export interface AuditOption {
  value: string;
  label: string;
}

export interface AuditPageView {
  customerName: string | null;
  zone: string;
  asStaff: boolean;
  entries: AuditEntryView[];
  /** Entries that match the filter. */
  matching: number;
  /** Places of the neighbouring pages. */
  newer: number | null;
  older: number | null;
  actors: AuditOption[];
  groups: AuditOption[];
  targets: AuditOption[];
  chain: ChainStateView;
  now: Date;
}

/** The zone and name of the place; the platform lives in UTC. @throws DomainError NOT_FOUND */
export async function findAuditPlace(
  tx: Tx,
  { customerId, isPlatform }: AuditPlace,
): Promise<{ name: string | null; zone: string }> {
  if (isPlatform) return { name: null, zone: "UTC" };
  const customer = await findCustomer(tx, customerId);
  if (!customer) throw notFound("employer");
  return { name: customer.name, zone: customer.timeZone };
}

export function toLogFilter(filter: AuditFilterInput, zone: string): AuditLogFilter {
  const { actors, targets, from, to } = filter;
  return { actors, targets, from, to, zone, actionPrefixes: actionPrefixes(filter) };
}

/**
 * A page of the audit, newest first, with the state of its chain. Of staff's own context it is the platform's chain;
 * of staff's context at one employer that one's, without details.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function listAudit(ctx: Context, raw: Partial<AuditQuery>): Promise<AuditPageView> {
  const query = AuditQuery.parse(raw);
  const place = requireAuditPlace(ctx);
  return inScope(
    ctx,
    async (tx) => {
      const { name, zone } = await findAuditPlace(tx, place);
      const filter = toLogFilter(query, zone);
      const { rows, newer, older } = await readPage(tx, place.customerId, filter, query);
      const now = await readClock(tx);
      return {
        customerName: name,
        zone,
        asStaff: place.asStaff,
        entries: await toAuditEntries(tx, place, rows),
        matching: await countAuditLog(tx, place.customerId, filter),
        newer,
        older,
        actors: await listActors(tx, place),
        groups: Object.entries(auditGroups)
          .filter(([group]) => isGroupOf(place, group))
          .map(([value, { label }]) => ({ value, label })),
        targets: Object.entries(targetTypes).map(([value, label]) => ({
          value,
          label: capitalize(label.replace(/^(an?|the) /, "")),
        })),
        chain: await readChainState(tx, place.customerId, now),
        now,
      };
    },
    { readOnly: true },
  );
}

const capitalize = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const platformGroups = new Set(["sign_in", "installation", "team", "employer", "audit"]);
const employerGroups = new Set(["connections", "values", "exports", "team", "employer", "audit"]);
const isGroupOf = ({ isPlatform }: AuditPlace, group: string) =>
  (isPlatform ? platformGroups : employerGroups).has(group);

async function readPage(tx: Tx, customerId: string, filter: AuditLogFilter, { after, before }: AuditQuery) {
  const limit = auditPageSize + 1;
  if (before !== null) {
    const found = await listAuditLog(tx, customerId, filter, { from: before, newer: true, limit });
    const rows = found.slice(0, auditPageSize).reverse();
    const more = found.length > auditPageSize;
    return { rows, newer: more ? (rows[0]?.seq ?? null) : null, older: rows.at(-1)?.seq ?? null };
  }
  const found = await listAuditLog(tx, customerId, filter, { from: after, limit });
  const rows = found.slice(0, auditPageSize);
  return {
    rows,
    newer: after === null ? null : (rows[0]?.seq ?? null),
    older: found.length > auditPageSize ? (rows.at(-1)?.seq ?? null) : null,
  };
}

async function listActors(tx: Tx, place: AuditPlace): Promise<AuditOption[]> {
  const actors = await listAuditActors(tx, place.customerId, shownActors);
  const users = actors.filter(({ kind }) => kind === "user").map(({ id }) => id);
  const names = await findUserNames(tx, users);
  return actors
    .map(({ kind, id }) => {
      const name = actorName(place, kind, id, names);
      const isNamed = kind === "user" && names.has(id);
      return { value: id, label: isNamed || place.isPlatform ? name : `${name} (${id.slice(0, 12)})` };
    })
    .sort((a, b) => a.label.localeCompare(b.label, "en"));
}
