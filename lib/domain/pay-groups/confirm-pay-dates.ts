import { z } from "zod";
import { insertCalendarEntry, listCalendars } from "@/db/repositories/pay-calendar";
import { listSources } from "@/db/repositories/individual-sources";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { atCalendar, CalendarPlaceInput, PayDay } from "./calendar-inputs";
import { calendarOf, listCalendarSubjects } from "./load-calendars";

export const ConfirmPayDatesInput = CalendarPlaceInput.extend({
  payDates: z.array(PayDay).min(1).max(60),
});
export type ConfirmPayDatesInput = z.input<typeof ConfirmPayDatesInput>;

/**
 * Says that expected or scheduled pay dates are right: from now on they are the employer's own, whatever history says.
 * Dates that are confirmed already stay as they are.
 * @throws DomainError FORBIDDEN, NOT_FOUND, CONFLICT (a date is no longer expected)
 */
export async function confirmPayDates(
  context: Context,
  raw: ConfirmPayDatesInput,
): Promise<{ confirmed: number }> {
  const { payDates, ...place } = ConfirmPayDatesInput.parse(raw);
  const { customerId } = requireCustomer(context).scope;
  return atCalendar(context, place, async ({ tx, ctx, userId, today, zone }) => {
    const sources = await listSources(tx, customerId, [place.connectionId]);
    const subjects = await listCalendarSubjects(tx, customerId, sources);
    const subject = subjects.find(({ group }) => (group?.id ?? null) === place.payGroupId);
    const entries = (await listCalendars(tx, customerId, [place.connectionId])).filter(
      ({ payGroupId }) => payGroupId === place.payGroupId,
    );
    const coming = subject ? calendarOf(subject, entries, { today, zone }).calendar.coming : [];
    let confirmed = 0;
    for (const payDate of new Set(payDates)) {
      if (!coming.some((each) => each.payDate === payDate)) throw notExpected(payDate);
      const run = subject?.runs.find((each) => each.payDate === payDate);
      const values = {
        payDate,
        payPeriodStart: run?.payPeriodStart ?? null,
        payPeriodEnd: run?.payPeriodEnd ?? null,
        closesAt: null,
        source: "confirmed",
      };
      if (await insertCalendarEntry(tx, { customerId, ...place }, values, userId)) confirmed += 1;
    }
    const target = place.payGroupId
      ? { type: "pay_group", id: place.payGroupId }
      : { type: "connection", id: place.connectionId };
    if (confirmed > 0) await recordAudit(tx, ctx, "pay_calendar.confirm", target, { payDates });
    return { confirmed };
  });
}

const notExpected = (payDate: string) =>
  new DomainError("CONFLICT", `${payDate} is no longer expected. Look at the calendar again, then repeat.`);
