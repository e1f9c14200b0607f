import { z } from "zod";
import { inScope } from "@/db/client";
import {
  deleteCalendarEntry,
  findCalendarEntry,
  listCalendars,
  updateCalendarEntry,
  type PayCalendarRow,
} from "@/db/repositories/pay-calendar";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { atCalendar, isStale, isTaken, PayDateInput, toCalendarValues } from "./calendar-inputs";

/** The entry, and the version that the change was made from. */
const EntryInput = z.strictObject({ entryId: z.uuid(), version: z.number().int().positive() });

export const ChangePayDateInput = EntryInput.extend(PayDateInput.shape);
export type ChangePayDateInput = z.input<typeof ChangePayDateInput>;
export const RemovePayDateInput = EntryInput;
export type RemovePayDateInput = z.input<typeof RemovePayDateInput>;

/**
 * Changes a pay date of the employer's calendar; what was confirmed and is changed counts as entered.
 * @throws DomainError FORBIDDEN, NOT_FOUND, INVALID, CONFLICT (somebody was faster, or the new date is there)
 */
export async function changePayDate(context: Context, raw: ChangePayDateInput): Promise<{ version: number }> {
  const { entryId, version, ...input } = ChangePayDateInput.parse(raw);
  const entry = await requireEntry(context, entryId);
  return atCalendar(context, entry, async ({ tx, ctx, userId, ...desk }) => {
    const values = toCalendarValues(input, desk);
    const source = values.payDate === entry.payDate ? entry.source : "entered";
    const others = await listCalendars(tx, entry.customerId, [entry.connectionId]);
    const isThere = others.some(
      (other) =>
        other.id !== entry.id && other.payGroupId === entry.payGroupId && other.payDate === values.payDate,
    );
    if (isThere) throw isTaken();
    if (!(await updateCalendarEntry(tx, { ...entry, version }, { ...values, source }, userId)))
      throw isStale();
    await recordAudit(
      tx,
      ctx,
      "pay_calendar.change",
      { type: "pay_calendar_entry", id: entryId },
      { before: entry.payDate, payDate: values.payDate },
    );
    return { version: version + 1 };
  });
}

/**
 * Takes a pay date out of the employer's calendar; what is expected or scheduled stands again.
 * @throws DomainError FORBIDDEN, NOT_FOUND, CONFLICT (somebody was faster)
 */
export async function removePayDate(context: Context, raw: RemovePayDateInput): Promise<void> {
  const { entryId, version } = RemovePayDateInput.parse(raw);
  const entry = await requireEntry(context, entryId);
  await atCalendar(context, entry, async ({ tx, ctx }) => {
    if (!(await deleteCalendarEntry(tx, { ...entry, version }))) throw isStale();
    const target = { type: "pay_calendar_entry", id: entryId };
    await recordAudit(tx, ctx, "pay_calendar.remove", target, { payDate: entry.payDate });
  });
}

async function requireEntry(context: Context, entryId: string): Promise<PayCalendarRow> {
  const ctx = requireCustomer(context);
  requirePermission(ctx, "payroll:manage");
  const entry = await inScope(ctx, (tx) => findCalendarEntry(tx, ctx.scope.customerId, entryId), {
    readOnly: true,
  });
  if (!entry) throw notFound("pay date");
  return entry;
}
