import type { Tx } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import { listPayGroupRows } from "@/db/repositories/payroll-payment-facts";
import { findPaymentRow, type PaymentRow } from "@/db/repositories/payroll-payments";
import { requirePermission } from "@/lib/auth/permissions";
import type { CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { dateInZone } from "@/lib/format/dates";
import { Origins, toPaymentView, type PaymentView } from "./to-payment-view";
import { toPayrollSource, type PayrollSourceView } from "./list-payments";

export interface LoadedPayment {
  row: PaymentRow;
  payment: PaymentView;
  source: PayrollSourceView;
  customerName: string;
  timeZone: string;
  now: Date;
  today: string;
}

/**
 * One payment that the reader may see, with its names.
 * @throws DomainError FORBIDDEN, NOT_FOUND (also for a disconnected connection's)
 */
export async function loadPayment(tx: Tx, ctx: CustomerContext, paymentId: string): Promise<LoadedPayment> {
  const { customerId } = ctx.scope;
  const sources = await visibleSources(tx, ctx);
  const visible = sources.map(({ id }) => id);
  const row = await findPaymentRow(tx, customerId, paymentId, visible);
  const source = sources.find(({ id }) => id === row?.connectionId);
  if (!row || !source) throw notFound("payment");
  requirePermission(ctx, "payroll:read", { connectionId: row.connectionId });
  const [customer, now, groups] = await Promise.all([
    findCustomer(tx, customerId),
    readClock(tx),
    listPayGroupRows(tx, customerId, [row.connectionId]),
  ]);
  if (!customer) throw notFound("employer");
  return {
    row,
    payment: toPaymentView(row, new Origins(sources, groups)),
    source: toPayrollSource(source),
    customerName: customer.name,
    timeZone: customer.timeZone,
    now,
    today: dateInZone(now, customer.timeZone),
  };
}
