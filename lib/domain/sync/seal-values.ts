import type { Tx } from "@/db/client";
import {
  deleteSealedValues,
  listSealedValues,
  upsertSealedValues,
  type SealedOwner,
  type SealedValueRow,
} from "@/db/repositories/sealed-values";
import { lastFourOf, type CustomerVault, type SealedPlace, type Secret } from "@/lib/crypto";

export interface SecretValue {
  ownerId: string;
  kind: string;
  /** Which of several of one kind. */
  ordinal: number;
  secret: Secret;
}

type Place = Pick<SealedValueRow, "ownerTable" | "ownerId" | "kind" | "ordinal">;

/** Names the owner, so that neither a ciphertext nor a whole row can be given to a colleague. */
export function sealedValuePlace({ ownerTable, ownerId, kind, ordinal }: Place): SealedPlace {
  return { table: "sealed_values", column: kind, rowId: `${ownerTable}/${ownerId}/${ordinal}` };
}

const keyOf = ({ ownerId, kind, ordinal }: Pick<Place, "ownerId" | "kind" | "ordinal">) =>
  `${ownerId}/${kind}/${ordinal}`;

/**
 * Makes the sealed values of these owners and kinds equal to `values`: new and changed ones are sealed, the
 * same ones (by HMAC) are left as they are, and what Finch no longer gives is removed.
 */
export async function sealValues(
  tx: Tx,
  vault: CustomerVault,
  scope: { customerId: string; connectionId: string; ownerTable: SealedOwner },
  ownerIds: readonly string[],
  kinds: readonly string[],
  values: readonly SecretValue[],
): Promise<void> {
  const { customerId, connectionId, ownerTable } = scope;
  const kept = await listSealedValues(tx, customerId, ownerTable, ownerIds);
  const byKey = new Map(kept.filter((row) => kinds.includes(row.kind)).map((row) => [keyOf(row), row]));
  const changed = values.flatMap((value) => {
    const existing = byKey.get(keyOf(value));
    byKey.delete(keyOf(value));
    const same = existing && existing.hmac === vault.hmac(value.kind, value.secret, existing.keyId);
    if (same) return [];
    const { ownerId, kind, ordinal, secret } = value;
    const sealed = vault.seal(sealedValuePlace({ ownerTable, ownerId, kind, ordinal }), secret);
    const lastFour = kind === "encrypted_ssn" ? null : lastFourOf(secret);
    return [{ ownerId, kind, ordinal, ...sealed, hmac: vault.hmac(kind, secret), lastFour }];
  });
  await upsertSealedValues(tx, { customerId, connectionId, ownerTable }, changed);
  await deleteSealedValues(
    tx,
    customerId,
    [...byKey.values()].map((row) => row.id),
  );
}
