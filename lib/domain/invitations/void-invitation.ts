import type { Tx } from "@/db/client";
import { markInvitationRevoked, type InvitationRow } from "@/db/repositories/invitations";
import { dropLookup } from "@/db/repositories/lookups";
import { invitationHash } from "./secrets";

/** Ends an invitation that was not accepted: its link leads nowhere from the commit on. */
export async function voidInvitation(tx: Tx, row: InvitationRow, userId: string): Promise<void> {
  await markInvitationRevoked(tx, row.customerId, row.id, userId);
  await dropLookup(tx, "invitation", invitationHash(row.id));
}
