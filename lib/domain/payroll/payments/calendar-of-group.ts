import type { SourceRow } from "@/db/repositories/individual-sources";
import type { GroupRunRow } from "@/db/repositories/payroll-runs";
import { dateInZone } from "@/lib/format/dates";
import { groupCalendar, type GroupCalendar } from "../calendar/group-calendar";
import { byGroup, withoutCorrections } from "./group-runs";

/** The one way to a pay group's calendar: the payroll page, the pay groups and wages all say the same of it. */

export interface GroupFacts {
  source: Pick<SourceRow, "dataRetrievedAt" | "lastSyncSucceededAt">;
  /** Null: payments that name no pay group. */
  group: { payFrequencies: string[] | null; people: number | null; gone: boolean } | null;
  /** Its regular runs, in any order. */
  runs: readonly GroupRunRow[];
  /** What the employer entered or confirmed for this group. */
  entries: readonly { payDate: string; closesAt: Date | null; source: string }[];
  today: string;
  zone: string;
  /** How far ahead dates are given. */
  until: string;
}

/** Days and ids: their order is that of their letters, which a language's comparison takes far longer to find. */
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export interface CalendarOfGroup {
  frequencies: string[] | null;
  /** Without corrections, oldest first. */
  regular: GroupRunRow[];
  calendar: GroupCalendar;
}

/** The group's own frequencies, else that of its newest run. */
export function frequenciesOf({ group, runs }: Pick<GroupFacts, "group" | "runs">): string[] | null {
  if (group?.payFrequencies) return group.payFrequencies;
  const newest = runs.reduce<GroupRunRow | null>(
    (last, run) => (last && last.payDate >= run.payDate ? last : run),
    null,
  );
  return newest && [newest.frequency];
}

/** What is known and expected of a group's pay dates, and which runs are missing (DOMAIN §2). */
export function calendarOfGroup(facts: GroupFacts): CalendarOfGroup {
  const { source, group, runs, entries, today, zone, until } = facts;
  const frequencies = frequenciesOf(facts);
  const own = frequencies?.length === 1 ? runs.filter(({ frequency }) => frequency === frequencies[0]) : runs;
  // Runs of two entities overlap, and neither corrects the other.
  const regular = [...byGroup(own).values()]
    .flatMap(withoutCorrections)
    .sort((a, b) => compare(a.payDate, b.payDate) || compare(a.id, b.id));
  const asOf = source.dataRetrievedAt ?? source.lastSyncSucceededAt;
  const calendar = groupCalendar({
    frequencies,
    runs: regular.map(({ payDate }) => payDate),
    entries: entries.map(({ payDate, closesAt, source: by }) => ({
      payDate,
      closesAt,
      source: by === "confirmed" || by === "skipped" ? by : "entered",
    })),
    today,
    readThrough: asOf && dateInZone(asOf, zone),
    ended: group !== null && (group.gone || group.people === 0),
    until,
  });
  return { frequencies, regular, calendar };
}
