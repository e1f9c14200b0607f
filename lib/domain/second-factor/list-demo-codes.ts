import { listTotpFactorsWithEmail } from "@/db/repositories/totp-factors";
import { env } from "@/lib/env";
import { isDemoFactor } from "./demo-factor";
import { inIdentity } from "./identity";
import { totpCodeAt, totpPeriodSeconds, unwrapTotpSecret } from "./totp";
import type { DemoCodeView } from "./views";

export interface DemoCodes {
  accounts: DemoCodeView[];
  /** When all codes change, by this server's clock. */
  secondsLeft: number;
  periodSeconds: number;
}

/** The codes of the demo accounts' seeded authenticators, of nobody else's. Local mode only. */
export async function listDemoCodes(now = new Date()): Promise<DemoCodes> {
  if (env().mode !== "local") throw new TypeError("Demo authenticators are for local mode only");
  const all = await inIdentity(listTotpFactorsWithEmail);
  const next = new Date(now.getTime() + totpPeriodSeconds * 1000);
  const accounts = await Promise.all(
    all
      .filter((row) => isDemoFactor(row.userId, row.id))
      .map(async (row) => {
        const secret = await unwrapTotpSecret(row);
        return { email: row.email, code: totpCodeAt(secret, now), nextCode: totpCodeAt(secret, next) };
      }),
  );
  const secondsLeft = totpPeriodSeconds - (Math.floor(now.getTime() / 1000) % totpPeriodSeconds);
  return { accounts, secondsLeft, periodSeconds: totpPeriodSeconds };
}
