import { createHmac } from "node:crypto";
import { equalInConstantTime, sha256 } from "@/lib/crypto";

/**
 * A visit at the identity provider. The browser holds one secret in a cookie; state, nonce and PKCE verifier are
 * derived from it and the visit's id. So the database holds nothing that could finish a visit, and what one browser
 * began no other can finish.
 */

export type VisitPurpose = "sign-in" | "step-up";

/** Minutes from the button to the way back. */
export const visitMinutes = 10;

const prefixes: Record<VisitPurpose, string> = { "sign-in": "s", "step-up": "u" };

export interface Visit {
  purpose: VisitPurpose;
  id: string;
}

export const isBrowserSecret = (value: string | undefined): value is string =>
  value !== undefined && /^[\w-]{43}$/.test(value);

const derive = (secret: string, what: string, { purpose, id }: Visit) =>
  createHmac("sha256", secret).update(`perch oidc ${what} ${purpose} ${id}`).digest("base64url");

export function visitSecrets(browserSecret: string, visit: Visit) {
  return {
    state: `${prefixes[visit.purpose]}.${visit.id}.${derive(browserSecret, "state", visit)}`,
    nonce: derive(browserSecret, "nonce", visit),
    verifier: derive(browserSecret, "pkce", visit),
  };
}

/** The visit that a state names, where this browser began it; else null. */
export function readVisit(state: string | null, browserSecret: string | undefined): Visit | null {
  const [, prefix, id] = /^([su])\.([0-9a-f-]{36})\.[\w-]{43}$/.exec(state ?? "") ?? [];
  if (!state || !id || !isBrowserSecret(browserSecret)) return null;
  const visit: Visit = { id, purpose: prefix === "u" ? "step-up" : "sign-in" };
  return equalInConstantTime(visitSecrets(browserSecret, visit).state, state) ? visit : null;
}

/** How the visit's row is found: by its browser, and by its person where somebody is signed in. */
export const visitOwner = (purpose: VisitPurpose, browserSecret: string, userId: string | null) => ({
  kind: `oidc.${purpose}`,
  userId,
  browserHash: sha256(browserSecret),
});
