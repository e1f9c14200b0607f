import { inScope } from "@/db/client";
import { findUserNames } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import { maskAddress } from "@/lib/domain/sign-in/address";
import { findOpenInvitation, linkContext, resolveInvitation } from "./open-invitation";

export type InvitationView =
  /** Used, revoked, too old, or never there: one answer. */
  | { state: "over" }
  | {
      state: "open";
      employer: string;
      inviter: string;
      maskedAddress: string;
      expiresAt: Date;
      timeZone: string;
      /** Who looks: nobody signed in, somebody with the invited address, or somebody with another one. */
      visitor: "nobody" | "invited" | "other";
    };

/** What the page behind an invitation shows. Reads only: mail scanners open links too. Says nothing of the person. */
export async function getInvitation(
  token: string,
  visitor: { email: string } | null,
): Promise<InvitationView> {
  const found = await resolveInvitation(token);
  if (!found) return { state: "over" };
  const { customerId, rowId } = found;
  return inScope(
    linkContext(customerId),
    async (tx): Promise<InvitationView> => {
      const row = await findOpenInvitation(tx, customerId, rowId);
      const customer = await findCustomer(tx, customerId);
      if (!row || !customer) return { state: "over" };
      const names = await findUserNames(tx, [row.invitedBy]);
      return {
        state: "open",
        employer: customer.name,
        inviter: names.get(row.invitedBy) ?? "An administrator",
        maskedAddress: maskAddress(row.email),
        expiresAt: row.expiresAt,
        timeZone: customer.timeZone,
        visitor: visitor === null ? "nobody" : visitor.email === row.email ? "invited" : "other",
      };
    },
    { readOnly: true },
  );
}
