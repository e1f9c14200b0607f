import { generateAuthenticationOptions } from "@simplewebauthn/server";
import { insertAuthChallenge } from "@/db/repositories/auth-challenges";
import { listPasskeys } from "@/db/repositories/passkeys";
import { DomainError } from "@/lib/domain/errors";
import { inIdentity } from "./identity";
import { challengeMinutes, relyingParty } from "./passkey-rules";
import { sessionHash, type Person } from "./person";

/**
 * Asks one of the person's passkeys for a signature, once, within five minutes, from this session.
 * @throws DomainError CONFLICT where there is no passkey
 */
export async function beginPasskeyStepUp(person: Person) {
  const { userId } = person;
  const owned = await inIdentity((tx) => listPasskeys(tx, userId));
  if (owned.length === 0) throw new DomainError("CONFLICT", "Your account has no passkey.");
  const options = await generateAuthenticationOptions({
    rpID: relyingParty().id,
    userVerification: "required",
    timeout: challengeMinutes * 60_000,
    allowCredentials: owned.map(({ id, transports }) => ({ id, transports })),
  });
  const challengeId = await inIdentity((tx) =>
    insertAuthChallenge(tx, {
      kind: "passkey.step_up",
      userId,
      browserHash: sessionHash(person),
      data: { challenge: options.challenge },
      minutes: challengeMinutes,
    }),
  );
  return { challengeId, options };
}
