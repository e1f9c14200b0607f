import type { z } from "zod";
import { renamePasskey } from "@/db/repositories/passkeys";
import { renameTotpFactor } from "@/db/repositories/totp-factors";
import { notFound } from "@/lib/domain/errors";
import { FactorName } from "./enroll";
import { inIdentity } from "./identity";
import type { Person } from "./person";
import { FactorInput, isFactorId } from "./remove-factor";

export const RenameFactorInput = FactorInput.extend({ name: FactorName });
export type RenameFactorInput = z.infer<typeof RenameFactorInput>;

/** Gives one of the person's factors another name. @throws DomainError NOT_FOUND */
export async function renameFactor({ userId }: Person, raw: RenameFactorInput): Promise<void> {
  const { name, ...factor } = RenameFactorInput.parse(raw);
  const rename = factor.kind === "passkey" ? renamePasskey : renameTotpFactor;
  const done = isFactorId(factor) && (await inIdentity((tx) => rename(tx, userId, factor.id, name)));
  if (!done) throw notFound(factor.kind === "passkey" ? "passkey" : "authenticator app");
}
