import { and, asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { incomeHistory, individualProfiles, individualTraits, sealedValues } from "@/db/schema";

export type ProfileRow = typeof individualProfiles.$inferSelect;
export type TraitsRow = typeof individualTraits.$inferSelect;
export type IncomeRow = typeof incomeHistory.$inferSelect;

/** Birth date, home address, personal contact data; null where nothing was read yet, or row security hides it. */
export async function findProfile(
  tx: Tx,
  customerId: string,
  individualId: string,
): Promise<ProfileRow | null> {
  const [row] = await tx
    .select()
    .from(individualProfiles)
    .where(
      and(eq(individualProfiles.customerId, customerId), eq(individualProfiles.individualId, individualId)),
    );
  return row ?? null;
}

/** Protected traits; null as for the profile. */
export async function findTraits(
  tx: Tx,
  customerId: string,
  individualId: string,
): Promise<TraitsRow | null> {
  const [row] = await tx
    .select()
    .from(individualTraits)
    .where(and(eq(individualTraits.customerId, customerId), eq(individualTraits.individualId, individualId)));
  return row ?? null;
}

/** Current income first, then the history as the provider ordered it. Amounts are minor units, never annualised. */
export async function listIncome(tx: Tx, customerId: string, individualId: string): Promise<IncomeRow[]> {
  return tx
    .select()
    .from(incomeHistory)
    .where(and(eq(incomeHistory.customerId, customerId), eq(incomeHistory.individualId, individualId)))
    .orderBy(asc(incomeHistory.ordinal));
}

/** Current income of some people, at most one row each. */
export async function listCurrentIncome(
  tx: Tx,
  customerId: string,
  individualIds: readonly string[],
): Promise<IncomeRow[]> {
  if (individualIds.length === 0) return [];
  return tx
    .select()
    .from(incomeHistory)
    .where(
      and(
        eq(incomeHistory.customerId, customerId),
        inArray(incomeHistory.individualId, [...individualIds]),
        eq(incomeHistory.isCurrent, true),
      ),
    );
}

export interface SealedSsnRow {
  individualId: string;
  kind: string;
  lastFour: string | null;
  updatedAt: Date;
}

/** That an SSN is held, and its last four digits; the number itself is not readable by this role. */
export async function listSealedSsns(
  tx: Tx,
  customerId: string,
  individualIds: readonly string[],
): Promise<SealedSsnRow[]> {
  if (individualIds.length === 0) return [];
  return tx
    .select({
      individualId: sealedValues.ownerId,
      kind: sealedValues.kind,
      lastFour: sealedValues.lastFour,
      updatedAt: sealedValues.updatedAt,
    })
    .from(sealedValues)
    .where(
      and(
        eq(sealedValues.customerId, customerId),
        eq(sealedValues.ownerTable, "individuals"),
        inArray(sealedValues.ownerId, [...individualIds]),
        inArray(sealedValues.kind, ["ssn", "encrypted_ssn"]),
      ),
    );
}
