import type { Tx } from "@/db/client";
import type { SourceRow } from "@/db/repositories/individual-sources";
import { listPayGroupRows } from "@/db/repositories/payroll-payment-facts";
import { listCalendarEntryRows, listGroupRuns } from "@/db/repositories/payroll-runs";
import { dateInZone } from "@/lib/format/dates";
import { groupCalendar } from "../calendar/group-calendar";
import { byGroup, withoutCorrections } from "../payments/group-runs";
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

/** A month of the days before is looked at too: a run that is missing is seen between two others. */
const daysBefore = 40;

/** Pay dates on which a run of some entity's pay groups is due and missing (DOMAIN §2), by entity. */
export async function listMissingRuns(tx: Tx, asked: Asked): Promise<Map<string, string[]>> {
  const { customerId, sources, today, timeZone, from } = asked;
  const visible = sources.map(({ id }) => id);
  const [groups, runs, entries] = await Promise.all([
    listPayGroupRows(tx, customerId, visible),
    listGroupRuns(tx, customerId, visible, from && addDays(from, -daysBefore)),
    listCalendarEntryRows(tx, customerId, visible),
  ]);
  const rows = new Map(groups.map((group) => [groupKey(group), group]));
  const missing = new Map<string, string[]>();
  for (const [key, own] of byGroup(runs)) {
    const [first] = own;
    const source = sources.find(({ id }) => id === first?.connectionId);
    if (!first || !source) continue;
    const row = rows.get(key);
    const asOf = source.dataRetrievedAt ?? source.lastSyncSucceededAt;
    const calendar = groupCalendar({
      frequencies: row?.payFrequencies ?? [first.frequency],
      runs: withoutCorrections(own).map(({ payDate }) => payDate),
      entries: entries
        .filter(
          ({ connectionId, payGroupId }) => connectionId === source.id && payGroupId === (row?.id ?? null),
        )
        .map(({ payDate, closesAt, source: by }) => ({
          payDate,
          closesAt,
          source: by === "confirmed" ? "confirmed" : "entered",
        })),
      today,
      readThrough: asOf && dateInZone(asOf, timeZone),
      ended: row !== undefined && (row.deletedAt !== null || row.people === 0),
      until: today,
    });
    const unit = unitKey(first);
    missing.set(unit, [...(missing.get(unit) ?? []), ...calendar.missing.map(({ payDate }) => payDate)]);
  }
  return missing;
}
