import { insertTotpFactor, listTotpFactors, listUserIdsByEmail } from "@/db/repositories/totp-factors";
import { env } from "@/lib/env";
import { demoFactorId, isDemoFactor } from "./demo-factor";
import { inIdentity } from "./identity";
import { newTotpSecret, wrapTotpSecret } from "./totp";

/**
 * Gives each demo account its authenticator, whose codes /dev/authenticator shows. Idempotent. Local mode only.
 * @returns how many were new
 */
export async function ensureDemoFactors(emails: readonly string[]): Promise<number> {
  if (env().mode !== "local") throw new TypeError("Demo authenticators are for local mode only");
  let added = 0;
  for (const userId of await inIdentity((tx) => listUserIdsByEmail(tx, emails))) {
    const factors = await inIdentity((tx) => listTotpFactors(tx, userId));
    if (factors.some(({ id }) => isDemoFactor(userId, id))) continue;
    const id = demoFactorId(userId);
    const wrapped = await wrapTotpSecret({ userId, id }, newTotpSecret());
    const row = { id, userId, name: "Demo authenticator", lastStep: null, ...wrapped };
    if (await inIdentity((tx) => insertTotpFactor(tx, row))) added += 1;
  }
  return added;
}
