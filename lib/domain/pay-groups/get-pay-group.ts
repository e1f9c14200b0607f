import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { listCalendars } from "@/db/repositories/pay-calendar";
import {
  countPayGroupMembers,
  listPayGroupMembers,
  type PayGroupMemberRow,
  type PayGroupRow,
} from "@/db/repositories/pay-groups";
import { can, requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { searchWords } from "@/lib/domain/individuals/directory-query";
import { toField, type Field, type ReadState } from "@/lib/domain/individuals/field";
import { sortName } from "@/lib/format/names";
import { payrollPlace, sharesPayments } from "./list-pay-groups";
import { listCalendarSubjects } from "./load-calendars";
import { toPayGroupView } from "./to-pay-group-view";
import type { MissingPayDate, PastPayDate, PayDateView, PayGroupView } from "./views";

export const memberPageSize = 50;

export const GetPayGroupInput = z.strictObject({
  /** A pay group's id, or that of a connection whose payments name none. */
  id: z.uuid(),
  search: z.string().max(200).default(""),
  after: z.uuid().nullable().default(null),
  before: z.uuid().nullable().default(null),
});
export type GetPayGroupInput = z.input<typeof GetPayGroupInput>;

export interface PayGroupMemberView {
  id: string;
  name: string | null;
  title: Field<string>;
  department: Field<string>;
  type: Field<string>;
  status: Field<string>;
  isActive: boolean | null;
  /** The directory no longer names the person, the pay group does. */
  gone: boolean;
}

export interface MembersView {
  rows: PayGroupMemberView[];
  /** People of the group that the directory knows, and those that match. */
  known: number;
  matching: number;
  previous: string | null;
  next: string | null;
}

export interface PayGroupDetailView {
  customerName: string;
  timeZone: string;
  now: Date;
  today: string;
  group: PayGroupView;
  /** From today on, the employer's own first among equals. */
  coming: PayDateView[];
  /** With how many business days the closes are counted that nobody entered. */
  closeBusinessDays: number;
  /** Of the past, the latest first. */
  missing: MissingPayDate[];
  /** What the employer said of the past and of days without a run, the latest first. */
  past: PastPayDate[];
  /** Null where there is no group to be in. */
  members: MembersView | null;
  mayManage: boolean;
}

/** Entered dates of the past that are shown. */
const pastShown = 26;

/**
 * One pay group with its calendar and a page of its people.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function getPayGroup(context: Context, raw: GetPayGroupInput): Promise<PayGroupDetailView> {
  const ctx = requireCustomer(context);
  requirePermission(ctx, "payroll:read");
  // It names people.
  requirePermission(ctx, "individual:read");
  const input = GetPayGroupInput.safeParse(raw);
  if (!input.success) throw notFound("pay group");
  return inScope(
    ctx,
    async (tx) => {
      const { sources, ...place } = await payrollPlace(tx, ctx);
      const { customerId } = ctx.scope;
      const shared = sources.filter(sharesPayments);
      const subjects = await listCalendarSubjects(tx, customerId, shared);
      const subject = subjects.find(({ group, source }) => (group?.id ?? source.id) === input.data.id);
      if (!subject) throw notFound("pay group");
      const entries = await listCalendars(tx, customerId, [subject.source.id]);
      const payGroupId = subject.group?.id ?? null;
      return {
        ...place,
        ...toPayGroupView({ subject, entries, zone: place.timeZone, today: place.today }),
        past: entries
          .filter((entry) => entry.payGroupId === payGroupId)
          .filter((entry) => entry.payDate < place.today || entry.source === "skipped")
          .slice(-pastShown)
          .reverse()
          .map(({ id, version, payDate, source }) => ({ id, version, payDate, source })),
        members: subject.group && (await readMembers(tx, customerId, subject.group, input.data)),
        mayManage: can(ctx, "payroll:manage", { connectionId: subject.source.id }),
      };
    },
    { readOnly: true },
  );
}

async function readMembers(
  tx: Tx,
  customerId: string,
  group: PayGroupRow,
  { search, after, before }: z.output<typeof GetPayGroupInput>,
): Promise<MembersView> {
  const words = searchWords(search);
  const slice = {
    group,
    words,
    pivot: before ?? after,
    backwards: before !== null,
    limit: memberPageSize + 1,
  };
  const found = await listPayGroupMembers(tx, customerId, slice);
  const more = found.length > memberPageSize;
  const rows = !more ? found : slice.backwards ? found.slice(1) : found.slice(0, memberPageSize);
  const known = await countPayGroupMembers(tx, customerId, { group, words: [] });
  const [first, last] = [rows[0]?.id ?? null, rows.at(-1)?.id ?? null];
  return {
    rows: rows.map(toMember),
    known,
    matching: words.length === 0 ? known : await countPayGroupMembers(tx, customerId, { group, words }),
    previous: slice.backwards ? (more ? first : null) : after === null ? null : first,
    next: slice.backwards || more ? last : null,
  };
}

const read: ReadState = { kind: "read" };

/** A person of a pay group by allow-list. */
export function toMember(row: PayGroupMemberRow): PayGroupMemberView {
  return {
    id: row.id,
    name: sortName({ first: row.firstName, last: row.lastName, preferred: row.preferredName }),
    title: toField(read, row.title),
    department: toField(read, row.department),
    type: toField(read, row.employmentType),
    status: toField(read, row.employmentStatus),
    isActive: row.isActive,
    gone: row.gone,
  };
}
