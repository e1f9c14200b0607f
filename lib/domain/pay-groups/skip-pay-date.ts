import type { z } from "zod";
import { insertCalendarEntry, listCalendars } from "@/db/repositories/pay-calendar";
import { listSources } from "@/db/repositories/individual-sources";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { atCalendar, CalendarPlaceInput, isTaken, PayDay } from "./calendar-inputs";
import { calendarOf, listCalendarSubjects } from "./load-calendars";

export const SkipPayDateInput = CalendarPlaceInput.extend({ payDate: PayDay });
export type SkipPayDateInput = z.input<typeof SkipPayDateInput>;

/**
 * Says that no payroll is run for an expected pay date, of the past or to come: it is not expected and not missing any
 * more. Undone by `removePayDate`.
 * @throws DomainError FORBIDDEN, NOT_FOUND, CONFLICT (the date is not expected, or in the calendar already)
 */
export async function skipPayDate(context: Context, raw: SkipPayDateInput): Promise<{ id: string }> {
  const { payDate, ...place } = SkipPayDateInput.parse(raw);
  const { customerId } = requireCustomer(context).scope;
  return atCalendar(context, place, async ({ tx, ctx, userId, today, zone }) => {
    const sources = await listSources(tx, customerId, [place.connectionId]);
    const subjects = await listCalendarSubjects(tx, customerId, sources);
    const subject = subjects.find(({ group }) => (group?.id ?? null) === place.payGroupId);
    const entries = (await listCalendars(tx, customerId, [place.connectionId])).filter(
      ({ payGroupId }) => payGroupId === place.payGroupId,
    );
    const calendar = subject && calendarOf(subject, entries, { today, zone }).calendar;
    const expected = [...(calendar?.missing ?? []), ...(calendar?.coming ?? [])];
    if (!expected.some((each) => each.payDate === payDate && each.source === "expected"))
      throw new DomainError(
        "CONFLICT",
        `${payDate} is not expected. Look at the calendar again, then repeat.`,
      );
    const values = { payDate, payPeriodStart: null, payPeriodEnd: null, closesAt: null, source: "skipped" };
    const id = await insertCalendarEntry(tx, { customerId, ...place }, values, userId);
    if (id === null) throw isTaken();
    await recordAudit(tx, ctx, "pay_calendar.skip", { type: "pay_calendar_entry", id }, { payDate });
    return { id };
  });
}
