import type { World } from "@/sandbox/call";
import { planOf } from "@/sandbox/company-plan";
import { baseOf, type PayrollBase } from "@/sandbox/payroll/base";
import { dateOf, dayOf, dayOfInstant } from "@/sandbox/payroll/calendar";
import { addFigures, newFigures, type Figures } from "@/sandbox/payroll/figures";
import { Payees, type Computed, type Payee } from "@/sandbox/payroll/payees";
import { payGroupsOf, paysSomebody } from "@/sandbox/payroll/membership";
import type { PayGroup, PaymentEdits, PayStatement } from "@/sandbox/payroll/records";
import { findRun, planPayroll, runId, runsBetween, type PayrollPlan, type Run } from "@/sandbox/payroll/runs";
import { benefitNames, toStatement, type BenefitNames } from "@/sandbox/payroll/statement";
import { findProvider } from "@/sandbox/providers";
import type { Connection, Entity } from "@/sandbox/records";

export type Version = "working" | "published";

/** A payment before anything is computed: a run of the calendar, or one that was added. */
export interface Entry {
  id: string;
  run: Run | null;
  edits: PaymentEdits | null;
}

/** A place on a payment: a generated person, one of whom something was written, or a written statement. */
export type Seat = number | Payee | PayStatement;

/** Whether a place has a statement that was written. */
export const isStatement = (seat: Seat): seat is PayStatement =>
  typeof seat === "object" && "individual_id" in seat;
const endOfSerials = 1e9;

/** On one day runs come in the order of their groups, then what was added in the order of adding. */
const orderOf = ({ run, edits }: Entry): number => run?.serial ?? endOfSerials + (edits?.added?.ordinal ?? 0);

