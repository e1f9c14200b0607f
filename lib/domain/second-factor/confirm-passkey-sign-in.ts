import { z } from "zod";
import { listGrants } from "@/db/repositories/grants";
import { findPasskey } from "@/db/repositories/passkeys";
import { DomainError } from "@/lib/domain/errors";
import { networkOf, returnLimit, takeLimit } from "@/lib/domain/limits";
import { browserNonceHash } from "./begin-passkey-sign-in";
import { inIdentity } from "./identity";
import { PasskeyAnswer, verifyAnswer } from "./passkey-rules";
import { takeChallenge } from "./take-challenge";
import { notePasskeyUse } from "./use-passkey";

export const ConfirmPasskeySignInInput = z.strictObject({ challengeId: z.uuid(), answer: PasskeyAnswer });
export type ConfirmPasskeySignInInput = z.infer<typeof ConfirmPasskeySignInInput>;

/** Unknown, removed, of another host, of a disabled account or of one without a role: one answer. */
const refused = () =>
  new DomainError(
    "FORBIDDEN",
    "This passkey opens no account here. It may have been removed: use a sign-in link instead.",
  );

/**
 * Whose passkey answered this browser's challenge. The caller starts the session.
 * @throws DomainError EXPIRED, FORBIDDEN, RATE_LIMITED
 */
export async function confirmPasskeySignIn(
  raw: ConfirmPasskeySignInInput,
  { ip, nonce }: { ip: string; nonce: string | undefined },
): Promise<{ userId: string }> {
  const { challengeId, answer } = ConfirmPasskeySignInInput.parse(raw);
  await takeLimit("passkey", networkOf(ip));
  const challenge = nonce
    ? await takeChallenge(challengeId, {
        kind: "passkey.sign_in",
        userId: null,
        browserHash: browserNonceHash(nonce),
      })
    : null;
  if (!challenge) throw new DomainError("EXPIRED", "This took too long or was answered before. Try again.");
  const passkey = await inIdentity((tx) => findPasskey(tx, answer.id));
  const used = passkey && (await verifyAnswer(answer, challenge, passkey));
  // Without the person's own id in the answer it would be any second factor, not somebody signing in.
  if (!passkey || !used || !answer.userHandle) throw refused();
  const { userId } = passkey;
  const grants = await inIdentity((tx) => listGrants(tx, userId));
  if (grants.length === 0 || !(await inIdentity((tx) => notePasskeyUse(tx, passkey, used)))) throw refused();
  // Beginning and this are no tries: a whole office signs in from one network.
  await returnLimit("passkey", networkOf(ip));
  await returnLimit("passkey", networkOf(ip));
  return { userId };
}
