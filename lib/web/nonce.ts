import "server-only";
import { headers } from "next/headers";

/** The nonce of this answer's Content-Security-Policy, made in proxy.ts. */
export async function getNonce(): Promise<string | undefined> {
  return (await headers()).get("x-nonce") ?? undefined;
}
