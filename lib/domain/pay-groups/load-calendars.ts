import type { Tx } from "@/db/client";
import type { SourceRow } from "@/db/repositories/individual-sources";
import type { PayCalendarRow } from "@/db/repositories/pay-calendar";
import {
  listConnectionsWithoutGroup,
  listPayGroupRows,
  type PayGroupRow,
} from "@/db/repositories/pay-groups";
import { listGroupRuns, type GroupRunRow } from "@/db/repositories/payroll-runs";
import { closeOf, wallClock } from "@/lib/domain/payroll/calendar/close";
import { fromDayNumber, toDayNumber } from "@/lib/domain/payroll/calendar/days";
import type { GroupCalendar } from "@/lib/domain/payroll/calendar/group-calendar";
import { calendarOfGroup, type CalendarOfGroup } from "@/lib/domain/payroll/payments/calendar-of-group";
import type { PayDateView } from "./views";

/** A pay group, or a connection whose payments name none. */
export interface CalendarSubject {
  source: SourceRow;
  group: PayGroupRow | null;
  runs: GroupRunRow[];
}

/** How far ahead dates are shown: half a year of any frequency. */
const aheadDays = 190;

/** Everything that has a calendar of its own, in visible connections. */
export async function listCalendarSubjects(
  tx: Tx,
  customerId: string,
  sources: readonly SourceRow[],
): Promise<CalendarSubject[]> {
  const visible = sources.map(({ id }) => id);
  const [groups, runs, groupless] = [
    await listPayGroupRows(tx, customerId, visible),
    await listGroupRuns(tx, customerId, visible),
    await listConnectionsWithoutGroup(tx, customerId, visible),
  ];
  return sources.flatMap((source) => {
    const own = runs.filter(({ connectionId }) => connectionId === source.id);
    const grouped = groups
      .filter(({ connectionId }) => connectionId === source.id)
      .map((group): CalendarSubject => ({
        source,
        group,
        runs: own.filter(
          (run) => run.finchPayGroupId === group.finchPayGroupId && run.entityId === group.entityId,
        ),
      }));
    const rest = own.filter(({ finchPayGroupId }) => finchPayGroupId === null);
    return groupless.includes(source.id) ? [...grouped, { source, group: null, runs: rest }] : grouped;
  });
}

/** What is expected of a subject, with the employer's own dates before everything else. */
export function calendarOf(
  { source, group, runs }: CalendarSubject,
  entries: readonly PayCalendarRow[],
  { today, zone }: { today: string; zone: string },
): CalendarOfGroup {
  return calendarOfGroup({
    source,
    group: group && { payFrequencies: group.payFrequencies, people: group.members, gone: false },
    runs,
    entries,
    today,
    zone,
    until: fromDayNumber(toDayNumber(today) + aheadDays),
  });
}

interface DatesOptions {
  subject: CalendarSubject;
  entries: readonly PayCalendarRow[];
  calendar: GroupCalendar;
  zone: string;
  /** Where no close was entered (see closeOf). */
  closeBusinessDays: number;
}

/** The coming dates of a calendar, each with when its run closes. */
export function comingDates({
  subject,
  entries,
  calendar,
  zone,
  closeBusinessDays: businessDays,
}: DatesOptions): PayDateView[] {
  const assisted = subject.source.syncKind === "assisted";
  return calendar.coming.map(({ payDate, source, movedBy }) => {
    const entry = entries.find((each) => each.payDate === payDate && each.source !== "skipped");
    const run = subject.runs.find((each) => each.payDate === payDate);
    return {
      payDate,
      source,
      movedBy,
      entry: entry ? { id: entry.id, version: entry.version, ...closeAsEntered(entry.closesAt, zone) } : null,
      payPeriodStart: entry?.payPeriodStart ?? run?.payPeriodStart ?? null,
      payPeriodEnd: entry?.payPeriodEnd ?? run?.payPeriodEnd ?? null,
      close: closeOf({ payDate, closesAt: entry?.closesAt ?? null, zone, assisted, businessDays }),
    };
  });
}

function closeAsEntered(closesAt: Date | null, zone: string) {
  if (closesAt === null) return { closesOn: null, closesTime: null };
  const { day, minutes } = wallClock(closesAt, zone);
  const two = (value: number) => String(value).padStart(2, "0");
  return { closesOn: day, closesTime: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` };
}
