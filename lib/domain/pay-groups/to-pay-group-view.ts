import type { PayCalendarRow } from "@/db/repositories/pay-calendar";
import { toEntities } from "@/lib/domain/companies/to-company-view";
import { toField, type Field, type ReadState } from "@/lib/domain/individuals/field";
import { toDirectorySource } from "@/lib/domain/individuals/list-directory";
import { calendarOf, comingDates, type CalendarSubject } from "./load-calendars";
import { env } from "@/lib/env";
import type { MissingPayDate, PayDateView, PayGroupView } from "./views";

const read: ReadState = { kind: "read" };

interface PayGroupParts {
  subject: CalendarSubject;
  /** Of all calendars. */
  entries: readonly PayCalendarRow[];
  zone: string;
  today: string;
}

/** A pay group by allow-list, with the dates that come. */
export function toPayGroupView({ subject, entries, zone, today }: PayGroupParts): {
  group: PayGroupView;
  coming: PayDateView[];
  missing: MissingPayDate[];
  closeBusinessDays: number;
} {
  const { source, group, runs } = subject;
  const own = entries.filter(
    (entry) => entry.connectionId === source.id && entry.payGroupId === (group?.id ?? null),
  );
  const { calendar, frequencies } = calendarOf(subject, own, { today, zone });
  const closeBusinessDays = env().PAY_CLOSE_BUSINESS_DAYS;
  const coming = comingDates({ subject, entries: own, calendar, zone, closeBusinessDays });
  return {
    coming,
    closeBusinessDays,
    missing: [...calendar.missing].reverse(),
    group: {
      id: group?.id ?? source.id,
      payGroupId: group?.id ?? null,
      source: toDirectorySource(source),
      entity: entityOf(subject),
      name: toField(read, group?.name),
      frequencies: toField(read, frequencies && frequencies.length > 0 ? frequencies : null),
      members: membersOf(subject),
      nextPayDate: coming[0] ?? null,
      confidence: calendar.confidence,
      reason: calendar.reason,
      lastPayDate: runs.find(({ payDate }) => payDate <= today)?.payDate ?? null,
    },
  };
}

function membersOf({ group }: CalendarSubject): Field<number> {
  if (!group) return { kind: "none" };
  return toField(group.membersFetchedAt ? read : { kind: "syncing" }, group.members);
}

/** The entity's name, where the connection has several. */
function entityOf({ source, group }: CalendarSubject): string | null {
  if (!group || group.entityId === "") return null;
  return toEntities(source.entities).find(({ id }) => id === group.entityId)?.name ?? group.entityId;
}
