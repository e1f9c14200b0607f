import { insertTotpFactor, listTotpFactors } from "@/db/repositories/totp-factors";
import { env } from "@/lib/env";
import { demoFactorId, isDemoFactor } from "./demo-factor";
import { inIdentity } from "./identity";
import { newTotpSecret, wrapTotpSecret } from "./totp";

/**
 * Gives a demo account its authenticator, whose codes /dev/authenticator shows. Idempotent. Local mode only.
 * @returns whether it was new
 */
export async function ensureDemoFactor(userId: string): Promise<boolean> {
  if (env().mode !== "local") throw new TypeError("Demo authenticators are for local mode only");
  const id = demoFactorId(userId);
  const wrapped = await wrapTotpSecret({ userId, id }, newTotpSecret());
  return inIdentity(async (tx) => {
    const there = (await listTotpFactors(tx, userId)).some((factor) => isDemoFactor(userId, factor.id));
    if (there) return false;
    return insertTotpFactor(tx, { id, userId, name: "Demo authenticator", lastStep: null, ...wrapped });
  });
}
