import { z } from "zod";
import { countRecoveryCodes, takeRecoveryCode } from "@/db/repositories/recovery-codes";
import { DomainError } from "@/lib/domain/errors";
import { giveTryBack, noteWrongTry, takeTry } from "./attempts";
import { tellRecoveryChange } from "./factor-mail";
import { inIdentity } from "./identity";
import type { Person } from "./person";
import { hashRecoveryCode } from "./recovery";

export const StepUpWithRecoveryCodeInput = z.strictObject({
  code: z.string().trim().min(1, "Enter one of your recovery codes.").max(60),
});
export type StepUpWithRecoveryCodeInput = z.infer<typeof StepUpWithRecoveryCodeInput>;

/**
 * Uses up one of the person's recovery codes: audited, and told by mail. The caller notes the step-up in the session.
 * @throws DomainError INVALID, RATE_LIMITED after 10 wrong codes in 15 minutes
 */
export async function stepUpWithRecoveryCode(
  { userId }: Person,
  raw: StepUpWithRecoveryCodeInput,
): Promise<void> {
  const { code } = StepUpWithRecoveryCodeInput.parse(raw);
  await takeTry(userId);
  const used = await inIdentity(async (tx) => {
    if (!(await takeRecoveryCode(tx, userId, hashRecoveryCode(userId, code)))) return false;
    const { left } = await countRecoveryCodes(tx, userId);
    await tellRecoveryChange(tx, { userId, change: "recovery_used", left });
    return true;
  });
  if (used) return giveTryBack(userId);
  noteWrongTry(userId, "recovery_code");
  throw new DomainError(
    "INVALID",
    "This is not one of your recovery codes, or it was used already. They look like ABCD-EFGH-JKMN-PQRS.",
    { field: "code" },
  );
}
