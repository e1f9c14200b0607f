import { and, asc, eq, inArray, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { sealedValues } from "@/db/schema";

export type SealedValueRow = typeof sealedValues.$inferSelect;
export type NewSealedValue = Pick<
  SealedValueRow,
  "ownerId" | "kind" | "ordinal" | "ciphertext" | "keyId" | "hmac" | "lastFour"
>;
export type SealedOwner = "individuals" | "companies";

/** Everything sealed for the named owners. */
export function listSealedValues(
  tx: Tx,
  customerId: string,
  ownerTable: SealedOwner,
  ownerIds: readonly string[],
): Promise<SealedValueRow[]> {
  if (ownerIds.length === 0) return Promise.resolve([]);
  return tx
    .select()
    .from(sealedValues)
    .where(
      and(
        eq(sealedValues.customerId, customerId),
        eq(sealedValues.ownerTable, ownerTable),
        inArray(sealedValues.ownerId, [...ownerIds]),
      ),
    );
}

/** Writes or replaces sealed values of one connection. */
export async function upsertSealedValues(
  tx: Tx,
  scope: { customerId: string; connectionId: string; ownerTable: SealedOwner },
  values: readonly NewSealedValue[],
): Promise<void> {
  if (values.length === 0) return;
  await tx
    .insert(sealedValues)
    .values(values.map((value) => ({ ...scope, ...value })))
    .onConflictDoUpdate({
      target: [
        sealedValues.customerId,
        sealedValues.ownerTable,
        sealedValues.ownerId,
        sealedValues.kind,
        sealedValues.ordinal,
      ],
      set: {
        connectionId: sql`excluded.connection_id`,
        ciphertext: sql`excluded.ciphertext`,
        keyId: sql`excluded.key_id`,
        hmac: sql`excluded.hmac`,
        lastFour: sql`excluded.last_four`,
        updatedAt: sql`now()`,
      },
    });
}

/** Removes values that Finch no longer gives. */
export async function deleteSealedValues(tx: Tx, customerId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .delete(sealedValues)
    .where(and(eq(sealedValues.customerId, customerId), inArray(sealedValues.id, [...ids])));
}

/** Values sealed under another data key, locked; for keys:rotate. */
export function lockSealedValuesNotUnderKey(
  tx: Tx,
  customerId: string,
  keyId: string,
  limit: number,
): Promise<SealedValueRow[]> {
  return tx
    .select()
    .from(sealedValues)
    .where(and(eq(sealedValues.customerId, customerId), ne(sealedValues.keyId, keyId)))
    .orderBy(asc(sealedValues.id))
    .limit(limit)
    .for("update");
}

export async function updateSealedValue(
  tx: Tx,
  customerId: string,
  id: string,
  sealed: { ciphertext: string; keyId: string; hmac: string },
): Promise<void> {
  await tx
    .update(sealedValues)
    .set(sealed)
    .where(and(eq(sealedValues.customerId, customerId), eq(sealedValues.id, id)));
}
