import { inScope } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import { countEmployedOn, countUndatedPeople } from "@/db/repositories/headcount-trend";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { dayNumber, fromDayNumber } from "@/lib/domain/payroll/calendar/days";
import { dateInZone } from "@/lib/format/dates";

export interface HeadcountTrendView {
  /** The last day of each of the last twelve months, and today; oldest first. */
  days: { day: string; people: number }[];
  /** People whose dates do not say when they were employed: on none of the days. */
  undated: number;
}

const months = 12;

/** The last days of the months before a day (YYYY-MM-DD), and the day itself. */
function monthEnds(today: string): string[] {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  const ends = Array.from({ length: months }, (_, at) =>
    fromDayNumber(dayNumber(year, month - months + 1 + at, 0)),
  );
  return [...ends, today];
}

/**
 * How many people were employed at the end of each of the last twelve months, by the dates in today's directory.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer)
 */
export async function getHeadcountTrend(ctx: Context): Promise<HeadcountTrendView> {
  requirePermission(ctx, "individual:read");
  const { customerId } = requireCustomer(ctx).scope;
  return inScope(
    ctx,
    async (tx) => {
      const visible = (await visibleSources(tx, ctx)).map(({ id }) => id);
      const [customer, now] = await Promise.all([findCustomer(tx, customerId), readClock(tx)]);
      if (!customer) throw notFound("employer");
      const days = monthEnds(dateInZone(now, customer.timeZone));
      const [counts, undated] = await Promise.all([
        countEmployedOn(tx, customerId, visible, days),
        countUndatedPeople(tx, customerId, visible),
      ]);
      return { days: counts, undated };
    },
    { readOnly: true },
  );
}
