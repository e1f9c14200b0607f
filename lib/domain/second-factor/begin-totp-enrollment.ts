import { randomUUID } from "node:crypto";
import { insertAuthChallenge } from "@/db/repositories/auth-challenges";
import { inIdentity } from "./identity";
import { loadFactors } from "./load-factors";
import { requireMayEnroll, sessionHash, type Person } from "./person";
import { newTotpSecret, totpUri, wrapTotpSecret } from "./totp";

/** Opening an app, scanning, typing a code: longer than a passkey's touch. */
export const totpEnrollmentMinutes = 10;

/**
 * Makes a secret for an authenticator app. It is shown to this session alone and kept, wrapped, until a first right
 * code confirms it; there is no factor before.
 * @throws DomainError STEP_UP_REQUIRED, EXPIRED (no factor yet, and signed in too long ago), FORBIDDEN
 */
export async function beginTotpEnrollment(person: Person) {
  const { userId, email } = person;
  await inIdentity(async (tx) => requireMayEnroll(tx, person, (await loadFactors(tx, userId)).length > 0));
  const secret = newTotpSecret();
  const factorId = randomUUID();
  const wrapped = await wrapTotpSecret({ userId, id: factorId }, secret);
  const enrollmentId = await inIdentity((tx) =>
    insertAuthChallenge(tx, {
      kind: "totp.enroll",
      userId,
      browserHash: sessionHash(person),
      data: { factorId, ...wrapped },
      minutes: totpEnrollmentMinutes,
    }),
  );
  return { enrollmentId, uri: totpUri(secret, email), key: secret.reveal() };
}
