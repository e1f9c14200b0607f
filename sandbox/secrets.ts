import { createHash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";

/** A new access token: a UUID, as Finch's are. */
export const newToken = (): string => randomUUID();

/** A new authorization code. */
export const newCode = (): string => randomBytes(24).toString("base64url");

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Compares in a time that does not depend on where texts differ. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)));
}

/** The value of `Finch-Request-Id`. */
export const newRequestId = (): string => randomUUID();
