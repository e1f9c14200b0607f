import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { payCalendarEntries } from "@/db/schema";

export type PayCalendarRow = typeof payCalendarEntries.$inferSelect;
export type PayCalendarValues = Pick<
  PayCalendarRow,
  "payDate" | "payPeriodStart" | "payPeriodEnd" | "closesAt" | "source"
>;

/** Whose calendar: a pay group's, or a connection's as a whole. */
export interface CalendarPlace {
  customerId: string;
  connectionId: string;
  payGroupId: string | null;
}

/** The dates of all calendars of visible connections, the earliest first. */
export async function listCalendars(
  tx: Tx,
  customerId: string,
  visible: readonly string[],
): Promise<PayCalendarRow[]> {
  if (visible.length === 0) return [];
  return tx
    .select()
    .from(payCalendarEntries)
    .where(
      and(
        eq(payCalendarEntries.customerId, customerId),
        inArray(payCalendarEntries.connectionId, [...visible]),
      ),
    )
    .orderBy(payCalendarEntries.payDate, payCalendarEntries.id);
}

export async function findCalendarEntry(
  tx: Tx,
  customerId: string,
  id: string,
): Promise<PayCalendarRow | null> {
  const [row] = await tx
    .select()
    .from(payCalendarEntries)
    .where(and(eq(payCalendarEntries.customerId, customerId), eq(payCalendarEntries.id, id)));
  return row ?? null;
}

/** Adds a date unless the calendar has it; gives its id, or null. */
export async function insertCalendarEntry(
  tx: Tx,
  place: CalendarPlace,
  values: PayCalendarValues,
  userId: string | null,
): Promise<string | null> {
  const [row] = await tx
    .insert(payCalendarEntries)
    .values({ ...place, ...values, createdBy: userId, updatedBy: userId })
    .onConflictDoNothing()
    .returning({ id: payCalendarEntries.id });
  return row?.id ?? null;
}

const version = (row: Pick<PayCalendarRow, "customerId" | "id" | "version">) =>
  and(
    eq(payCalendarEntries.customerId, row.customerId),
    eq(payCalendarEntries.id, row.id),
    eq(payCalendarEntries.version, row.version),
  );

/** Changes a date that is still of that version; false where somebody was faster. */
export async function updateCalendarEntry(
  tx: Tx,
  row: Pick<PayCalendarRow, "customerId" | "id" | "version">,
  values: PayCalendarValues,
  userId: string | null,
): Promise<boolean> {
  const changed = await tx
    .update(payCalendarEntries)
    .set({ ...values, updatedBy: userId, updatedAt: sql`now()`, version: row.version + 1 })
    .where(version(row))
    .returning({ id: payCalendarEntries.id });
  return changed.length > 0;
}

/** Takes a date away that is still of that version; false where somebody was faster. */
export async function deleteCalendarEntry(
  tx: Tx,
  row: Pick<PayCalendarRow, "customerId" | "id" | "version">,
): Promise<boolean> {
  const gone = await tx
    .delete(payCalendarEntries)
    .where(version(row))
    .returning({ id: payCalendarEntries.id });
  return gone.length > 0;
}
