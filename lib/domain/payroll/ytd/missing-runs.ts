import type { Tx } from "@/db/client";
import type { SourceRow } from "@/db/repositories/individual-sources";
import { listPayGroupRows } from "@/db/repositories/payroll-payment-facts";
import { listCalendarEntryRows, listGroupRuns } from "@/db/repositories/payroll-runs";
import { usualPerYear } from "../calendar/cycle";
import type { GroupCalendar, KnownCycle } from "../calendar/group-calendar";
import { calendarOfGroup } from "../payments/calendar-of-group";
import { byGroup } from "../payments/group-runs";
import { groupKey } from "../payments/to-payment-view";
import { addDays } from "./period";
import { unitKey } from "./read-scope";

interface Asked {
  customerId: string;
  sources: readonly SourceRow[];
  today: string;
  timeZone: string;
  /** The first day that is asked about; null looks at the latest runs alone. */
  from: string | null;
}

/** A run that is due and missing, and whose it is. */
export interface MissingRun {
  payDate: string;
  /** Null: of payments that name no pay group, so that nobody can tell whom it would have paid. */
  payGroupId: string | null;
}

/** What the runs of an entity tell: those that are missing, and the rhythms of its groups. */
export interface UnitRuns {
  missing: MissingRun[];
  cycles: KnownCycle[];
  /** The shortest time between two of their runs by what Finch says of them, in days; null where it says nothing. */
  gap: number | null;
}

const yearDays = 366;

/** The days between two runs of some frequencies, the shortest of them. */
const shortest = (gap: number | null, { frequency }: GroupCalendar): number | null =>
  frequency === null ? gap : Math.min(gap ?? yearDays, Math.ceil(yearDays / usualPerYear[frequency]));

/** A month of the days before is looked at too: a run that is missing is seen between two others. */
const daysBefore = 40;

/** Pay dates on which a run of some entity's pay groups is due and missing (DOMAIN §2), by entity. */
export async function listMissingRuns(tx: Tx, asked: Asked): Promise<Map<string, UnitRuns>> {
  const { customerId, sources, today, timeZone, from } = asked;
  const visible = sources.map(({ id }) => id);
  const [groups, runs, entries] = await Promise.all([
    listPayGroupRows(tx, customerId, visible),
    listGroupRuns(tx, customerId, visible, from && addDays(from, -daysBefore)),
    listCalendarEntryRows(tx, customerId, visible),
  ]);
  const rows = new Map(groups.map((group) => [groupKey(group), group]));
  const units = new Map<string, UnitRuns>();
  for (const [key, own] of byGroup(runs)) {
    const [first] = own;
    const source = sources.find(({ id }) => id === first?.connectionId);
    if (!first || !source) continue;
    const row = rows.get(key) ?? null;
    const payGroupId = row?.id ?? null;
    const { calendar } = calendarOfGroup({
      source,
      group: row && { ...row, gone: row.deletedAt !== null },
      runs: own,
      entries: entries.filter((entry) => entry.connectionId === source.id && entry.payGroupId === payGroupId),
      today,
      zone: timeZone,
      until: today,
    });
    const unit = units.get(unitKey(first)) ?? { missing: [], cycles: [], gap: null };
    unit.missing.push(...calendar.missing.map(({ payDate }) => ({ payDate, payGroupId })));
    if (calendar.cycle) unit.cycles.push(calendar.cycle);
    unit.gap = shortest(unit.gap, calendar);
    units.set(unitKey(first), unit);
  }
  return units;
}
