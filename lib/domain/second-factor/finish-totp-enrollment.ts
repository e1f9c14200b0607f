import { z } from "zod";
import { findAuthChallenge, takeAuthChallenge } from "@/db/repositories/auth-challenges";
import { insertTotpFactor } from "@/db/repositories/totp-factors";
import { DomainError } from "@/lib/domain/errors";
import { giveTryBack, takeTry } from "./attempts";
import { enrollFactor, FactorName } from "./enroll";
import { inIdentity } from "./identity";
import { sessionHash, type Person } from "./person";
import { TotpCode } from "./step-up-with-code";
import { matchTotp, unwrapTotpSecret } from "./totp";
import type { EnrolledView } from "./views";

export const FinishTotpEnrollmentInput = z.strictObject({
  enrollmentId: z.uuid(),
  name: FactorName.optional(),
  code: TotpCode,
});
export type FinishTotpEnrollmentInput = z.input<typeof FinishTotpEnrollmentInput>;

const Kept = z.object({ factorId: z.uuid(), wrapped: z.string(), keyringId: z.string() });

const over = () => new DomainError("EXPIRED", "This setup is over or was begun anew elsewhere. Begin again.");

/**
 * Adds the authenticator app that shows the right code: audited, and told by mail. A wrong code can be corrected.
 * Counts as a step-up, which the caller notes in the session.
 * @throws DomainError STEP_UP_REQUIRED, EXPIRED, INVALID, CONFLICT, RATE_LIMITED
 */
export async function finishTotpEnrollment(
  person: Person,
  raw: FinishTotpEnrollmentInput,
): Promise<EnrolledView> {
  const { enrollmentId, name, code } = FinishTotpEnrollmentInput.parse(raw);
  const { userId } = person;
  const owner = { kind: "totp.enroll", userId, browserHash: sessionHash(person) };
  const kept = Kept.safeParse(await inIdentity((tx) => findAuthChallenge(tx, enrollmentId, owner)));
  if (!kept.success) throw over();
  const { factorId: id, ...wrapped } = kept.data;
  await takeTry(userId);
  const step = matchTotp(await unwrapTotpSecret({ id, userId, ...wrapped }), code);
  if (step === null) {
    throw new DomainError(
      "INVALID",
      "This code is not right. Enter the one that the app shows for Perch now; your device's clock must be right.",
      { field: "code" },
    );
  }
  await giveTryBack(userId);
  const factor = { id, userId, lastStep: step, ...wrapped };
  return enrollFactor(person, {
    kind: "totp",
    id,
    name: name ?? "Authenticator app",
    unnamed: name === undefined,
    insert: async (tx, as) => {
      if (!(await takeAuthChallenge(tx, enrollmentId, owner))) throw over();
      return insertTotpFactor(tx, { ...factor, name: as });
    },
  });
}
