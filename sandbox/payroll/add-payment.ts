import type { World } from "@/sandbox/call";
import { invalidRequest } from "@/sandbox/errors";
import { AddedStatements, type Days } from "@/sandbox/payroll/added-statements";
import { addBusinessDays, dateOf, dayOf } from "@/sandbox/payroll/calendar";
import type { Payment, StatementChange } from "@/sandbox/payroll/records";
import { PayrollView } from "@/sandbox/payroll/view";
import type { Connection, Entity } from "@/sandbox/records";
import { stableUuid } from "@/sandbox/seed/ids";

/** A payment to be added. Everything has a default (Finch: Add a new sandbox payment). */
export interface NewPayment {
  start_date?: string | undefined;
  end_date?: string | undefined;
  pay_date?: string | null | undefined;
  debit_date?: string | null | undefined;
  pay_group_ids?: string[] | undefined;
  pay_frequencies?: Payment["pay_frequencies"] | undefined;
  pay_statements?: readonly (StatementChange & { individual_id: string })[] | undefined;
  /** Pays what a regular run would, with earnings, taxes and deductions: Finch's own has none of them. */
  complete?: boolean;
}

const defaultBusinessDays = 14;
const always = 1_000_000;

/** The day on which the period of the payment that was created last ends. */
function lastEnd(view: PayrollView, rows: readonly { ordinal: number; end: number }[]): number {
  const added = [...rows].sort((a, b) => b.ordinal - a.ordinal)[0];
  if (added) return added.end;
  const runs = view.entries(0, always).flatMap(({ run }) => (run ? [run] : []));
  return runs.reduce((latest, run) => Math.max(latest, run.end), view.today - 1);
}

function periodOf(wanted: NewPayment, previousEnd: () => number): Days {
  const [start, end] = [
    dayOf(wanted.start_date),
    dayOf(wanted.end_date ?? (wanted.start_date ? null : wanted.pay_date)),
  ];
  if (start !== null && end !== null) return { start, end };
  if (end !== null) return { start: addBusinessDays(end, -defaultBusinessDays), end };
  const from = start ?? addBusinessDays(previousEnd(), 1);
  return { start: from, end: addBusinessDays(from, defaultBusinessDays) };
}

/** Adds a payment; a sync makes it visible. @throws FinchError 400, 404 individual_not_found */
export function addPayment(
  world: World,
  { connection, entity }: { connection: Connection; entity: Entity },
  wanted: NewPayment,
): { payment_id: string; pay_date: string } {
  const view = new PayrollView(world, connection, entity, "working");
  const rows = world.store.payments
    .group(connection.id)
    .flatMap(({ working: { added } }) => (added ? [added] : []));
  const period = periodOf(wanted, () =>
    lastEnd(
      view,
      rows.map(({ ordinal, payment }) => ({
        ordinal,
        end: dayOf(payment.pay_period?.end_date) ?? view.today,
      })),
    ),
  );
  if (period.start > period.end)
    throw invalidRequest("Invalid request: end_date must not be before start_date");
  const payDate = wanted.pay_date === undefined ? dateOf(period.end) : wanted.pay_date;
  const payDay = dayOf(payDate) ?? period.end;
  const statements = new AddedStatements(
    world,
    connection,
    entity,
    view,
    period,
    payDate ?? dateOf(period.end),
  );
  const everybody = () =>
    wanted.complete ? statements.completeStatements() : statements.defaultStatements();
  const more = wanted.pay_statements?.map((given) => statements.toStatement(given)) ?? everybody();
  const groups = view.payGroups().filter((group) => {
    const members = new Set(group.individual_ids);
    return more.some(({ individual_id: id }) => members.has(id));
  });
  const ordinal = rows.length + 1;
  const paymentId = stableUuid("added payment", view.plan.company.idKey, ordinal);
  const payment = {
    pay_period: { start_date: dateOf(period.start), end_date: dateOf(period.end) },
    pay_date: payDate,
    debit_date: wanted.debit_date === undefined ? dateOf(addBusinessDays(payDay, 1)) : wanted.debit_date,
    individual_ids: more.map((statement) => statement.individual_id),
    pay_group_ids: wanted.pay_group_ids ?? groups.map((group) => group.id),
    pay_frequencies: wanted.pay_frequencies ?? groups.flatMap((group) => group.pay_frequencies),
  };
  world.store.payments.set(paymentId, {
    paymentId,
    connectionId: connection.id,
    entityId: entity.id,
    working: { deleted: false, change: {}, statements: {}, more, added: { ordinal, payment } },
    published: null,
  });
  return { payment_id: paymentId, pay_date: payDate ?? dateOf(payDay) };
}
