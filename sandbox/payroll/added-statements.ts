import type { World } from "@/sandbox/call";
import { notFound } from "@/sandbox/errors";
import { dateOf, dayOf, weekdaysBetween } from "@/sandbox/payroll/calendar";
import { annualOf, isEmployed } from "@/sandbox/payroll/earn";
import { newFigures } from "@/sandbox/payroll/figures";
import { profileOf, type PayProfile } from "@/sandbox/payroll/profile";
import type { PayStatement, StatementChange } from "@/sandbox/payroll/records";
import type { Run } from "@/sandbox/payroll/runs";
import { money, toStatement } from "@/sandbox/payroll/statement";
import { sumsOfStatement } from "@/sandbox/payroll/sums";
import type { PayrollView } from "@/sandbox/payroll/view";
import { People } from "@/sandbox/people";
import type { Connection, Entity } from "@/sandbox/records";
import { indexOfIndividual } from "@/sandbox/seed/ids";

const weekdaysPerYear = 260;
const always = 1_000_000;
// Behind all runs of the calendars, so that hours and extras of this one are its own.
const addedSerial = 2 ** 24;

/** The period of a payment that is added. */
export interface Days {
  start: number;
  end: number;
}

/** Somebody who is paid; plain where nothing was written of them. */
interface Paid {
  profile: PayProfile;
  plain: boolean;
}

/** Makes whole statements of what is given. */
export class AddedStatements {
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

  /** Everybody who works full-time as an employee in the period; of most only the seed has to be asked. */
  private fullTime(): Paid[] {
    const { base, payees } = this.view;
    const { start, end } = this.period;
    const rows = this.world.store.overlays.group(this.connection.id);
    const written = new Set(rows.map((row) => row.individualId));
    const found: Paid[] = [];
    const add = (profile: PayProfile | null | undefined, plain: boolean) => {
      if (!profile?.fullTime || profile.contractor || !isEmployed(profile, start, end)) return;
      found.push({ profile, plain });
    };
    for (const profile of base.profiles) {
      const plain = !payees.special.has(profile.index) && !written.has(profile.id);
      add(plain ? profile : this.profileOf(profile.id), plain);
    }
    for (const row of rows) if (row.added !== null) add(this.profileOf(row.individualId), false);
    return found;
  }

  /** What everybody who works full-time is paid, as nothing else was said. */
  defaultStatements(): PayStatement[] {
    return this.fullTime().map(({ profile }) => this.toStatement({ individual_id: profile.id }, profile));
  }

  toStatement(
    given: StatementChange & { individual_id: string },
    profile: PayProfile | null = this.profileOf(given.individual_id),
  ): PayStatement {
    const { individual_id: id } = given;
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

  /** What a regular run of their own calendar would pay everybody who works full-time. */
  completeStatements(): PayStatement[] {
    const { plan, base, payees, names } = this.view;
    const pay = dayOf(this.payDate) ?? this.period.end;
    const runs = plan.groups.map((group): Run => {
      return { serial: addedSerial, kind: "regular", group, ...this.period, pay, debit: pay };
    });
    const figures = newFigures();
    return this.fullTime().flatMap(({ profile, plain }) => {
      const run = runs[profile.group];
      if (!run) return [];
      if (plain) {
        const paid = base.compute(profile, run, figures);
        return paid ? [toStatement(profile, run, figures, null, names)] : [];
      }
      const payee = payees.find(profile.id);
      const computed = payee && payees.compute(payee, run);
      return computed ? [toStatement(computed.profile, run, computed.figures, computed.lines, names)] : [];
    });
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
