import { generateAuthenticationOptions } from "@simplewebauthn/server";
import { insertAuthChallenge } from "@/db/repositories/auth-challenges";
import { newSecretToken, sha256 } from "@/lib/crypto";
import { networkOf, takeLimit } from "@/lib/domain/limits";
import { inIdentity } from "./identity";
import { challengeMinutes, relyingParty } from "./passkey-rules";

/** What binds a challenge to a browser in which nobody is signed in. */
export const browserNonceHash = (nonce: string) => sha256(`passkey sign-in ${nonce}`);

/**
 * Asks any browser for any passkey of this installation: the answer says whose it is.
 * @returns the nonce that the asking browser alone keeps
 * @throws DomainError RATE_LIMITED for this network
 */
export async function beginPasskeySignIn({ ip, nonce = newSecretToken() }: { ip: string; nonce?: string }) {
  await takeLimit("passkey", networkOf(ip));
  const options = await generateAuthenticationOptions({
    rpID: relyingParty().id,
    userVerification: "required",
    timeout: challengeMinutes * 60_000,
  });
  const challengeId = await inIdentity((tx) =>
    insertAuthChallenge(tx, {
      kind: "passkey.sign_in",
      userId: null,
      browserHash: browserNonceHash(nonce),
      data: { challenge: options.challenge },
      minutes: challengeMinutes,
    }),
  );
  return { nonce, challengeId, options };
}
