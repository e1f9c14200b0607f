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

/** Where a sealed value stands; the columns that the web's roles may read. */
export type SealedPlaceRow = Pick<SealedValueRow, "id" | "connectionId" | "ownerId" | "kind" | "ordinal">;

/** That a value is held for an owner, or null; never what is in it. */
export async function findSealedPlace(
  tx: Tx,
  customerId: string,
  place: { ownerTable: SealedOwner; ownerId: string; kind: string; ordinal: number },
): Promise<SealedPlaceRow | null> {
  const { id, connectionId, ownerId, kind, ordinal } = sealedValues;
  const [row] = await tx
    .select({ id, connectionId, ownerId, kind, ordinal })
    .from(sealedValues)
    .where(
      and(
        eq(sealedValues.customerId, customerId),
        eq(ownerId, place.ownerId),
        eq(sealedValues.ownerTable, place.ownerTable),
        eq(kind, place.kind),
        eq(ordinal, place.ordinal),
      ),
    );
  return row ?? null;
}

export type HeldNumberRow = Pick<SealedValueRow, "ownerId" | "kind" | "ordinal" | "lastFour" | "updatedAt">;

/** Bank numbers held for some companies: that they are there, and their last four digits. */
export async function listHeldNumbers(
  tx: Tx,
  customerId: string,
  companyIds: readonly string[],
): Promise<HeldNumberRow[]> {
  if (companyIds.length === 0) return [];
  const { ownerId, kind, ordinal, lastFour, updatedAt } = sealedValues;
  return tx
    .select({ ownerId, kind, ordinal, lastFour, updatedAt })
    .from(sealedValues)
    .where(
      and(
        eq(sealedValues.customerId, customerId),
        eq(sealedValues.ownerTable, "companies"),
        inArray(ownerId, [...companyIds]),
      ),
    );
}

/** Which of some people have an SSN that can be opened; readable by staff too. */
export async function listHeldSsnOwners(
  tx: Tx,
  customerId: string,
  individualIds: readonly string[],
): Promise<string[]> {
  if (individualIds.length === 0) return [];
  const rows = await tx
    .select({ ownerId: sealedValues.ownerId })
    .from(sealedValues)
    .where(
      and(
        eq(sealedValues.customerId, customerId),
        eq(sealedValues.ownerTable, "individuals"),
        inArray(sealedValues.ownerId, [...individualIds]),
        eq(sealedValues.kind, "ssn"),
      ),
    );
  return rows.map(({ ownerId }) => ownerId);
}

/**
 * The ciphertext of a value whose opening was recorded for this person within the last minute; else null.
 * Only the role perch_reveal reads it.
 */
export async function findCiphertext(tx: Tx, customerId: string, id: string): Promise<SealedValueRow | null> {
  const [row] = await tx
    .select()
    .from(sealedValues)
    .where(and(eq(sealedValues.customerId, customerId), eq(sealedValues.id, id)));
  return row ?? null;
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
