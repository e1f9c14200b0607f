import { z } from "zod";
import { listTotpFactors, takeTotpStep, type TotpFactorRow } from "@/db/repositories/totp-factors";
import { DomainError } from "@/lib/domain/errors";
import { giveTryBack, noteWrongTry, takeTry } from "./attempts";
import { inIdentity } from "./identity";
import type { Person } from "./person";
import { matchTotp, unwrapTotpSecret } from "./totp";

/** What somebody types or pastes: "123 456" is a code too. */
export const TotpCode = z
  .string()
  .max(40)
  .transform((typed) => typed.normalize("NFKC").replaceAll(/[\s-]/g, ""))
  .refine((code) => /^\d{6}$/.test(code), "Enter the 6 digits that your authenticator app shows.");

export const StepUpWithCodeInput = z.strictObject({ code: TotpCode });
export type StepUpWithCodeInput = z.input<typeof StepUpWithCodeInput>;

interface Match {
  factor: TotpFactorRow;
  step: number;
}

async function findMatches(factors: readonly TotpFactorRow[], code: string): Promise<Match[]> {
  const matches: Match[] = [];
  for (const factor of factors) {
    const step = matchTotp(await unwrapTotpSecret(factor), code);
    if (step !== null) matches.push({ factor, step });
  }
  return matches;
}

/**
 * Checks a code of one of the person's authenticator apps and uses it up. The caller notes the step-up in the session.
 * @throws DomainError INVALID, RATE_LIMITED after 10 wrong codes in 15 minutes
 */
export async function stepUpWithCode({ userId }: Person, raw: StepUpWithCodeInput): Promise<void> {
  const { code } = StepUpWithCodeInput.parse(raw);
  await takeTry(userId);
  const factors = await inIdentity((tx) => listTotpFactors(tx, userId));
  const matches = await findMatches(factors, code);
  for (const { factor, step } of matches) {
    if (!(await inIdentity((tx) => takeTotpStep(tx, factor.id, step)))) continue;
    return giveTryBack(userId);
  }
  noteWrongTry(userId, "totp");
  throw new DomainError(
    "INVALID",
    matches.length > 0
      ? "This code was used already: each works once. Wait for the next one; it comes within 30 seconds."
      : "This code is not right. Codes change every 30 seconds: enter the one that the app shows now.",
    { field: "code" },
  );
}
