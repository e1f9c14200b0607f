import type { Tx } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { readToday } from "@/db/repositories/customers-clock";
import { findCustomer } from "@/db/repositories/customers";
import { findIndividual } from "@/db/repositories/individuals";
import {
  listStatementsOfYear,
  listStatementYears,
  type PayStatementRow,
} from "@/db/repositories/pay-statements";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import type { Amount } from "@/lib/domain/payroll/identities";
import { readPersonYear, type PersonYear } from "@/lib/domain/payroll/ytd/read-person-year";

export interface StatementRowView {
  id: string;
  paymentId: string;
  payDate: string | null;
  periodStart: string | null;
  periodEnd: string | null;
  type: string | null;
  paymentMethod: string | null;
  gross: Amount;
  net: Amount;
  /** Paid after today: in no year-to-date sum yet. */
  isScheduled: boolean;
  /** Its earnings or its net pay do not add up in any way. */
  isOff: boolean;
}

export interface StatementsView {
  personId: string;
  provider: string;
  asOf: Date | null;
  now: Date;
  timeZone: string;
  customerName: string;
  /** Newest first; 0 holds undated statements. */
  years: { year: number; statements: number }[];
  /** The one that is shown; null where there are no statements at all. */
  year: number | null;
  rows: StatementRowView[];
  /** Of the year, up to today or its last day; null for undated ones, and for a year that is still to come. */
  sums: PersonYear | null;
  /** Whether the connection may read pay statements at all. */
  isRead: boolean;
}

/**
 * A person's statements of one year with its sums, in a scope that is already entered; the caller has checked the permission.
 * @param asked the year; the newest where it is left out or has none
 * @throws DomainError NOT_FOUND for somebody who is not there or not visible
 */
export async function readStatements(
  tx: Tx,
  ctx: Context,
  individualId: string,
  asked: number | undefined,
): Promise<StatementsView> {
  const { customerId } = requireCustomer(ctx).scope;
  const sources = await visibleSources(tx, ctx);
  const person = await findIndividual(
    tx,
    customerId,
    individualId,
    sources.map(({ id }) => id),
  );
  const source = sources.find(({ id }) => id === person?.connectionId);
  if (!person || !source) throw notFound("person");
  const whose = { customerId, connectionId: source.id, individualId };
  const [customer, now, today, years] = await Promise.all([
    findCustomer(tx, customerId),
    readClock(tx),
    readToday(tx, customerId),
    listStatementYears(tx, whose),
  ]);
  if (!customer) throw notFound("person");
  const year = chooseYear(years, asked, today);
  const rows = year === null ? [] : await listStatementsOfYear(tx, whose, year);
  const facts = {
    ...{ ...whose, source, hasEarlier: years.some((each) => each.year > 0 && each.year < (year ?? 0)) },
    ...{ entityId: person.entityId, startDate: person.startDate, endDate: person.endDate },
    payDates: rows.flatMap(({ payDate }) => payDate ?? []),
  };
  return {
    ...{ personId: individualId, provider: source.providerName, now, years, year },
    asOf: source.dataRetrievedAt ?? source.lastSyncSucceededAt,
    timeZone: customer.timeZone,
    customerName: customer.name,
    rows: rows.map((row) => toRow(row, today)),
    sums: year === null || year === 0 ? null : await readPersonYear(tx, facts, year, today),
    isRead: source.products.includes("pay_statement"),
  };
}

/** The asked one, else that of today, else the newest with a date. */
function chooseYear(
  years: readonly { year: number }[],
  asked: number | undefined,
  today: string,
): number | null {
  const has = (year: number | undefined) => years.some((each) => each.year === year);
  if (asked !== undefined && has(asked)) return asked;
  const current = Number(today.slice(0, 4));
  if (has(current)) return current;
  return years[0]?.year ?? null;
}

function toRow(row: PayStatementRow, today: string): StatementRowView {
  const { id, paymentId, payDate, type, paymentMethod } = row;
  return {
    ...{ id, paymentId, payDate, type, paymentMethod },
    ...{ periodStart: row.payPeriodStart, periodEnd: row.payPeriodEnd },
    gross: { amountCents: row.grossPayCents, currency: row.grossPayCurrency },
    net: { amountCents: row.netPayCents, currency: row.netPayCurrency },
    isScheduled: payDate !== null && payDate > today,
    isOff: row.grossIdentity === "none" || row.netIdentity === "none",
  };
}
