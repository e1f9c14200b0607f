/**
 * Payroll: what is generated from the seed, with what was changed on top.
 *
 * `payrollOf(…)` reads, `payrollEdits(…)` writes. Edits are seen by `/employer/*` after the next sync
 * (`working` → `published`), or at once where a connection was never synced.
 */
import type { World } from "@/sandbox/call";
import type {
  LineName,
  PayGroup,
  Payment,
  PaymentChange,
  PayStatement,
  StatementChange,
  StatementHold,
} from "@/sandbox/payroll/records";
import type { Connection, Entity } from "@/sandbox/records";

export type { LineName, PayGroup, Payment, PaymentChange, PayStatement, StatementChange, StatementHold };

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
  ): { count: number; page: PayStatement[] } | null;
  /** The statement of a person on a payment. */
  statement(paymentId: string, individualId: string): PayStatement | null;
  lineNames(): LineName[];
}

/** What `POST /sandbox/payment` takes. */
export interface NewPayment {
  start_date?: string;
  end_date?: string;
  pay_date?: string | null;
  debit_date?: string | null;
  pay_group_ids?: string[];
  pay_frequencies?: Payment["pay_frequencies"];
  pay_statements?: (StatementChange & { individual_id: string })[];
}

export interface PayrollEdits {
  addPayment(payment: NewPayment): { payment_id: string; pay_date: string | null };
  editPayment(paymentId: string, change: PaymentChange): void;
  deletePayment(paymentId: string): void;
  /** Changes one statement; a function gets the statement as it is. */
  editStatement(
    paymentId: string,
    individualId: string,
    change: StatementChange | ((statement: PayStatement) => StatementChange),
  ): void;
  addStatement(paymentId: string, statement: StatementChange & { individual_id: string }): void;
  removeStatement(paymentId: string, individualId: string): void;
  moveStatement(paymentId: string, fromIndividualId: string, toIndividualId: string): void;
  /** Statements answer 202 or an error from now on, without a sync. */
  holdStatements(paymentId: string, hold: Partial<Omit<StatementHold, "paymentId" | "connectionId">>): void;
  releaseStatements(paymentId: string): void;
}

/** Payroll of one entity, as last synced or as written. */
export function payrollOf(
  _world: World,
  _connection: Connection,
  _entity: Entity,
  _version: "working" | "published",
): Payroll {
  throw new Error("not built yet");
}

/** Changes of the payroll of one entity. */
export function payrollEdits(_world: World, _connection: Connection, _entity: Entity): PayrollEdits {
  throw new Error("not built yet");
}
