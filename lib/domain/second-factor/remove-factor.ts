import { z } from "zod";
import { deletePasskey } from "@/db/repositories/passkeys";
import { replaceRecoveryCodes } from "@/db/repositories/recovery-codes";
import { deleteTotpFactor } from "@/db/repositories/totp-factors";
import { notFound } from "@/lib/domain/errors";
import { tellFactorChange } from "./factor-mail";
import { inIdentity, lockFactors } from "./identity";
import { loadFactors } from "./load-factors";
import { requireOwnStepUp, type Person } from "./person";

export const FactorInput = z.strictObject({
  kind: z.enum(["passkey", "totp"]),
  id: z.string().min(1).max(1400),
});
export type FactorInput = z.infer<typeof FactorInput>;

/** Ids of authenticator apps are UUIDs; asking the database for another text would be an error of its own. */
export const isFactorId = ({ kind, id }: FactorInput): boolean =>
  kind === "passkey" || z.uuid().safeParse(id).success;

/**
 * Removes a passkey or an authenticator app, also the last one; with that the recovery codes go too. Audited, and
 * told by mail.
 * @throws DomainError STEP_UP_REQUIRED, NOT_FOUND
 */
export async function removeFactor(person: Person, raw: FactorInput): Promise<void> {
  const input = FactorInput.parse(raw);
  const { kind, id } = input;
  const { userId } = person;
  await inIdentity(async (tx) => {
    await lockFactors(tx, userId);
    requireOwnStepUp(person);
    if (!isFactorId(input)) throw notFound(kind === "passkey" ? "passkey" : "authenticator app");
    const remove = kind === "passkey" ? deletePasskey : deleteTotpFactor;
    const name = await remove(tx, userId, id);
    if (name === null) throw notFound(kind === "passkey" ? "passkey" : "authenticator app");
    if ((await loadFactors(tx, userId)).length === 0) await replaceRecoveryCodes(tx, userId, []);
    await tellFactorChange(tx, { userId, change: "removed", kind, id, name });
  });
}
