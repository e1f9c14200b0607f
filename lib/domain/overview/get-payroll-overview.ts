import { inScope, type Tx } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import { listPayGroupRows, sumPayments } from "@/db/repositories/payroll-payment-facts";
import { countPayments, listPaymentRows, type PaymentFilter } from "@/db/repositories/payroll-payments";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import {
  loadPayPlans,
  type NextPayDate,
  type PayPlanView,
} from "@/lib/domain/payroll/payments/load-pay-plans";
import {
  Origins,
  toPaymentView,
  type Amount,
  type PaymentView,
} from "@/lib/domain/payroll/payments/to-payment-view";
import { toPaymentSums, type CurrencySums } from "@/lib/domain/payroll/payments/to-payment-sums";
import { dateInZone } from "@/lib/format/dates";

export interface LastPayroll {
  payDate: string;
  /** What was paid on that day, all groups together; one entry for each currency. */
  gross: Amount[];
  payments: number;
  /** Of which Finch gave no gross. */
  withoutGross: number;
  /** Of which not every statement is here. */
  incomplete: number;
}

export interface NextPayroll extends Pick<NextPayDate, "payDate" | "source" | "movedBy" | "close"> {
  /** Names of the groups that are paid on that day; null for a group without one. */
  groups: (string | null)[];
}

export interface PayrollOverviewView {
  now: Date;
  timeZone: string;
  today: string;
  last: LastPayroll | null;
  /** Null where no date is known or expected. */
  next: NextPayroll | null;
  /** Pay groups of which no next date is known. */
  unknownGroups: number;
  groups: number;
  /** The latest payments. */
  recent: PaymentView[];
  /** Of the last twelve months, by month of the pay date. */
  sums: CurrencySums[];
}

const recentPayments = 5;

/** The first day of the month eleven months ago. */
function twelveMonths(today: string): string {
  const months = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 12;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, "0")}-01`;
}

/**
 * What an employer's first page says of pay: the last payroll, the next pay date, the last twelve months.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer)
 */
export async function getPayrollOverview(context: Context): Promise<PayrollOverviewView> {
  requirePermission(context, "payroll:read");
  const ctx = requireCustomer(context);
  const { customerId } = ctx.scope;
  return inScope(
    ctx,
    async (tx) => {
      const sources = await visibleSources(tx, ctx);
      const visible = sources.map(({ id }) => id);
      const [customer, now] = await Promise.all([findCustomer(tx, customerId), readClock(tx)]);
      if (!customer) throw notFound("employer");
      const today = dateInZone(now, customer.timeZone);
      const filter: PaymentFilter = {
        visible,
        when: "paid",
        today,
        year: null,
        connections: [],
        groups: [],
        frequencies: [],
        states: [],
        kinds: [],
      };
      const [rows, groups, sums, plans] = await Promise.all([
        listPaymentRows(tx, customerId, filter, { descending: true, from: null, limit: recentPayments }),
        listPayGroupRows(tx, customerId, visible),
        sumPayments(tx, customerId, { ...filter, since: twelveMonths(today) }),
        loadPayPlans(tx, ctx),
      ]);
      const origins = new Origins(sources, groups);
      const calendars = plans.map(({ view }) => view);
      const payments = rows.map((row) => toPaymentView(row, origins));
      return {
        now,
        timeZone: customer.timeZone,
        today,
        last: await readLast(tx, customerId, filter, payments[0]?.payDate ?? null),
        next: toNext(calendars),
        unknownGroups: calendars.filter(({ coming }) => coming.length === 0).length,
        groups: calendars.length,
        recent: payments,
        sums: toPaymentSums(sums, "month"),
      };
    },
    { readOnly: true },
  );
}

/** All payments of one day, however many there are. */
async function readLast(
  tx: Tx,
  customerId: string,
  filter: PaymentFilter,
  payDate: string | null,
): Promise<LastPayroll | null> {
  if (payDate === null) return null;
  const ofDay: PaymentFilter = { ...filter, today: payDate, since: payDate };
  const [sums, payments, complete] = await Promise.all([
    sumPayments(tx, customerId, ofDay),
    countPayments(tx, customerId, ofDay),
    countPayments(tx, customerId, { ...ofDay, states: ["complete"] }),
  ]);
  const gross = sums.filter(({ figure }) => figure === "gross");
  return {
    payDate,
    // A currency of which every gross is missing has no sum.
    gross: gross
      .filter(({ runs, missing }) => runs > missing)
      .map(({ cents, currency }) => ({ amountCents: cents, currency: currency || null })),
    payments,
    withoutGross: gross.reduce((sum, { missing }) => sum + missing, 0),
    incomplete: payments - complete,
  };
}

function toNext(calendars: readonly PayPlanView[]): NextPayroll | null {
  const nexts = calendars.flatMap(({ coming, group }) =>
    coming[0] ? [{ ...coming[0], name: group?.name ?? null }] : [],
  );
  const [first] = nexts.sort((a, b) => a.payDate.localeCompare(b.payDate));
  if (!first) return null;
  const { payDate, source, movedBy, close } = first;
  const groups = nexts.filter((next) => next.payDate === payDate).map(({ name }) => name);
  return { payDate, source, movedBy, close, groups };
}
