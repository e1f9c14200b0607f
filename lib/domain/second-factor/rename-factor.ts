import type { z } from "zod";
import { recordAccountEvent } from "@/db/repositories/account-events";
import { renamePasskey } from "@/db/repositories/passkeys";
import { renameTotpFactor } from "@/db/repositories/totp-factors";
import { notFound } from "@/lib/domain/errors";
import { FactorName } from "./enroll";
import { inIdentity } from "./identity";
import type { Person } from "./person";
import { FactorInput, isFactorId } from "./remove-factor";

export const RenameFactorInput = FactorInput.extend({ name: FactorName });
export type RenameFactorInput = z.infer<typeof RenameFactorInput>;

/**
 * Gives one of the person's factors another name. Audited: by its name somebody tells a factor that is not theirs.
 * @throws DomainError NOT_FOUND
 */
export async function renameFactor({ userId }: Person, raw: RenameFactorInput): Promise<void> {
  const { name, ...factor } = RenameFactorInput.parse(raw);
  const rename = factor.kind === "passkey" ? renamePasskey : renameTotpFactor;
  const unknown = notFound(factor.kind === "passkey" ? "passkey" : "authenticator app");
  if (!isFactorId(factor)) throw unknown;
  await inIdentity(async (tx) => {
    if (!(await rename(tx, userId, factor.id, name))) throw unknown;
    const targetType = factor.kind === "passkey" ? "passkey" : "totp_factor";
    const event = { userId, action: "factor.rename" as const, targetType, targetId: factor.id };
    await recordAccountEvent(tx, { ...event, details: { name } });
  });
}
