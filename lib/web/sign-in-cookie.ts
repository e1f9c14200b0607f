import "server-only";
import { cookies } from "next/headers";
import { z } from "zod";
import { cookieName, cookieOptions } from "@/lib/auth/cookies";
import { isNonce, openAddress, sealAddress, signInMinutes } from "@/lib/domain/sign-in/secrets";

/** What the browser that asked for a link keeps, for itself alone: the nonce, and what it typed. */
export interface SignInCookie {
  nonce: string;
  address: string;
  callbackUrl?: string | undefined;
  /** Nobody typed the address here: it is an accepted invitation's. Pages show it masked, the cookie holds it sealed. */
  invited?: true;
}

const Kept = z.strictObject({
  nonce: z.string().refine(isNonce),
  address: z.string().max(320).optional(),
  callbackUrl: z.string().max(1000).optional(),
  /** Instead of an address: that of an invitation, sealed. */
  invited: z.string().max(1000).optional(),
});

/** A little longer than the link: the page can still say that it is over. */
const keptSeconds = (signInMinutes + 5) * 60;

/** The cookie's value. Whoever has the browser reads nothing of an address that nobody typed in it. */
export function formatSignInCookie({ nonce, address, callbackUrl, invited }: SignInCookie): string {
  const content: z.infer<typeof Kept> = {
    nonce,
    ...(invited ? { invited: sealAddress(nonce, address) } : { address }),
    ...(callbackUrl ? { callbackUrl } : {}),
  };
  return Buffer.from(JSON.stringify(content)).toString("base64url");
}

/** What a value holds; null for one that is absent, made up or put together from two. */
export function parseSignInCookie(value: string | undefined): SignInCookie | null {
  if (!value) return null;
  try {
    const json: unknown = JSON.parse(Buffer.from(value, "base64url").toString("utf8"));
    const { nonce, address, invited, callbackUrl } = Kept.parse(json);
    const rest = { nonce, ...(callbackUrl ? { callbackUrl } : {}) };
    if (invited !== undefined) return { ...rest, address: openAddress(nonce, invited), invited: true };
    return address === undefined ? null : { ...rest, address };
  } catch {
    return null;
  }
}

export async function readSignInCookie(): Promise<SignInCookie | null> {
  return parseSignInCookie((await cookies()).get(cookieName("sign-in"))?.value);
}

export async function writeSignInCookie(content: SignInCookie): Promise<void> {
  const options = { ...cookieOptions(), maxAge: keptSeconds };
  (await cookies()).set(cookieName("sign-in"), formatSignInCookie(content), options);
}

/** What was kept for signing in is dropped. */
export async function dropSignInCookie(): Promise<void> {
  (await cookies()).set(cookieName("sign-in"), "", { ...cookieOptions(), maxAge: 0 });
}
