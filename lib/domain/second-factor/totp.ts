import { generateSecret, generateSync, generateURI, verifySync } from "otplib";
import { keyProvider, Secret } from "@/lib/crypto";
import { env } from "@/lib/env";

/** RFC 6238 as every authenticator app speaks it: SHA-1, 6 digits, 30 seconds. */
const parameters = { algorithm: "sha1", digits: 6, period: 30 } as const;
export const totpPeriodSeconds = parameters.period;

/** A step before and one after: clocks differ, people type slowly. */
const toleranceSeconds = parameters.period;

interface WrappedSecret {
  id: string;
  userId: string;
  wrapped: string;
  keyringId: string;
}

/** 160 bits, as RFC 4226 recommends. */
export function newTotpSecret(): Secret {
  return new Secret(generateSecret({ length: 20 }));
}

/** Where a wrapped secret belongs: it opens for this person and row alone. */
export function totpPlace({ userId, id }: Pick<WrappedSecret, "userId" | "id">): string[] {
  return [env().FINCH_ENVIRONMENT, "totp_factors", "wrapped", userId, id];
}

export async function wrapTotpSecret(at: Pick<WrappedSecret, "userId" | "id">, secret: Secret) {
  return keyProvider().wrap(Buffer.from(secret.reveal(), "utf8"), totpPlace(at));
}

/** @throws DecryptionError where the row was changed or is somebody else's */
export async function unwrapTotpSecret(row: WrappedSecret): Promise<Secret> {
  const opened = await keyProvider().unwrap(row.keyringId, row.wrapped, totpPlace(row));
  return new Secret(opened.toString("utf8"));
}

/** The time step that a code belongs to, or null where it is none of now. Compared in constant time by otplib. */
export function matchTotp(secret: Secret, code: string, now = new Date()): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const result = verifySync({
    ...parameters,
    secret: secret.reveal(),
    token: code,
    epoch: Math.floor(now.getTime() / 1000),
    epochTolerance: toleranceSeconds,
  });
  return result.valid && "timeStep" in result ? result.timeStep : null;
}

/** The code of a moment. */
export function totpCodeAt(secret: Secret, at: Date): string {
  return generateSync({
    ...parameters,
    secret: secret.reveal(),
    epoch: Math.floor(at.getTime() / 1000),
  });
}

/** What the QR code says. The label is how the app lists the account. */
export function totpUri(secret: Secret, email: string): string {
  return generateURI({ ...parameters, secret: secret.reveal(), issuer: "Perch", label: email });
}
