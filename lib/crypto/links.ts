import { createHmac, hkdfSync, randomBytes } from "node:crypto";

/** A 256-bit secret for a state, a nonce or a link, safe in a URL. */
export function newSecretToken(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * The secret of a mailed link, derived from its id when it is needed, so that
 * no table and no queue ever holds it (SECURITY 9). Only its hash is stored.
 */
export function deriveLinkSecret(signingSecret: string, purpose: string, id: string): string {
  const key = Buffer.from(hkdfSync("sha256", signingSecret, "perch", `link:${purpose}`, 32));
  return createHmac("sha256", key).update(id).digest("base64url");
}
