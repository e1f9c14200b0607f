import type { World } from "@/sandbox/call";
import { invalidRequest, notFound } from "@/sandbox/errors";
import { addBusinessDays, dateOf, dayOf, weekdaysBetween } from "@/sandbox/payroll/calendar";
import { annualOf, isEmployed } from "@/sandbox/payroll/earn";
import { profileOf, type PayProfile } from "@/sandbox/payroll/profile";
import type { Payment, PayStatement, StatementChange } from "@/sandbox/payroll/records";
import { money } from "@/sandbox/payroll/statement";
import { sumsOfStatement } from "@/sandbox/payroll/sums";
import { PayrollView } from "@/sandbox/payroll/view";
import { People } from "@/sandbox/people";
import type { Connection, Entity } from "@/sandbox/records";
import { indexOfIndividual, stableUuid } from "@/sandbox/seed/ids";

/** A payment to be added. Everything has a default (Finch: Add a new sandbox payment). */
export interface NewPayment {
  start_date?: string | undefined;
  end_date?: string | undefined;
  pay_date?: string | null | undefined;
  debit_date?: string | null | undefined;
  pay_group_ids?: string[] | undefined;
  pay_frequencies?: Payment["pay_frequencies"] | undefined;
  pay_statements?: readonly (StatementChange & { individual_id: string })[] | undefined;
}

const defaultBusinessDays = 14;
const weekdaysPerYear = 260;
const always = 1_000_000;

interface Days {
  start: number;
  end: number;
}

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

/** Makes whole statements of what is given. */
class Statements {
  private readonly people: People;

  constructor(
    private readonly world: World,
    private readonly connection: Connection,
    entity: Entity,
    private readonly view: PayrollView,
    private readonly period: Days,
    private readonly payDate: string,
  ) {
    this.people = new People(world, connection, entity, "working");
  }

  /** What somebody is paid by now, synced or not; null for nobody of this company. */
  private profileOf(id: string): PayProfile | null {
    const { plan, base, payees } = this.view;
    const written = this.world.store.overlays.get(`${this.connection.id}/${id}`);
    if (!written) return payees.profileOf(id, always);
    const person = this.people.find(id);
    const index = indexOfIndividual(plan.company.idKey, id, plan.company.size) ?? base.profiles.length;
    return person && profileOf(plan, index, person, this.period.start);
  }

  /** Everybody who works full-time as an employee in the period. */
  everybody(): { individual_id: string }[] {
    const { start, end } = this.period;
    const written = this.world.store.overlays.group(this.connection.id);
    const added = written.filter((row) => row.added !== null).map((row) => row.individualId);
    const ids = [...this.view.base.profiles.map(({ id }) => id), ...added];
    return ids.flatMap((individual_id) => {
      const profile = this.profileOf(individual_id);
      const paid = profile?.fullTime && !profile.contractor && isEmployed(profile, start, end);
      return paid ? [{ individual_id }] : [];
    });
  }

  toStatement(given: StatementChange & { individual_id: string }): PayStatement {
    const { individual_id: id } = given;
    const profile = this.profileOf(id);
    if (!profile) throw notFound(`No individual with id ${id} found`, "individual_not_found");
    const gross = given.gross_pay ?? money(this.grossOf(given, profile));
    const lines = this.linesOf(id, profile, gross.amount ?? 0);
    const statement: PayStatement = {
      type: "regular_payroll",
      payment_method: "direct_deposit",
      total_hours: null,
      earnings: [],
      taxes: [],
      ...lines,
      ...given,
      gross_pay: gross,
      net_pay: null,
    };
    const deducted = (statement.employee_deductions ?? []).reduce((sum, line) => sum + (line.amount ?? 0), 0);
    const net = (gross.amount ?? 0) - sumsOfStatement(statement).employeeTaxes - deducted;
    return { ...statement, net_pay: given.net_pay ?? money(net) };
  }

  private grossOf({ earnings }: StatementChange, profile: PayProfile): number {
    if (earnings && earnings.length > 0) return earnings.reduce((sum, line) => sum + (line?.amount ?? 0), 0);
    const { start, end } = this.period;
    return Math.round((annualOf(profile, end) * weekdaysBetween(start, end)) / weekdaysPerYear);
  }

  private linesOf(id: string, profile: PayProfile, grossCents: number) {
    const { payDate } = this;
    const periodEnd = dateOf(this.period.end);
    const payee = this.view.payees.find(id);
    const pay = { payDate, periodEnd, grossCents, availableCents: grossCents };
    const lines = payee && this.view.payees.linesOf(payee, profile, pay);
    return {
      employee_deductions: (lines?.deductions ?? []).map(({ name, type, preTax, amountCents }) => {
        return { name, amount: amountCents, currency: "usd", pre_tax: preTax, type };
      }),
      employer_contributions: (lines?.contributions ?? []).map(({ name, type, amountCents }) => {
        return { name, amount: amountCents, currency: "usd", type };
      }),
    };
  }
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
  const statements = new Statements(world, connection, entity, view, period, payDate ?? dateOf(period.end));
  const given = wanted.pay_statements ?? statements.everybody();
  const more = given.map((statement) => statements.toStatement(statement));
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
