import type { z } from "zod";
import { insertCalendarEntry } from "@/db/repositories/pay-calendar";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { atCalendar, CalendarPlaceInput, isTaken, PayDateInput, toCalendarValues } from "./calendar-inputs";

export const EnterPayDateInput = CalendarPlaceInput.extend(PayDateInput.shape);
export type EnterPayDateInput = z.input<typeof EnterPayDateInput>;

/**
 * Adds a pay date to a calendar, as the employer knows it: it wins over what is expected (DOMAIN §2).
 * @throws DomainError FORBIDDEN, NOT_FOUND, INVALID, CONFLICT (the date is there, or the connection is disconnected)
 */
export async function enterPayDate(context: Context, raw: EnterPayDateInput): Promise<{ id: string }> {
  const { connectionId, payGroupId, ...input } = EnterPayDateInput.parse(raw);
  const { customerId } = requireCustomer(context).scope;
  const place = { connectionId, payGroupId };
  return atCalendar(context, place, async ({ tx, ctx, userId, ...desk }) => {
    const values = { ...toCalendarValues(input, desk), source: "entered" };
    const id = await insertCalendarEntry(tx, { customerId, ...place }, values, userId);
    if (id === null) throw isTaken();
    await recordAudit(
      tx,
      ctx,
      "pay_calendar.enter",
      { type: "pay_calendar_entry", id },
      { payDate: values.payDate },
    );
    return { id };
  });
}
