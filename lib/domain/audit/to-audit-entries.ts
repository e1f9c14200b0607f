import type { Tx } from "@/db/client";
import type { AuditLogRow } from "@/db/repositories/audit-log";
import { findConnectionNames, findCustomerNames, findIndividualNames } from "@/db/repositories/audit-names";
import { findUserNames } from "@/db/repositories/connections-clock";
import { displayName } from "@/lib/format/names";
import { paths } from "@/lib/paths";
import type { AuditPlace } from "./audit-place";
import { auditWords, detailLines, targetTypes, type DetailLine, type Words } from "./audit-words";
import { isRowIntact } from "./verify-chain";

/** Details of an entry: there, never written, erased since, or kept for the employer alone. */
export type DetailsState = "shown" | "none" | "erased" | "withheld";

export interface AuditEntryView {
  seq: number;
  at: Date;
  action: string;
  actor: { kind: "person" | "perch"; id: string; name: string };
  words: Words;
  target: { type: string; typeLabel: string; id: string; name: string; href: string | null };
  details: DetailLine[];
  detailsState: DetailsState;
  /** False where the row or its details are not what was written. */
  intact: boolean;
  hash: string;
}

const isUuid = (id: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
const idsOf = (rows: readonly AuditLogRow[], type: string) => [
  ...new Set(
    rows.filter((row) => row.targetType === type && isUuid(row.targetId)).map((row) => row.targetId),
  ),
];

/** Who an id of the audit is, in words. */
export function actorName(
  place: AuditPlace,
  kind: string,
  id: string,
  names: ReadonlyMap<string, string>,
): string {
  if (kind === "worker") return "Perch";
  if (kind === "system") return "Perch command";
  return names.get(id) ?? (place.isPlatform ? `User ${id.slice(0, 8)}` : "Former member");
}

interface Target {
  name: string;
  href: string | null;
}

/** Rows as people read them: names where the reader may see them, words, details. */
export async function toAuditEntries(
  tx: Tx,
  place: AuditPlace,
  rows: readonly AuditLogRow[],
): Promise<AuditEntryView[]> {
  const { customerId } = place;
  const users = rows.filter((row) => row.actorKind === "user").map((row) => row.actorId);
  const userNames = await findUserNames(tx, [...new Set([...users, ...idsOf(rows, "user")])]);
  const providers = await findConnectionNames(tx, customerId, idsOf(rows, "connection"));
  const employers = await findCustomerNames(tx, idsOf(rows, "customer"));
  const people = await findIndividualNames(
    tx,
    customerId,
    place.namesPeople ? idsOf(rows, "individuals") : [],
  );
  const targetOf = ({ targetType, targetId }: AuditLogRow): Target => {
    const unnamed = { name: targetTypes[targetType] ?? targetType.replaceAll("_", " "), href: null };
    if (targetType === "connection") {
      const name = providers.get(targetId);
      return name ? { name, href: paths.connection(customerId, targetId) } : unnamed;
    }
    if (targetType === "individuals") {
      const person = people.get(targetId);
      const name = person ? displayName({ first: person.first, last: person.last }) : null;
      return name ? { name, href: paths.individual(customerId, targetId) } : unnamed;
    }
    if (targetType === "user")
      return {
        name:
          userNames.get(targetId) ?? (place.isPlatform ? `user ${targetId.slice(0, 8)}` : "a former member"),
        href: null,
      };
    if (targetType === "customer") return { name: employers.get(targetId) ?? unnamed.name, href: null };
    return unnamed;
  };
  return rows.map((row) => toEntry(place, row, targetOf(row), userNames));
}

function toEntry(
  place: AuditPlace,
  row: AuditLogRow,
  target: Target,
  userNames: ReadonlyMap<string, string>,
): AuditEntryView {
  const details = readDetails(row.details);
  const missing: DetailsState = place.asStaff && !place.isPlatform ? "withheld" : "erased";
  return {
    seq: row.seq,
    at: row.at,
    action: row.action,
    actor: {
      kind: row.actorKind === "user" ? "person" : "perch",
      id: row.actorId,
      name: actorName(place, row.actorKind, row.actorId, userNames),
    },
    words: auditWords(row.action, details, target.name),
    target: {
      type: row.targetType,
      typeLabel: targetTypes[row.targetType] ?? row.targetType.replaceAll("_", " "),
      id: row.targetId,
      ...target,
    },
    details: details ? detailLines(place.readsPay ? details : withoutPay(row.action, details)) : [],
    detailsState: row.detailsDigest === null ? "none" : details ? "shown" : missing,
    intact: isRowIntact(row),
    hash: row.hash,
  };
}

/** Details without what somebody was paid: for readers whose role has no pay. */
function withoutPay(action: string, details: Record<string, unknown>): Record<string, unknown> {
  if (!action.startsWith("opening_balance.")) return details;
  const { amountCents: _amount, before: _before, ...rest } = details;
  return rest;
}

function readDetails(text: string | null): Record<string, unknown> | null {
  if (text === null) return null;
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : { value };
}
