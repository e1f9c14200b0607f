import type { Tx } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import type { SourceRow } from "@/db/repositories/individual-sources";
import { listPayGroupRows, type PayGroupRow } from "@/db/repositories/payroll-payment-facts";
import {
  listCalendarEntryRows,
  listGroupRuns,
  type CalendarEntryRow,
  type GroupRunRow,
} from "@/db/repositories/payroll-runs";
import type { CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { closeOf, type RunClose } from "@/lib/domain/payroll/calendar/close";
import { fromDayNumber, toDayNumber } from "@/lib/domain/payroll/calendar/days";
import type { ComingPayDate, GroupCalendar } from "@/lib/domain/payroll/calendar/group-calendar";
import { env } from "@/lib/env";
import { dateInZone } from "@/lib/format/dates";
import { calendarOfGroup } from "./calendar-of-group";
import { byGroup } from "./group-runs";
import { groupKey, Origins, type OriginView, type PaymentGroupView } from "./to-payment-view";

export interface NextPayDate extends ComingPayDate {
  close: RunClose;
}

export interface PayPlanView extends OriginView {
  key: string;
  /** Null: payments that name no pay group. */
  group: PaymentGroupView | null;
  /** People in the group now; null where that was not read. */
  people: number | null;
  frequencies: string[] | null;
  calendar: Omit<GroupCalendar, "coming" | "cycle">;
  /** Entered, scheduled and expected pay dates of the year to come, with their closes. */
  coming: NextPayDate[];
  /** With how many business days their closes are counted, where nobody entered them. */
  closeBusinessDays: number;
}

/** How far ahead dates are foretold: the next one of a yearly rhythm is among them. */
const daysAhead = 400;

interface Facts {
  sources: readonly SourceRow[];
  groups: readonly PayGroupRow[];
  runs: readonly GroupRunRow[];
  entries: readonly CalendarEntryRow[];
  today: string;
  zone: string;
  /** Where no close was entered (see closeOf). */
  closeBusinessDays: number;
}

/**
 * The pay groups with the dates that come and those that are missing, and their last two regular runs (DOMAIN §2).
 * @throws DomainError NOT_FOUND (employer)
 */
export async function loadPayPlans(tx: Tx, ctx: CustomerContext): Promise<PayPlan[]> {
  const { customerId } = ctx.scope;
  const sources = await visibleSources(tx, ctx);
  const visible = sources.map(({ id }) => id);
  const [customer, now, groups, runs, entries] = await Promise.all([
    findCustomer(tx, customerId),
    readClock(tx),
    listPayGroupRows(tx, customerId, visible),
    listGroupRuns(tx, customerId, visible),
    listCalendarEntryRows(tx, customerId, visible),
  ]);
  if (!customer) throw notFound("employer");
  const today = dateInZone(now, customer.timeZone);
  const closeBusinessDays = env().PAY_CLOSE_BUSINESS_DAYS;
  return toPlans({
    sources,
    groups,
    runs,
    entries,
    today,
    zone: customer.timeZone,
    closeBusinessDays,
  });
}

export interface PayPlan {
  view: PayPlanView;
  /** Paid by today. */
  last: GroupRunRow | null;
  earlier: GroupRunRow | null;
}

function toPlans(facts: Facts): PayPlan[] {
  const origins = new Origins(facts.sources, facts.groups);
  const runs = byGroup(facts.runs);
  const rows = new Map(facts.groups.map((group) => [groupKey(group), group]));
  // A deleted group without runs has nothing to say.
  const keys = new Set([
    ...runs.keys(),
    ...facts.groups.filter(({ deletedAt }) => deletedAt === null).map((group) => groupKey(group)),
  ]);
  return [...keys].flatMap((key) => {
    const place = rows.get(key) ?? runs.get(key)?.[0];
    const source = facts.sources.find(({ id }) => id === place?.connectionId);
    return place && source
      ? toPlan(facts, { key, place, source, origins, row: rows.get(key) ?? null, runs: runs.get(key) ?? [] })
      : [];
  });
}

interface GroupFacts {
  key: string;
  place: { connectionId: string; entityId: string; finchPayGroupId: string | null };
  source: SourceRow;
  origins: Origins;
  row: PayGroupRow | null;
  runs: readonly GroupRunRow[];
}

function toPlan(facts: Facts, { key, place, source, origins, row, runs }: GroupFacts): PayPlan {
  const { today, zone, closeBusinessDays } = facts;
  const {
    frequencies,
    regular,
    calendar: found,
  } = calendarOfGroup({
    source,
    group: row && { ...row, gone: row.deletedAt !== null },
    runs,
    entries: facts.entries.filter(
      (entry) => entry.connectionId === place.connectionId && entry.payGroupId === (row?.id ?? null),
    ),
    today,
    zone,
    until: fromDayNumber(toDayNumber(today) + daysAhead),
  });
  const { coming, cycle: _cycle, ...calendar } = found;
  const paid = regular.filter(({ payDate }) => payDate <= today);
  const assisted = source.syncKind === "assisted";
  return {
    view: {
      ...origins.origin(place),
      key,
      group: place.finchPayGroupId === null ? null : origins.group(place, place.finchPayGroupId),
      people: row?.people ?? null,
      frequencies,
      calendar,
      coming: coming.map((date) => ({
        ...date,
        close: closeOf({
          payDate: date.payDate,
          closesAt: date.closesAt,
          zone,
          assisted,
          businessDays: closeBusinessDays,
        }),
      })),
      closeBusinessDays,
    },
    last: paid.at(-1) ?? null,
    earlier: paid.at(-2) ?? null,
  };
}
