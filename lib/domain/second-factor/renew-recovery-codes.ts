import { replaceRecoveryCodes } from "@/db/repositories/recovery-codes";
import { DomainError } from "@/lib/domain/errors";
import { tellRecoveryChange } from "./factor-mail";
import { inIdentity, lockFactors } from "./identity";
import { loadFactors } from "./load-factors";
import { requireOwnStepUp, type Person } from "./person";
import { hashRecoveryCode, newRecoveryCodes } from "./recovery";

/**
 * Makes a new set of recovery codes, which are shown this once; those before stop working. Audited, and told by mail.
 * @throws DomainError STEP_UP_REQUIRED, CONFLICT where there is no factor to recover
 */
export async function renewRecoveryCodes(person: Person): Promise<string[]> {
  const { userId } = person;
  const codes = newRecoveryCodes();
  await inIdentity(async (tx) => {
    await lockFactors(tx, userId);
    requireOwnStepUp(person);
    if ((await loadFactors(tx, userId)).length === 0) {
      throw new DomainError("CONFLICT", "Set up a passkey or an authenticator app first.");
    }
    await replaceRecoveryCodes(
      tx,
      userId,
      codes.map((code) => hashRecoveryCode(userId, code)),
    );
    await tellRecoveryChange(tx, { userId, change: "recovery_renewed", left: codes.length });
  });
  return codes;
}
