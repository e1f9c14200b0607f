import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { limitConfirmations } from "@/db/schema";

/** Yearly limits that administrators confirmed or entered. Amounts are US cents. */

export interface LimitConfirmationRow {
  year: number;
  limitKey: string;
  amountCents: bigint;
  source: string;
  confirmedBy: string | null;
  confirmedAt: Date;
  version: number;
}

export async function listLimitConfirmations(tx: Tx, customerId: string): Promise<LimitConfirmationRow[]> {
  return tx
    .select({
      year: limitConfirmations.year,
      limitKey: limitConfirmations.limitKey,
      amountCents: limitConfirmations.amountCents,
      source: limitConfirmations.source,
      confirmedBy: limitConfirmations.confirmedBy,
      confirmedAt: limitConfirmations.confirmedAt,
      version: limitConfirmations.version,
    })
    .from(limitConfirmations)
    .where(eq(limitConfirmations.customerId, customerId));
}

interface ConfirmedLimit {
  customerId: string;
  year: number;
  limitKey: string;
  amountCents: bigint;
  source: string;
  confirmedBy: string | null;
}

/** False where somebody was first. */
export async function insertLimitConfirmation(tx: Tx, row: ConfirmedLimit): Promise<boolean> {
  const inserted = await tx
    .insert(limitConfirmations)
    .values(row)
    .onConflictDoNothing()
    .returning({ year: limitConfirmations.year });
  return inserted.length === 1;
}

/** False where it is not the version that the change was made from. */
export async function updateLimitConfirmation(
  tx: Tx,
  { customerId, year, limitKey, ...values }: ConfirmedLimit,
  version: number,
): Promise<boolean> {
  const updated = await tx
    .update(limitConfirmations)
    .set({ ...values, confirmedAt: sql`clock_timestamp()`, version: version + 1 })
    .where(
      and(
        eq(limitConfirmations.customerId, customerId),
        eq(limitConfirmations.year, year),
        eq(limitConfirmations.limitKey, limitKey),
        eq(limitConfirmations.version, version),
      ),
    )
    .returning({ year: limitConfirmations.year });
  return updated.length === 1;
}

/** The first calendar year, not before `earliest`, with a pay date in connections that the reader sees. */
export async function findFirstPayYear(tx: Tx, customerId: string, earliest: number): Promise<number | null> {
  const [row] = await tx.execute<{ year: number | null }>(sql`
    select extract(year from min(p.pay_date))::int as year from payments p
    where p.customer_id = ${customerId}::uuid and p.deleted_at is null and p.pay_date >= make_date(${earliest}, 1, 1)`);
  return row?.year ?? null;
}
