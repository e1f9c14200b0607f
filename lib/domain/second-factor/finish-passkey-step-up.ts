import { z } from "zod";
import { findPasskey } from "@/db/repositories/passkeys";
import { DomainError } from "@/lib/domain/errors";
import { noteWrongTry } from "./attempts";
import { inIdentity } from "./identity";
import { PasskeyAnswer, verifyAnswer } from "./passkey-rules";
import { sessionHash, type Person } from "./person";
import { takeChallenge } from "./take-challenge";
import { notePasskeyUse } from "./use-passkey";

export const FinishPasskeyStepUpInput = z.strictObject({ challengeId: z.uuid(), answer: PasskeyAnswer });
export type FinishPasskeyStepUpInput = z.infer<typeof FinishPasskeyStepUpInput>;

function refused(userId: string): DomainError {
  noteWrongTry(userId, "passkey");
  return new DomainError(
    "INVALID",
    "That passkey did not confirm that it is you. Try again, or use another way.",
  );
}

/**
 * Checks a passkey's answer to this session's challenge. The caller notes the step-up in the session.
 * @throws DomainError EXPIRED, INVALID
 */
export async function finishPasskeyStepUp(person: Person, raw: FinishPasskeyStepUpInput): Promise<void> {
  const { challengeId, answer } = FinishPasskeyStepUpInput.parse(raw);
  const { userId } = person;
  const challenge = await takeChallenge(challengeId, {
    kind: "passkey.step_up",
    userId,
    browserHash: sessionHash(person),
  });
  if (!challenge) throw new DomainError("EXPIRED", "This took too long or was answered before. Try again.");
  const passkey = await inIdentity((tx) => findPasskey(tx, answer.id));
  if (passkey?.userId !== userId) throw refused(userId);
  const used = await verifyAnswer(answer, challenge, passkey);
  if (!used || !(await inIdentity((tx) => notePasskeyUse(tx, passkey, used)))) throw refused(userId);
}
