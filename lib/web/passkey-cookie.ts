import "server-only";
import { cookies } from "next/headers";
import { cookieName, cookieOptions } from "@/lib/auth/cookies";
import { challengeMinutes } from "@/lib/domain/second-factor/passkey-rules";

/** What the browser keeps between a passkey sign-in's challenge and its answer. */
export async function readPasskeyNonce(): Promise<string | undefined> {
  return (await cookies()).get(cookieName("passkey"))?.value;
}

export async function writePasskeyNonce(nonce: string): Promise<void> {
  (await cookies()).set(cookieName("passkey"), nonce, { ...cookieOptions(), maxAge: challengeMinutes * 60 });
}

export async function dropPasskeyNonce(): Promise<void> {
  (await cookies()).set(cookieName("passkey"), "", { ...cookieOptions(), maxAge: 0 });
}
