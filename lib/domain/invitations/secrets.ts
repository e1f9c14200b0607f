import { deriveLinkSecret, sha256 } from "@/lib/crypto";
import { env } from "@/lib/env";

/** How long a mailed invitation can be accepted (SECURITY 9). */
export const invitationHours = 72;

/** The secret of an invitation's link: 256 bits, derived from its id where it is needed, stored nowhere. */
export function invitationToken(invitationId: string): string {
  return deriveLinkSecret(env().NEXTAUTH_SECRET, "invitation", invitationId);
}

/** What the database knows of a link. Null for what no link of ours looks like. */
export function hashInvitationToken(token: string): string | null {
  return /^[\w-]{43}$/.test(token) ? sha256(`invitation ${token}`) : null;
}

/** The same for an invitation of which only the id is known. */
export function invitationHash(invitationId: string): string {
  return sha256(`invitation ${invitationToken(invitationId)}`);
}
