import { z } from "zod";
import type { Tx } from "@/db/client";
import { listCalendars, type PayCalendarRow } from "@/db/repositories/pay-calendar";
import {
  countPayGroupMembers,
  listPayGroupMembers,
  type PayGroupMemberRow,
} from "@/db/repositories/pay-groups";
import type { Context, CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { searchWords } from "@/lib/domain/individuals/directory-query";
import { toMember, type PayGroupMemberView } from "@/lib/domain/pay-groups/get-pay-group";
import { sharesPayments } from "@/lib/domain/pay-groups/list-pay-groups";
import { listCalendarSubjects, type CalendarSubject } from "@/lib/domain/pay-groups/load-calendars";
import { toPayGroupView } from "@/lib/domain/pay-groups/to-pay-group-view";
import type { PayDateView, PayGroupView } from "@/lib/domain/pay-groups/views";
import { memberColumns, payDateColumns, payGroupColumns } from "./pay-group-columns";
import { placed, readPlace, type TablePlace } from "./place";
import { runExport, type ExportFile } from "./run-export";
import { selectionOf } from "./selection";
import { oneRun, runsOf, type ExportWish } from "./table";

const permissions = ["payroll:read", "payroll:export"] as const;
const action = "payroll.export";
const batchSize = 1_000;

const ExportPayGroupInput = z.strictObject({
  /** A pay group's id, or that of a connection whose payments name none; null for all of them. */
  id: z.uuid().nullable().default(null),
  search: z.string().max(200).default(""),
});
export type ExportPayGroupInput = z.input<typeof ExportPayGroupInput>;

interface World {
  place: TablePlace;
  shared: TablePlace["sources"];
  subjects: CalendarSubject[];
  entries: PayCalendarRow[];
}

/** @throws DomainError NOT_FOUND where one group is asked for that is not there */
async function readWorld(tx: Tx, ctx: CustomerContext, id: string | null): Promise<World> {
  const place = await readPlace(tx, ctx, "payroll:read");
  const shared = place.sources.filter(sharesPayments);
  const all = await listCalendarSubjects(tx, place.customerId, shared);
  const subjects = id === null ? all : all.filter(({ group, source }) => (group?.id ?? source.id) === id);
  if (id !== null && subjects.length === 0) throw notFound("pay group");
  const entries = await listCalendars(
    tx,
    place.customerId,
    shared.map((source) => source.id),
  );
  return { place, shared, subjects, entries };
}

const toView = ({ place, entries }: World, subject: CalendarSubject) =>
  toPayGroupView({ subject, entries, zone: place.timeZone, today: place.today });

const headOf = ({ place }: World, definition: string) =>
  [
    ["Definition", definition],
    ["As of", place.today],
  ] as const;

/**
 * The employer's pay groups with how often each is paid and when next.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer), RATE_LIMITED
 */
export function exportPayGroups(context: Context, wish: ExportWish): Promise<ExportFile> {
  return runExport<PayGroupView>(context, wish, {
    permissions,
    action,
    async open(tx, ctx) {
      const world = await readWorld(tx, ctx, null);
      const groups = world.subjects.map((subject) => toView(world, subject).group);
      return {
        ...placed(world.place, world.shared),
        selection: selectionOf.payGroups(),
        slug: "pay-groups",
        title: "Pay groups",
        head: headOf(
          world,
          "Pay groups as the provider gives them; the next pay date is entered, scheduled or expected",
        ),
        filter: [],
        count: groups.length,
        columns: payGroupColumns,
        identify: ({ id, source }) => ({ key: id, connectionId: source.id, individualId: null }),
        batches: () => oneRun(groups),
      };
    },
  });
}

export interface MemberRow {
  group: PayGroupView;
  member: PayGroupMemberView;
}

/**
 * The people of one pay group, or of all of them: one row for each person of each group.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer, pay group), RATE_LIMITED
 */
export async function exportPayGroupMembers(
  context: Context,
  raw: ExportPayGroupInput,
  wish: ExportWish,
): Promise<ExportFile> {
  const parsed = ExportPayGroupInput.safeParse(raw);
  if (!parsed.success) throw notFound("pay group");
  const { id, search } = parsed.data;
  const words = searchWords(search);
  return runExport<MemberRow>(context, wish, {
    // It names people.
    permissions: [...permissions, "individual:read"],
    action,
    async open(tx, ctx) {
      const world = await readWorld(tx, ctx, id);
      const { customerId } = world.place;
      let count = 0;
      for (const { group } of world.subjects)
        if (group) count += await countPayGroupMembers(tx, customerId, { group, words });
      return {
        ...placed(world.place, world.shared),
        selection: selectionOf.payGroupMembers(id, search),
        slug: "pay-group-people",
        title: "People of pay groups",
        head: headOf(world, "People whom the provider has in a pay group, as the directory knows them"),
        filter: id === null ? [] : ["one pay group"],
        search,
        count,
        columns: memberColumns,
        identify: ({ group, member }) => ({
          key: `${group.id}/${member.id}`,
          connectionId: group.source.id,
          individualId: member.id,
        }),
        batches: () => memberBatches(tx, world, words),
      };
    },
  });
}

async function* memberBatches(
  tx: Tx,
  world: World,
  words: readonly string[],
): AsyncGenerator<MemberRow[], void, void> {
  for (const subject of world.subjects) {
    const { group } = subject;
    if (!group) continue;
    const view = toView(world, subject).group;
    const read = (last: PayGroupMemberRow | null, limit: number) =>
      listPayGroupMembers(tx, world.place.customerId, {
        group,
        words,
        pivot: last?.id ?? null,
        backwards: false,
        limit,
      });
    for await (const rows of runsOf(batchSize, read))
      yield rows.map((row) => ({ group: view, member: toMember(row) }));
  }
}

export interface PayDateRow {
  group: PayGroupView;
  date: Pick<PayDateView, "payDate" | "movedBy" | "payPeriodStart" | "payPeriodEnd"> & {
    source: string;
    close: PayDateView["close"] | null;
  };
}

/**
 * The pay calendar of one pay group, or of all of them: dates that come, and what was entered of the past.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer, pay group), RATE_LIMITED
 */
export async function exportPayDates(
  context: Context,
  raw: Pick<ExportPayGroupInput, "id">,
  wish: ExportWish,
): Promise<ExportFile> {
  const parsed = ExportPayGroupInput.safeParse(raw);
  if (!parsed.success) throw notFound("pay group");
  const { id } = parsed.data;
  return runExport<PayDateRow>(context, wish, {
    permissions,
    action,
    async open(tx, ctx) {
      const world = await readWorld(tx, ctx, id);
      const rows = world.subjects.flatMap((subject) => datesOf(world, subject));
      return {
        ...placed(world.place, world.shared),
        selection: selectionOf.payDates(id),
        slug: "pay-calendar",
        title: "Pay calendar",
        head: headOf(
          world,
          "Pay dates that were entered, confirmed, scheduled or are expected, with their closes",
        ),
        filter: id === null ? [] : ["one pay group"],
        count: rows.length,
        columns: payDateColumns,
        identify: ({ group, date }) => ({
          key: `${group.id}/${date.payDate}`,
          connectionId: group.source.id,
          individualId: null,
        }),
        batches: () => oneRun(rows),
      };
    },
  });
}

function datesOf(world: World, subject: CalendarSubject): PayDateRow[] {
  const { group, coming } = toView(world, subject);
  const past = world.entries.filter(
    (entry) =>
      entry.connectionId === subject.source.id &&
      entry.payGroupId === group.payGroupId &&
      entry.payDate < world.place.today,
  );
  return [
    ...past.map(({ payDate, source, payPeriodStart, payPeriodEnd }) => ({
      group,
      date: { payDate, source, payPeriodStart, payPeriodEnd, movedBy: null, close: null },
    })),
    ...coming.map((date) => ({ group, date })),
  ];
}
