import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { findConnection } from "@/db/repositories/connections";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import { findPayGroup } from "@/db/repositories/pay-groups";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { DomainError, notFound } from "@/lib/domain/errors";
import { instantAt } from "@/lib/domain/payroll/calendar/close";
import { dateInZone } from "@/lib/format/dates";

export const PayDay = z.iso.date("Enter a date, such as 2026-11-20.");

/** Whose calendar it is: a pay group's, or a connection's as a whole (null). */
export const CalendarPlaceInput = z.strictObject({
  connectionId: z.uuid(),
  payGroupId: z.uuid().nullable(),
});

/** What an employer says of one pay date. Days and times are those of the employer's zone. */
export const PayDateInput = z.strictObject({
  payDate: PayDay,
  payPeriodStart: PayDay.nullable().default(null),
  payPeriodEnd: PayDay.nullable().default(null),
  /** When the provider closes the run; null where only the pay date is known. */
  closesOn: PayDay.nullable().default(null),
  closesTime: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Enter a time, such as 17:00.")
    .nullable()
    .default(null),
});
export type PayDateInput = z.output<typeof PayDateInput>;

/** The end of a business day, where a close has a day and no time. */
const closingTime = "17:00";
const furthestYears = 3;

interface CalendarDesk {
  tx: Tx;
  ctx: CustomerContext;
  zone: string;
  today: string;
  userId: string | null;
}

/**
 * A transaction in which a calendar may be written.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer, connection, pay group), CONFLICT (disconnected)
 */
export async function atCalendar<T>(
  context: Context,
  place: z.output<typeof CalendarPlaceInput>,
  work: (desk: CalendarDesk) => Promise<T>,
): Promise<T> {
  const ctx = requireCustomer(context);
  requirePermission(ctx, "payroll:manage");
  const { customerId } = ctx.scope;
  return inScope(ctx, async (tx) => {
    const connection = await findConnection(tx, customerId, place.connectionId);
    if (!connection) throw notFound("connection");
    requirePermission(ctx, "payroll:manage", { connectionId: connection.id });
    if (connection.disconnectedAt)
      throw new DomainError(
        "CONFLICT",
        "This connection is disconnected: its calendar can no longer change.",
      );
    if (place.payGroupId !== null) {
      const group = await findPayGroup(tx, customerId, place.payGroupId);
      if (group?.connectionId !== connection.id) throw notFound("pay group");
    }
    const customer = await findCustomer(tx, customerId);
    if (!customer) throw notFound("employer");
    return work({
      tx,
      ctx,
      zone: customer.timeZone,
      today: dateInZone(await readClock(tx), customer.timeZone),
      userId: ctx.actor.kind === "user" ? ctx.actor.userId : null,
    });
  });
}

/** What is stored of a pay date. @throws DomainError INVALID, naming the field */
export function toCalendarValues(input: PayDateInput, { zone, today }: Pick<CalendarDesk, "zone" | "today">) {
  const { payDate, payPeriodStart, payPeriodEnd, closesOn, closesTime } = input;
  const invalid = (field: keyof PayDateInput, message: string) =>
    new DomainError("INVALID", message, { field });
  const distance = Math.abs(Number(payDate.slice(0, 4)) - Number(today.slice(0, 4)));
  if (distance > furthestYears)
    throw invalid("payDate", `Enter a pay date within ${furthestYears} years of today.`);
  if (payPeriodStart && payPeriodEnd && payPeriodStart > payPeriodEnd)
    throw invalid("payPeriodEnd", "The period ends before it begins.");
  if (closesTime !== null && closesOn === null)
    throw invalid("closesOn", "Enter the day on which the run closes, or leave the time out.");
  if (closesOn !== null && closesOn > payDate)
    throw invalid("closesOn", "The run closes on or before the pay date.");
  const [hours = 0, minutes = 0] = (closesTime ?? closingTime).split(":").map(Number);
  return {
    payDate,
    payPeriodStart,
    payPeriodEnd,
    closesAt: closesOn === null ? null : instantAt(closesOn, hours * 60 + minutes, zone),
  };
}

export const isTaken = () =>
  new DomainError("CONFLICT", "The calendar has this pay date already. Change that one instead.", {
    field: "payDate",
  });
export const isStale = () =>
  new DomainError("CONFLICT", "Somebody changed this date meanwhile. Look at it again, then repeat.");
