import "server-only";
import { headers } from "next/headers";
import { env, isLoopbackUrl } from "@/lib/env";

/** Where a request came from, as our own http server saw it (scripts/web.ts). */
export interface Peer {
  ip: string;
  /** A forwarding header came with the request, whether it was believed or not. */
  forwarded: boolean;
}

const nobody = "0.0.0.0";

export async function getPeer(): Promise<Peer> {
  const all = await headers();
  return { ip: all.get("x-perch-peer") ?? nobody, forwarded: all.get("x-perch-forwarded") !== "0" };
}

export function isLoopbackAddress(ip: string): boolean {
  return ip === "::1" || /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(ip);
}

/** Local mode, a loopback peer and Host, and nothing in between: what /dev asks for (SECURITY 1). */
export async function isLocalVisit(): Promise<boolean> {
  const { ip, forwarded } = await getPeer();
  const host = (await headers()).get("host") ?? "";
  return env().mode === "local" && !forwarded && isLoopbackAddress(ip) && isLoopbackUrl(`http://${host}`);
}
