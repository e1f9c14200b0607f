import { generateRegistrationOptions } from "@simplewebauthn/server";
import { insertAuthChallenge } from "@/db/repositories/auth-challenges";
import { listPasskeys } from "@/db/repositories/passkeys";
import { inIdentity } from "./identity";
import { loadFactors } from "./load-factors";
import { algorithms, challengeMinutes, relyingParty } from "./passkey-rules";
import { requireMayEnroll, sessionHash, type Person } from "./person";

/**
 * Asks the person's authenticator for a new passkey.
 * @throws DomainError STEP_UP_REQUIRED, EXPIRED (no factor yet, and signed in too long ago), FORBIDDEN
 */
export async function beginPasskeyEnrollment(person: Person) {
  const { userId, email, name } = person;
  const owned = await inIdentity(async (tx) => {
    await requireMayEnroll(tx, person, (await loadFactors(tx, userId)).length > 0);
    return listPasskeys(tx, userId);
  });
  const { id: rpID, name: rpName } = relyingParty();
  const options = await generateRegistrationOptions({
    rpID,
    rpName,
    userID: new Uint8Array(Buffer.from(userId, "utf8")),
    userName: email.endsWith(".invalid") ? (name ?? "Staff") : email,
    userDisplayName: name ?? email,
    timeout: challengeMinutes * 60_000,
    attestationType: "none",
    excludeCredentials: owned.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: algorithms,
  });
  const challengeId = await inIdentity((tx) =>
    insertAuthChallenge(tx, {
      kind: "passkey.enroll",
      userId,
      browserHash: sessionHash(person),
      data: { challenge: options.challenge },
      minutes: challengeMinutes,
    }),
  );
  return { challengeId, options };
}
