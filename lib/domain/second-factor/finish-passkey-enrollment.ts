import { z } from "zod";
import { insertPasskey } from "@/db/repositories/passkeys";
import { DomainError } from "@/lib/domain/errors";
import { enrollFactor, FactorName } from "./enroll";
import { passkeyNameOf, PasskeyRegistration, verifyRegistration } from "./passkey-rules";
import { sessionHash, type Person } from "./person";
import { takeChallenge } from "./take-challenge";
import type { EnrolledView } from "./views";

export const FinishPasskeyEnrollmentInput = z.strictObject({
  challengeId: z.uuid(),
  /** Left out: what its authenticator is called, else the browser and system that made it. */
  name: FactorName.optional(),
  registration: PasskeyRegistration,
});
export type FinishPasskeyEnrollmentInput = z.infer<typeof FinishPasskeyEnrollmentInput>;

/**
 * Adds a passkey: audited, and told by mail. Counts as a step-up, which the caller notes in the session.
 * @throws DomainError STEP_UP_REQUIRED, EXPIRED, INVALID, CONFLICT
 */
export async function finishPasskeyEnrollment(
  person: Person,
  raw: FinishPasskeyEnrollmentInput,
  userAgent: string | null = null,
): Promise<EnrolledView> {
  const { challengeId, name, registration } = FinishPasskeyEnrollmentInput.parse(raw);
  const { userId } = person;
  const challenge = await takeChallenge(challengeId, {
    kind: "passkey.enroll",
    userId,
    browserHash: sessionHash(person),
  });
  if (!challenge) throw new DomainError("EXPIRED", "This took too long or was answered before. Try again.");
  const made = await verifyRegistration(registration, challenge);
  if (!made)
    throw new DomainError("INVALID", "The passkey could not be checked. Try again, or use another device.");
  const { aaguid, ...credential } = made;
  const row = { ...credential, userId };
  return enrollFactor(person, {
    kind: "passkey",
    id: row.id,
    name: name ?? passkeyNameOf(aaguid, userAgent),
    unnamed: name === undefined,
    insert: (tx, as) => insertPasskey(tx, { ...row, name: as }),
  });
}
