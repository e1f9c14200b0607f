import { countRecoveryCodes } from "@/db/repositories/recovery-codes";
import { inIdentity } from "./identity";
import { loadFactors } from "./load-factors";
import { mayEnrollFirst, type Person } from "./person";
import type { SecurityView } from "./views";

/** A person's own second factors, for the security page. */
export async function getSecurity(person: Person): Promise<SecurityView> {
  return inIdentity(async (tx) => {
    const factors = await loadFactors(tx, person.userId);
    const { left, total, createdAt } = await countRecoveryCodes(tx, person.userId);
    return {
      factors,
      recoveryCodes: createdAt ? { left, total, createdAt } : null,
      mayEnroll: mayEnrollFirst(person),
    };
  });
}
