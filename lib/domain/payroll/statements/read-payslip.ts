import type { Tx } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { readToday } from "@/db/repositories/customers-clock";
import { findCustomer } from "@/db/repositories/customers";
import { listCompanies } from "@/db/repositories/company-details";
import {
  findOwnNeighbours,
  findPaymentNeighbours,
  listNeighbours,
  type NeighbourRow,
} from "@/db/repositories/pay-statement-neighbours";
import { listOpposedLines, sumYearToDate } from "@/db/repositories/pay-statement-sums";
import {
  findPaymentOf,
  findPayStatement,
  listStatementLines,
  type PayStatementRow,
  type StatementLineRow,
} from "@/db/repositories/pay-statements";
import { can } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { displayName } from "@/lib/format/names";
import type { NeighbourView, PayslipView } from "./payslip-view";
import { pairReversals, type Counterpart } from "./reversals";
import { toPayslip } from "./to-payslip";

type Person = { customerId: string; connectionId: string; individualId: string };

/**
 * Reads a statement in a scope that is already entered; the caller has checked the permission.
 * @throws DomainError NOT_FOUND where it is not there, not of this payment, or of a connection that is not visible
 */
export async function readPayslip(
  tx: Tx,
  ctx: Context,
  { statementId, paymentId }: { statementId: string; paymentId?: string | undefined },
): Promise<PayslipView> {
  const { customerId } = requireCustomer(ctx).scope;
  const sources = await visibleSources(tx, ctx);
  const visible = sources.map(({ id }) => id);
  const row = await findPayStatement(tx, customerId, statementId, visible);
  const source = sources.find(({ id }) => id === row?.connectionId);
  if (!row || !source || (paymentId !== undefined && row.paymentId !== paymentId))
    throw notFound("pay statement");
  const isOwn = ctx.role === "employee";
  // As with the own profile and list: who left the mirror sees nothing of it any more.
  if (isOwn && row.person.deletedAt !== null) throw notFound("pay statement");
  const person = { customerId, connectionId: row.connectionId, individualId: row.individualId };
  const [customer, now, today, lines, year] = await Promise.all([
    findCustomer(tx, customerId),
    readClock(tx),
    readToday(tx, customerId),
    listStatementLines(tx, customerId, row.id),
    row.payDate === null ? null : sumYearToDate(tx, person, row.payDate),
  ]);
  if (!customer) throw notFound("pay statement");
  const counterparts = await readCounterparts(tx, person, row, today);
  const mayReadPerson = isOwn || can(ctx, "individual:read", { connectionId: row.connectionId });
  return toPayslip({
    ...{ row, lines: known(lines), year, counterparts, source, customer, now, today },
    mayReadPerson,
    company: isOwn || !mayReadPerson ? null : await readCompany(tx, row, customerId),
    payment: isOwn ? null : await readPayment(tx, customerId, row, mayReadPerson),
    ...(await readNeighbours(tx, person, row.id)),
  });
}

export type KnownLine = StatementLineRow & { category: "earning" | "tax" | "deduction" | "contribution" };

const categories: readonly string[] = ["earning", "tax", "deduction", "contribution"];
const known = (lines: readonly StatementLineRow[]) =>
  lines.filter((line): line is KnownLine => categories.includes(line.category));

/** Reversals are of the year before, the same, or the next one. */
async function readCounterparts(
  tx: Tx,
  person: Person,
  { id, payDate }: PayStatementRow,
  today: string,
): Promise<Map<string, Counterpart>> {
  const year = Number(payDate?.slice(0, 4));
  // There is no year 0, and a provider's slip of the year 1 is shown all the same.
  const first = String(Math.max(1, year - 1)).padStart(4, "0");
  const range =
    payDate === null ? null : { from: `${first}-01-01`, to: `${String(year + 1).padStart(4, "0")}-12-31` };
  const rows = await listOpposedLines(tx, person, id, range);
  return pairReversals(
    rows.map(({ cents, ...line }) => ({ ...line, amountCents: BigInt(cents) })),
    today,
  );
}

/** The legal employer: the entity's company, where the provider names one. */
async function readCompany(tx: Tx, { connectionId, entityId }: PayStatementRow, customerId: string) {
  const all = await listCompanies(tx, customerId, connectionId);
  const company = all.find((each) => each.entityId === entityId) ?? (all.length === 1 ? all[0] : undefined);
  return company ? { legalName: company.legalName, ein: company.ein } : null;
}

async function readPayment(
  tx: Tx,
  customerId: string,
  row: PayStatementRow,
  mayReadPerson: boolean,
): Promise<PayslipView["payment"]> {
  const [payment, around] = await Promise.all([
    findPaymentOf(tx, customerId, row.paymentId),
    findPaymentNeighbours(tx, customerId, row, mayReadPerson),
  ]);
  if (!payment || !around) return null;
  const { finchPaymentId, debitDate, payFrequencies, statementsState } = payment;
  const beside = await listNeighbours(tx, customerId, idsOf(around));
  return {
    ...{ finchPaymentId, debitDate, frequencies: payFrequencies ?? [], state: statementsState },
    before: toNeighbour(beside, around.before, mayReadPerson),
    after: toNeighbour(beside, around.after, mayReadPerson),
    place: around.place,
    count: around.count,
  };
}

async function readNeighbours(tx: Tx, person: Person, id: string) {
  const around = await findOwnNeighbours(tx, person, id);
  if (!around) return { before: null, after: null };
  const beside = await listNeighbours(tx, person.customerId, idsOf(around));
  // Of the same person: only the days are told apart.
  return {
    before: toNeighbour(beside, around.before, false),
    after: toNeighbour(beside, around.after, false),
  };
}

const idsOf = ({ before, after }: { before: string | null; after: string | null }) =>
  [before, after].filter((id) => id !== null);

function toNeighbour(
  beside: ReadonlyMap<string, NeighbourRow>,
  id: string | null,
  isNamed: boolean,
): NeighbourView | null {
  const row = id === null ? undefined : beside.get(id);
  if (!row) return null;
  const { paymentId, payDate, firstName, lastName, preferredName } = row;
  const name = isNamed ? displayName({ first: firstName, last: lastName, preferred: preferredName }) : null;
  return { id: row.id, paymentId, payDate, name };
}
