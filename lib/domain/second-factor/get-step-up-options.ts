import { countRecoveryCodes } from "@/db/repositories/recovery-codes";
import { env } from "@/lib/env";
import { isDemoFactor } from "./demo-factor";
import { inIdentity } from "./identity";
import { loadFactors } from "./load-factors";
import { mayEnrollFirst, type Person } from "./person";
import type { StepUpOptionsView } from "./views";

/** The ways in which this person can show a second factor. Mail is none. */
export async function getStepUpOptions(person: Person): Promise<StepUpOptionsView> {
  const { userId, session } = person;
  return inIdentity(async (tx) => {
    const factors = await loadFactors(tx, userId);
    const { left } = await countRecoveryCodes(tx, userId);
    const totp = factors.filter((factor) => factor.kind === "totp");
    return {
      passkeys: factors.length - totp.length,
      totp: totp.length,
      recoveryCodes: left,
      oidc: session.method === "oidc",
      mayEnroll: mayEnrollFirst(person),
      demoCodes: env().mode === "local" && totp.some(({ id }) => isDemoFactor(userId, id)),
    };
  });
}
