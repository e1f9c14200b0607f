import "server-only";
import { cookies } from "next/headers";
import { z } from "zod";
import { cookieName, cookieOptions } from "@/lib/auth/cookies";
import { isNonce, signInMinutes } from "@/lib/domain/sign-in/secrets";

/** What the browser that asked for a link keeps, for itself alone: the nonce, and what it typed. */
const SignInCookie = z.strictObject({
  nonce: z.string().refine(isNonce),
  address: z.string().max(320),
  callbackUrl: z.string().max(1000).optional(),
  /** Nobody typed the address here: it is an accepted invitation's, and pages show it masked. */
  invited: z.literal(true).optional(),
});
export type SignInCookie = z.infer<typeof SignInCookie>;

/** A little longer than the link: the page can still say that it is over. */
const keptSeconds = (signInMinutes + 5) * 60;

export async function readSignInCookie(): Promise<SignInCookie | null> {
  const value = (await cookies()).get(cookieName("sign-in"))?.value;
  if (!value) return null;
  try {
    return SignInCookie.parse(JSON.parse(Buffer.from(value, "base64url").toString("utf8")));
  } catch {
    return null;
  }
}

export async function writeSignInCookie(content: SignInCookie): Promise<void> {
  const value = Buffer.from(JSON.stringify(content)).toString("base64url");
  (await cookies()).set(cookieName("sign-in"), value, { ...cookieOptions(), maxAge: keptSeconds });
}

/** What was kept for signing in is dropped. */
export async function dropSignInCookie(): Promise<void> {
  (await cookies()).set(cookieName("sign-in"), "", { ...cookieOptions(), maxAge: 0 });
}
