import { inScope, type Tx } from "@/db/client";
import { recordReveal } from "@/db/repositories/reveals";
import { findCiphertext } from "@/db/repositories/sealed-values";
import { DecryptionError, UnknownKeyError, type Secret } from "@/lib/crypto";
import { recordAudit } from "@/lib/domain/audit";
import type { CustomerContext } from "@/lib/domain/context";
import { DomainError, notFound } from "@/lib/domain/errors";
import { loadVault } from "@/lib/domain/keys/customer-vault";
import { sealedValuePlace } from "@/lib/domain/sync/seal-values";
import { log } from "@/lib/log";
import { visibleSeconds, type RevealedView } from "./revealed";

export interface Opening {
  sealedValueId: string;
  reason: string;
  /** What belongs to the record: it is committed with the audit row, or neither is. */
  alongside?: (tx: Tx) => Promise<void>;
}

/**
 * Opens one sealed value. The audit row is committed before the ciphertext is read, by a role that reads nothing
 * else; whatever fails after that, the row stays. The caller has checked permission, step-up and limits.
 * @throws DomainError NOT_FOUND; CONFLICT where the ciphertext belongs to somebody else or its key is gone
 */
export async function openRecorded(ctx: CustomerContext, opening: Opening): Promise<RevealedView> {
  await inScope(ctx, async (tx) => {
    await opening.alongside?.(tx);
    if (!(await recordReveal(tx, opening.sealedValueId, opening.reason))) throw notFound("value");
  });
  const secret = await readValue(ctx, opening.sealedValueId).catch(async (error: unknown) => {
    if (!(error instanceof DecryptionError || error instanceof UnknownKeyError)) throw error;
    await reportRefusal(ctx, opening.sealedValueId, error);
    throw new DomainError(
      "CONFLICT",
      "This value does not open, so nothing is shown: it was sealed for somebody else, was changed, or its key is missing. Your administrators find this in the audit.",
    );
  });
  return { value: secret.reveal(), visibleSeconds };
}

function readValue(ctx: CustomerContext, sealedValueId: string): Promise<Secret> {
  const { customerId } = ctx.scope;
  return inScope(
    ctx,
    async (tx) => {
      const row = await findCiphertext(tx, customerId, sealedValueId);
      if (!row) throw notFound("value");
      return (await loadVault(tx, customerId)).open(sealedValuePlace(row), row);
    },
    { readOnly: true, as: "perch_reveal" },
  );
}

/** Somebody changed the database behind our back, or a key is missing: told, never shown. */
async function reportRefusal(ctx: CustomerContext, sealedValueId: string, error: Error): Promise<void> {
  log.error("a sealed value did not open", error, { customerId: ctx.scope.customerId });
  await inScope(ctx, (tx) =>
    recordAudit(tx, ctx, "sealed_value.refused", { type: "sealed_values", id: sealedValueId }),
  );
}
