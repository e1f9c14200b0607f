"use server";

import { redirect } from "next/navigation";
import { DomainError } from "@/lib/domain/errors";
import { acceptInvitation, AcceptInvitationInput } from "@/lib/domain/invitations/accept-invitation";
import { requestSignIn } from "@/lib/domain/sign-in/request-sign-in";
import { paths } from "@/lib/paths";
import { publicAction } from "@/lib/web/action";
import { takeLinkPage } from "@/lib/web/link-page";
import { getPeer } from "@/lib/web/peer";
import { getSession } from "@/lib/web/session";
import { readSignInCookie, writeSignInCookie } from "@/lib/web/sign-in-cookie";

/** Accepts, and leads to one's own pages: at once for whoever is signed in with the address, else through the sign-in. */
export const acceptInvitationAction = publicAction(AcceptInvitationInput, async (input) => {
  const { ip } = await getPeer();
  await takeLinkPage(ip);
  const session = await getSession();
  const answer = await acceptInvitation(input, session?.user ?? null);
  if (answer.state !== "accepted") return answer;
  const own = paths.meAs(answer.individualId);
  if (session) redirect(own);
  redirect((await askForLink(answer.email, own, ip)) ? paths.signInSent() : paths.signIn(own));
});

/** Asks for the address's sign-in link in this browser; false where this network asked too often. */
async function askForLink(email: string, callbackUrl: string, ip: string): Promise<boolean> {
  try {
    const kept = await readSignInCookie();
    const { nonce, address } = await requestSignIn({ email, callbackUrl }, { ip, nonce: kept?.nonce });
    await writeSignInCookie({ nonce, address, callbackUrl, invited: true });
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === "RATE_LIMITED") return false;
    throw error;
  }
}
