import type { ActionResult } from "@/lib/client/action-result";

/** The server actions around one person's own access, as a page hands them down. */
export interface InviteActions {
  invite: (input: {
    customerId: string;
    individualId: string;
    email: string;
  }) => Promise<ActionResult<{ expiresAt: Date }>>;
  resend: (input: { customerId: string; invitationId: string }) => Promise<ActionResult<{ expiresAt: Date }>>;
  revoke: (input: {
    customerId: string;
    invitationId: string;
  }) => Promise<ActionResult<{ revoked: boolean }>>;
  end: (input: {
    customerId: string;
    individualId: string;
    userId: string;
  }) => Promise<ActionResult<{ ended: boolean }>>;
}
