import { loginDatabase } from "@/db/client";
import { findOpenSignInRequest } from "@/db/repositories/sign-in-requests";
import { env } from "@/lib/env";
import { maskAddress } from "./address";
import { codeAttempts, hashNonce, isNonce, readSignInToken } from "./secrets";

export type SignInLinkView =
  | { state: "over" }
  /** `needsCode`: opened in another browser than the one that asked. */
  | { state: "open"; maskedAddress: string; needsCode: boolean };

/** What the page behind a mailed link shows. Reads only: mail scanners open links too. */
export async function getSignInLink(token: string, nonce: string | undefined): Promise<SignInLinkView> {
  const id = readSignInToken(token);
  const request =
    id && (await findOpenSignInRequest(loginDatabase(env().AUTH_DATABASE_URL), id, codeAttempts));
  if (!request) return { state: "over" };
  return {
    state: "open",
    maskedAddress: maskAddress(request.identifier),
    needsCode: !isNonce(nonce) || hashNonce(nonce) !== request.nonceHash,
  };
}
