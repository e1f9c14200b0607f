import { env } from "@/lib/env";

/**
 * Names of our cookies. On https they are bound to host and path by the __Host- prefix; on http loopback they end in
 * the port, because cookies ignore ports and two copies may run side by side (DESIGN §12).
 */
interface CookieAddress {
  appUrl: string;
}

export type CookieName =
  | "session"
  | "sign-in"
  | "connect"
  /** Names the browser to the accounts that signed in with it; outlives signing out. */
  | "device"
  /** Binds a visit at the identity provider to the browser that began it. */
  | "oidc"
  /** Binds the challenge of a passkey sign-in to the browser that asked for it. */
  | "passkey";

export function cookieName(kind: CookieName, { appUrl }: CookieAddress = env()): string {
  const url = new URL(appUrl);
  return url.protocol === "https:" ? `__Host-perch-${kind}` : `perch-${kind}-${url.port || "80"}`;
}

/** Attributes that every cookie of ours has. */
export function cookieOptions({ appUrl }: CookieAddress = env()) {
  return { httpOnly: true, sameSite: "lax" as const, path: "/", secure: appUrl.startsWith("https://") };
}
