import { dateOf } from "@/sandbox/payroll/calendar";
import type { Payment } from "@/sandbox/payroll/records";
import type { Run } from "@/sandbox/payroll/runs";
import { addSums, noSums, sumsOfFigures, sumsOfStatement, toMoney, type Sums } from "@/sandbox/payroll/sums";
import { isStatement, type Entry, type PayrollView, type Seat } from "@/sandbox/payroll/view";

/** The sums of all statements of a payment. */
function sumsOf(view: PayrollView, entry: Entry, seats: readonly Seat[]): Sums {
  const sums = noSums();
  if (!entry.run || entry.edits) {
    for (const seat of seats) {
      const statement = view.statementAt(seat, entry.run);
      if (statement) addSums(sums, sumsOfStatement(statement));
    }
    return sums;
  }
  const { figures, special } = view.generatedTotals(entry.run);
  addSums(sums, sumsOfFigures(figures));
  for (const { figures: own, lines } of special) {
    const enrolled = (lines?.deductions ?? []).reduce((sum, line) => sum + line.amountCents, 0);
    addSums(sums, sumsOfFigures(own, enrolled));
  }
  return sums;
}

/** The groups that the people of an off-cycle payment belong to. */
function groupsOf(view: PayrollView, seats: readonly Seat[]): string[] {
  const slots = new Set<number>();
  for (const seat of seats) {
    const index = typeof seat === "number" ? seat : isStatement(seat) ? -1 : seat.index;
    const group = view.base.profiles[index]?.group;
    if (group !== undefined) slots.add(group);
  }
  return view.plan.groups.filter(({ slot }) => slots.has(slot)).map((group) => group.id);
}

const planned = (view: PayrollView, run: Run, seats: readonly Seat[]) => ({
  pay_period: { start_date: dateOf(run.start), end_date: dateOf(run.end) },
  pay_date: dateOf(run.pay),
  debit_date: dateOf(run.debit),
  pay_group_ids: run.group ? [run.group.id] : groupsOf(view, seats),
  pay_frequencies: [run.group ? run.group.frequency : ("other" as const)],
});

function peopleOn(view: PayrollView, seats: readonly Seat[], edited: boolean): string[] {
  const ids = seats.map((seat) => view.idOf(seat));
  // Only what was written can pay somebody twice; a set of 25,000 for each payment takes its time.
  return edited ? [...new Set(ids)] : ids;
}

/** A payment in Finch's shape. Its money is the sum of its statements unless something else was written. */
export function toPayment(view: PayrollView, entry: Entry): Payment {
  const { id, run, edits } = entry;
  const seats = view.seats(entry);
  const plan = run ? planned(view, run, seats) : edits?.added?.payment;
  return {
    id,
    pay_period: plan?.pay_period ?? null,
    pay_date: plan?.pay_date ?? null,
    debit_date: plan?.debit_date ?? null,
    ...toMoney(sumsOf(view, entry, seats)),
    individual_ids: peopleOn(view, seats, edits !== null),
    pay_group_ids: plan?.pay_group_ids ?? null,
    pay_frequencies: plan?.pay_frequencies ?? null,
    ...edits?.change,
  };
}
