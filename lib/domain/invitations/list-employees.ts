import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { findUserNames, readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import {
  countEmployeeAccess,
  employeeStates,
  listEmployeeAccess,
  type EmployeeAccessRow,
  type EmployeeFilter,
  type EmployeeState,
} from "@/db/repositories/employee-access";
import { listMemberAddresses } from "@/db/repositories/invitations";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { searchWords } from "@/lib/domain/individuals/directory-query";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { displayName } from "@/lib/format/names";

const pageSize = 50;

/** Where a page begins: a row's time and id, as the view gives them. */
const place = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .nullable()
  .default(null);

export const ListEmployeesInput = z.strictObject({
  search: z.string().max(200).default(""),
  state: z.enum(employeeStates).nullable().default(null),
  after: place,
  before: place,
});
export type ListEmployeesInput = z.input<typeof ListEmployeesInput>;

export interface EmployeeView {
  id: string;
  state: EmployeeState;
  individualId: string;
  /** Null where the directory shows this person no more. */
  name: string | null;
  /** Whether the directory has a record of the person to open. */
  known: boolean;
  /** Of the account, or the one that was invited. */
  email: string | null;
  /** Of those who have access. */
  userId: string | null;
  /** Since when somebody has access, or when the invitation was sent. */
  at: Date;
  by: string | null;
  /** Of invitations. */
  expiresAt: Date | null;
}

export interface EmployeesView {
  customerName: string;
  timeZone: string;
  employees: EmployeeView[];
  counts: Record<EmployeeState, number>;
  previous: string | null;
  next: string | null;
  now: Date;
}

const placeOf = (row: EmployeeAccessRow | undefined) => (row ? `${row.position}_${row.id}` : null);

/**
 * Employees with access to their own pages and those invited to it, newest first, a page at a time.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function listEmployees(ctx: Context, raw: ListEmployeesInput): Promise<EmployeesView> {
  requirePermission(ctx, "employee:invite");
  requirePermission(ctx, "individual:read");
  const query = ListEmployeesInput.parse(raw);
  const { customerId, connectionIds } = requireCustomer(ctx).scope;
  return inScope(
    ctx,
    async (tx) => {
      const customer = await findCustomer(tx, customerId);
      if (!customer) throw notFound("employer");
      const visible = (await visibleSources(tx, ctx)).map(({ id }) => id);
      const { search, state } = query;
      const filter = { customerId, connectionIds, visible, words: searchWords(search), state };
      const { rows, previous, next } = await readPage(tx, filter, query);
      return {
        customerName: customer.name,
        timeZone: customer.timeZone,
        employees: await toEmployeeViews(tx, rows),
        counts: await countEmployeeAccess(tx, filter),
        previous,
        next,
        now: await readClock(tx),
      };
    },
    { readOnly: true },
  );
}

async function readPage(
  tx: Tx,
  filter: EmployeeFilter,
  { after, before }: z.output<typeof ListEmployeesInput>,
) {
  const backwards = before !== null;
  const from = (before ?? after)?.split("_") ?? null;
  const found = await listEmployeeAccess(tx, filter, { from, backwards, limit: pageSize + 1 });
  const more = found.length > pageSize;
  const rows = backwards ? found.slice(-pageSize) : found.slice(0, pageSize);
  return {
    rows,
    previous: (backwards ? more : after !== null) ? placeOf(rows[0]) : null,
    next: (backwards ? true : more) ? placeOf(rows.at(-1)) : null,
  };
}

/** Entries by allow-list, with names of those who gave them. */
export async function toEmployeeViews(tx: Tx, rows: readonly EmployeeAccessRow[]): Promise<EmployeeView[]> {
  const addresses = await listMemberAddresses(
    tx,
    rows.flatMap((row) => row.user_id ?? []),
  );
  const names = await findUserNames(
    tx,
    rows.flatMap((row) => row.by ?? []),
  );
  return rows.map((row) => ({
    id: row.id,
    state: row.state,
    individualId: row.individual_id,
    name: displayName({ first: row.first_name, last: row.last_name, preferred: row.preferred_name }),
    known: row.known,
    email: row.email ?? addresses.find(({ userId }) => userId === row.user_id)?.email ?? null,
    userId: row.user_id,
    at: row.at,
    by: row.by === null ? null : (names.get(row.by) ?? null),
    expiresAt: row.expires_at,
  }));
}
