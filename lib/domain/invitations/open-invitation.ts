import type { Tx } from "@/db/client";
import { inSystem } from "@/db/client";
import { holdsPermissionNow } from "@/db/repositories/connections-permission";
import { readClock } from "@/db/repositories/connections-clock";
import { findInvitation, type InvitationRow } from "@/db/repositories/invitations";
import { resolveLookup } from "@/db/repositories/lookups";
import { hasConnection, hasIndividual } from "@/db/repositories/team";
import { grantsOf, type CustomerContext } from "@/lib/domain/context";
import { ofOnePerson } from "@/lib/domain/team/authority";
import { hashInvitationToken } from "./secrets";

export type OpenInvitation = InvitationRow & { connectionId: string; individualId: string };

/** Where a link leads: its employer and row. Null for an unknown, used, revoked or run-out one. */
export async function resolveInvitation(
  token: string,
): Promise<{ customerId: string; rowId: string } | null> {
  const hash = hashInvitationToken(token);
  return hash ? inSystem((tx) => resolveLookup(tx, "invitation", hash)) : null;
}

/** What the holder of a link runs as: one employer, the sight of its invitations, and no permission. */
export function linkContext(customerId: string): CustomerContext {
  return {
    actor: { kind: "system", name: "invitation link" },
    scope: { kind: "customer", customerId, connectionIds: "all" },
    role: "hr_viewer",
    permissions: new Set(),
    grants: grantsOf(new Set(["team:read"]), "hr_viewer"),
  };
}

/**
 * An invitation that can be accepted at this moment: neither used, revoked nor run out; its person is still in an open
 * connection; whoever invited may still do so. `lock` lets two acceptances come one after the other.
 */
export async function findOpenInvitation(
  tx: Tx,
  customerId: string,
  id: string,
  { lock = false } = {},
): Promise<OpenInvitation | null> {
  const row = await findInvitation(tx, customerId, id, { lock });
  if (!row?.connectionId || !row.individualId || row.acceptedAt || row.revokedAt) return null;
  if (row.expiresAt <= (await readClock(tx))) return null;
  const { connectionId, individualId, invitedBy } = row;
  if (!(await hasConnection(tx, customerId, connectionId))) return null;
  if (!(await hasIndividual(tx, { customerId, connectionId, id: individualId }))) return null;
  for (const permission of ["employee:invite", ...ofOnePerson])
    if (!(await holdsPermissionNow(tx, invitedBy, permission, connectionId))) return null;
  return { ...row, connectionId, individualId };
}