function monthsBefore(day: number, months: number): number {
  const date = new Date(`${dateOf(day)}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - months);
  return dayOfInstant(date.getTime());
}

/** Payroll of one entity as it stands at one moment. Made for each request. */
export class PayrollView {
  readonly plan: PayrollPlan;
  readonly base: PayrollBase;
  readonly payees: Payees;
  readonly names: BenefitNames;
  /** The day of the last sync; runs after the next one are not known yet. */
  readonly today: number;
  /** What is older the provider does not give (Finch: Data Syncs). */
  readonly firstVisible: number;
  private readonly edits = new Map<string, PaymentEdits>();
  private readonly figures = newFigures();

  constructor(world: World, connection: Connection, entity: Entity, version: Version, at?: string) {
    this.plan = planPayroll(planOf(world, connection, entity), connection);
    this.base = baseOf(world, this.plan);
    const seenAt = version === "published" ? (at ?? connection.lastSyncedAt ?? connection.createdAt) : null;
    this.today = dayOfInstant(seenAt === null ? world.clock.now() : Date.parse(seenAt));
    this.payees = new Payees(world, connection, entity, this.base, seenAt);
    this.names = benefitNames(world, connection, entity);
    const months = findProvider(connection.providerId)?.historyMonths;
    this.firstVisible = Math.max(this.plan.firstPay, months ? monthsBefore(this.today, months) : 0);
    for (const row of world.store.payments.group(connection.id)) {
      const edits = row.entityId === entity.id ? row[version] : null;
      if (edits) this.edits.set(row.paymentId, edits);
    }
  }

  payGroups(): PayGroup[] {
    return payGroupsOf(this);
  }

  /** All payments that are seen, by pay date: runs that pay nobody are none, unless they were written so. */
  entries(from: number, to: number): Entry[] {
    const entries: { day: number; entry: Entry }[] = [];
    const add = (entry: Entry, planned: number) => {
      const date = entry.edits?.change.pay_date;
      // Without a date a payment is found by the one that it had or would have.
      const day = date === undefined || date === null ? planned : (dayOf(date) ?? planned);
      if (!entry.edits?.deleted && day >= Math.max(from, this.firstVisible) && day <= to)
        entries.push({ day, entry });
    };
    for (const run of runsBetween(this.plan, Math.max(from, this.firstVisible), to, this.today)) {
      const id = runId(this.plan, run);
      const edits = this.edits.get(id) ?? null;
      if (!edits && !paysSomebody(this, run)) continue;
      if (edits?.change.pay_date === undefined || edits.change.pay_date === null)
        add({ id, run, edits }, run.pay);
    }
    for (const [id, edits] of this.edits) {
      if (edits.added) {
        const { pay_date: date, pay_period: period } = edits.added.payment;
        add({ id, run: null, edits }, dayOf(date) ?? dayOf(period?.end_date) ?? this.today);
      } else if (edits.change.pay_date !== undefined && edits.change.pay_date !== null) {
        const run = findRun(this.plan, id, this.today);
        if (run) add({ id, run, edits }, run.pay);
      }
    }
    return entries
      .sort((a, b) => a.day - b.day || orderOf(a.entry) - orderOf(b.entry))
      .map(({ entry }) => entry);
  }

  entry(id: string): Entry | null {
    const edits = this.edits.get(id) ?? null;
    if (edits?.deleted) return null;
    if (edits?.added) return { id, run: null, edits };
    const run = findRun(this.plan, id, this.today);
    if (!run || run.pay < this.firstVisible) return null;
    return edits || paysSomebody(this, run) ? { id, run, edits } : null;
  }

  payDateOf({ run, edits }: Entry): string | null {
    const written = edits?.change.pay_date;
    if (written !== undefined) return written;
    return run ? dateOf(run.pay) : (edits?.added?.payment.pay_date ?? null);
  }

  /** Who is on a payment, in order. */
  seats({ run, edits }: Entry): Seat[] {
    const seats = run ? this.generatedSeats(run) : [];
    if (!edits) return seats;
    const written = new Map(Object.entries(edits.statements));
    const kept: Seat[] = [];
    for (const seat of seats) {
      const id = this.idOf(seat);
      const statement = written.get(id);
      written.delete(id);
      if (statement === undefined) kept.push(seat);
      else if (statement) kept.push(statement);
    }
    for (const statement of written.values()) if (statement) kept.push(statement);
    return [...kept, ...edits.more];
  }

  private generatedSeats(run: Run): Seat[] {
    const { paid } = this.base.totalsOf(run);
    const special = [...this.payees.special.values()].filter(({ since }) => run.pay > since);
    if (special.length === 0 && this.payees.added.length === 0) return [...paid];
    const away = new Set(special.map(({ index }) => index));
    const seats: { index: number; seat: Seat }[] = [];
    for (const index of paid) if (!away.has(index)) seats.push({ index, seat: index });
    for (const payee of [...special, ...this.payees.added]) {
      if (this.payees.isPaid(payee, run)) seats.push({ index: payee.index, seat: payee });
    }
    return seats.sort((a, b) => a.index - b.index).map(({ seat }) => seat);
  }

  idOf(seat: Seat): string {
    if (typeof seat === "number") return this.base.profiles[seat]?.id ?? "";
    return isStatement(seat) ? seat.individual_id : seat.id;
  }

  statementAt(seat: Seat, run: Run | null): PayStatement | null {
    if (typeof seat === "object" && isStatement(seat)) return seat;
    if (!run) return null;
    if (typeof seat === "object") {
      const computed = this.payees.compute(seat, run);
      return computed && toStatement(computed.profile, run, computed.figures, computed.lines, this.names);
    }
    const profile = this.base.profiles[seat];
    if (!profile || !this.base.compute(profile, run, this.figures)) return null;
    return toStatement(profile, run, this.figures, null, this.names);
  }

  /** A page of the statements of a payment. */
  pageOf(entry: Entry, offset: number, limit: number): { count: number; statements: PayStatement[] } {
    const seats = this.seats(entry);
    const page = seats.slice(offset, offset + limit);
    return {
      count: seats.length,
      statements: page.flatMap((seat) => this.statementAt(seat, entry.run) ?? []),
    };
  }

  statement(paymentId: string, individualId: string): PayStatement | null {
    const entry = this.entry(paymentId);
    const seat = entry && this.seats(entry).find((candidate) => this.idOf(candidate) === individualId);
    return seat === null || seat === undefined ? null : this.statementAt(seat, entry?.run ?? null);
  }

  /** The sums of a run's generated statements, without those of whom something was written: these come apart. */
  generatedTotals(run: Run): { figures: Figures; special: Computed[] } {
    const figures = Float64Array.from(this.base.totalsOf(run).figures);
    const special: Computed[] = [];
    for (const payee of [...this.payees.special.values(), ...this.payees.added]) {
      if (run.pay <= payee.since) continue;
      const { generated } = payee;
      if (generated && this.base.compute(generated, run, this.figures)) addFigures(figures, this.figures, -1);
      const computed = this.payees.compute(payee, run);
      if (computed) special.push(computed);
    }
    return { figures, special };
  }
}
