import { randomUUID } from "node:crypto";
import { z } from "zod";
import { loginDatabase } from "@/db/client";
import { insertSignInRequest } from "@/db/repositories/sign-in-requests";
import { networkOf, takeLimit, tryLimit } from "@/lib/domain/limits";
import { env } from "@/lib/env";
import { parseAddress } from "./address";
import { findSafePath } from "./safe-path";
import {
  hashCode,
  hashNonce,
  hashSignInToken,
  isNonce,
  newNonce,
  signInCode,
  signInMinutes,
  signInToken,
} from "./secrets";

export const RequestSignInInput = z.strictObject({
  email: z.string().max(320),
  callbackUrl: z.string().max(1000).optional(),
});
export type RequestSignInInput = z.infer<typeof RequestSignInInput>;

/** Where the request comes from: the peer as our own server saw it, and the nonce its browser already has. */
export interface SignInBrowser {
  ip: string;
  nonce?: string | undefined;
}

export interface SignInRequested {
  nonce: string;
  address: string;
  code: string;
}

/**
 * Asks for a sign-in link. Known and unknown addresses take the same path: both write a request and a mail job, and
 * the worker decides. Over the address's limit the answer is the same, without a mail.
 * @throws DomainError INVALID (no plain address), RATE_LIMITED (too many requests of this network)
 */
export async function requestSignIn(
  raw: RequestSignInInput,
  browser: SignInBrowser,
): Promise<SignInRequested> {
  const input = RequestSignInInput.parse(raw);
  await takeLimit("sign-in-ip", networkOf(browser.ip));
  const address = parseAddress(input.email);
  const nonce = isNonce(browser.nonce) ? browser.nonce : newNonce();
  const code = signInCode(nonce, address);
  if ((await tryLimit("sign-in-address", address)).ok) {
    const id = randomUUID();
    await insertSignInRequest(loginDatabase(env().AUTH_DATABASE_URL), {
      id,
      address,
      tokenHash: hashSignInToken(signInToken(id)),
      nonceHash: hashNonce(nonce),
      codeHash: hashCode(code, address),
      callbackUrl: findSafePath(input.callbackUrl),
      minutes: signInMinutes,
    });
  }
  return { nonce, address, code };
}
