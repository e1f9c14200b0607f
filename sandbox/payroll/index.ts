/**
 * Payroll: what is generated from the seed, with what was changed on top.
 *
 * `payrollOf(…)` reads, `payrollEdits(…)` writes. Edits are seen by `/employer/*` after the next sync
 * (`working` → `published`); so is everything written before the first one.
 */
import type { World } from "@/sandbox/call";
import { dayOf } from "@/sandbox/payroll/calendar";
import { listLineNames } from "@/sandbox/payroll/line-names";
import type { LineName, PayGroup, Payment, PayStatement } from "@/sandbox/payroll/records";
import { toPayment } from "@/sandbox/payroll/payments";
import { PayrollView, type Version } from "@/sandbox/payroll/view";
import type { Connection, Entity } from "@/sandbox/records";

export { payrollEdits, type NewPayment, type PayrollEdits } from "@/sandbox/payroll/edits";
export type {
  LineName,
  PayGroup,
  Payment,
  PaymentChange,
  PayStatement,
  StatementChange,
  StatementHold,
} from "@/sandbox/payroll/records";

export interface Payroll {
  payGroups(): PayGroup[];
  /** Payments by pay date, both days included, oldest first. */
  payments(from: string, to: string): Payment[];
  payment(id: string): Payment | null;
  /** A page of a payment's statements; null where the payment is unknown. */
  statements(
    paymentId: string,
    offset: number,
    limit: number,
  ): { count: number; statements: PayStatement[] } | null;
  /** The statement of a person on a payment. */
  statement(paymentId: string, individualId: string): PayStatement | null;
  lineNames(): LineName[];
}

/** Payroll of one entity, as last synced or as written. */
export function payrollOf(world: World, connection: Connection, entity: Entity, version: Version): Payroll {
  const view = new PayrollView(world, connection, entity, version);
  return {
    payGroups: () => view.payGroups(),
    payments: (from, to) =>
      view.entries(dayOf(from) ?? 0, dayOf(to) ?? 0).map((entry) => toPayment(view, entry)),
    payment: (id) => {
      const entry = view.entry(id);
      return entry && toPayment(view, entry);
    },
    statements: (paymentId, offset, limit) => {
      const entry = view.entry(paymentId);
      return entry && view.pageOf(entry, offset, limit);
    },
    statement: (paymentId, individualId) => view.statement(paymentId, individualId),
    lineNames: () => listLineNames(view),
  };
}
