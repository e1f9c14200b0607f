import "server-only";
import { cookies } from "next/headers";
import { cookieName, cookieOptions } from "@/lib/auth/cookies";
import { visitMinutes } from "@/lib/auth/oidc/visit";

/** The secret by which a visit at the identity provider belongs to this browser. */
export async function readOidcCookie(): Promise<string | undefined> {
  return (await cookies()).get(cookieName("oidc"))?.value;
}

export async function writeOidcCookie(secret: string): Promise<void> {
  (await cookies()).set(cookieName("oidc"), secret, { ...cookieOptions(), maxAge: visitMinutes * 60 });
}
