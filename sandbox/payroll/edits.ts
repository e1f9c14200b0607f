import type { World } from "@/sandbox/call";
import { notFound } from "@/sandbox/errors";
import { addPayment, type NewPayment } from "@/sandbox/payroll/add-payment";
import type { PayFacts } from "@/sandbox/payroll/profile";
import type {
  PaymentChange,
  PaymentEdits,
  PaymentRow,
  PayStatement,
  StatementChange,
  StatementHold,
} from "@/sandbox/payroll/records";
import { addVersion, factsOf, generatedOf, versionsOf } from "@/sandbox/payroll/versions";
import { PayrollView } from "@/sandbox/payroll/view";
import type { Connection, Entity } from "@/sandbox/records";

export type { NewPayment } from "@/sandbox/payroll/add-payment";

export const paymentNotFound = (id: string) =>
  notFound(`No payment with id ${id} found`, "payment_not_found");

export const noEdits: PaymentEdits = { deleted: false, change: {}, statements: {}, more: [], added: null };

export interface PayrollEdits {
  addPayment(payment: NewPayment): { payment_id: string; pay_date: string };
  editPayment(paymentId: string, change: PaymentChange): void;
  deletePayment(paymentId: string): void;
  /** Changes one statement; a function gets the statement as it is. */
  editStatement(
    paymentId: string,
    individualId: string,
    change: StatementChange | ((statement: PayStatement) => StatementChange),
  ): void;
  addStatement(paymentId: string, statement: StatementChange & { individual_id: string }): void;
  /** Takes statements off a payment; ids that are not on it change nothing. */
  removeStatements(paymentId: string, individualIds: readonly string[]): void;
  moveStatement(paymentId: string, fromIndividualId: string, toIndividualId: string): void;
  /** Statements answer 202 or an error from now on, without a sync. */
  holdStatements(paymentId: string, hold: Partial<Omit<StatementHold, "paymentId" | "connectionId">>): void;
  releaseStatements(paymentId: string): void;
  /** What somebody's pay follows for pay dates after a day (null: from the beginning), from the past on. */
  employ(individualId: string, after: string | null, facts: Partial<PayFacts>): void;
}

const emptyStatement: Omit<PayStatement, "individual_id"> = {
  type: "regular_payroll",
  payment_method: "direct_deposit",
  total_hours: null,
  gross_pay: null,
  net_pay: null,
  earnings: [],
  taxes: [],
  employee_deductions: [],
  employer_contributions: [],
};

/** Changes of the payroll of one entity. @throws FinchError 404 payment_not_found, individual_not_found */
export function payrollEdits(world: World, connection: Connection, entity: Entity): PayrollEdits {
  const working = () => new PayrollView(world, connection, entity, "working");

  const change = (paymentId: string, edit: (edits: PaymentEdits) => Partial<PaymentEdits>): void => {
    if (!working().entry(paymentId)) throw paymentNotFound(paymentId);
    const row: PaymentRow = world.store.payments.get(paymentId) ?? {
      paymentId,
      connectionId: connection.id,
      entityId: entity.id,
      working: noEdits,
      published: null,
    };
    world.store.payments.set(paymentId, { ...row, working: { ...row.working, ...edit(row.working) } });
  };

  const statementOf = (paymentId: string, individualId: string): PayStatement => {
    const statement = working().statement(paymentId, individualId);
    if (!statement) throw notFound(`No individual with id ${individualId} found`, "individual_not_found");
    return statement;
  };

  const write = (paymentId: string, statements: Record<string, PayStatement | null>): void =>
    change(paymentId, (edits) => ({
      statements: { ...edits.statements, ...statements },
      more: edits.more.filter((statement) => !(statement.individual_id in statements)),
    }));

  return {
    addPayment: (payment) => addPayment(world, { connection, entity }, payment),
    editPayment: (paymentId, values) =>
      change(paymentId, (edits) => ({ change: { ...edits.change, ...values } })),
    deletePayment: (paymentId) => change(paymentId, () => ({ deleted: true })),
    editStatement: (paymentId, individualId, values) => {
      const statement = statementOf(paymentId, individualId);
      const changed = typeof values === "function" ? values(statement) : values;
      write(paymentId, { [individualId]: { ...statement, ...changed } });
    },
    addStatement: (paymentId, statement) =>
      change(paymentId, (edits) => ({ more: [...edits.more, { ...emptyStatement, ...statement }] })),
    removeStatements: (paymentId, individualIds) =>
      write(paymentId, Object.fromEntries(individualIds.map((id) => [id, null]))),
    moveStatement: (paymentId, fromId, toId) => {
      const statement = statementOf(paymentId, fromId);
      write(paymentId, { [fromId]: null, [toId]: { ...statement, individual_id: toId } });
    },
    holdStatements: (paymentId, hold) => {
      const held = { code: 202, fromOffset: 0, times: null, until: null, ...hold } as const;
      world.store.statementHolds.set(paymentId, { paymentId, connectionId: connection.id, ...held });
    },
    releaseStatements: (paymentId) => world.store.statementHolds.delete(paymentId),
    employ: (individualId, after, facts) => {
      const known = versionsOf(world, connection, individualId)?.versions.at(-1)?.facts;
      const generated = generatedOf(world, connection, entity, individualId)?.person;
      const overlay = world.store.overlays.get(`${connection.id}/${individualId}`);
      const added = overlay?.added ?? null;
      const before = known ?? factsOf({ ...generated, ...overlay?.working });
      addVersion(world, { connection, entity }, individualId, {
        after,
        facts: { ...before, ...facts },
        added,
      });
    },
  };
}
