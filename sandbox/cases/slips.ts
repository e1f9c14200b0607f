import type { Ground } from "@/sandbox/cases/seedbed";
import type { Payment, PayStatement } from "@/sandbox/payroll";
import { dayOf } from "@/sandbox/payroll/calendar";

type Earning = NonNullable<NonNullable<PayStatement["earnings"]>[number]>;
type Deduction = NonNullable<NonNullable<PayStatement["employee_deductions"]>[number]>;

export const earning = (name: string, type: Earning["type"], amount: number): Earning => ({
  name,
  type,
  amount,
  currency: "usd",
  hours: null,
});

export const deduction = (
  name: string,
  type: Deduction["type"],
  amount: number,
  preTax: boolean | null,
): Deduction => ({ name, type, amount, currency: "usd", pre_tax: preTax });

const moved = (money: PayStatement["net_pay"], cents: number): PayStatement["net_pay"] =>
  money && money.amount !== null ? { ...money, amount: money.amount + cents } : money;

const sum = (lines: readonly { amount: number | null }[]) =>
  lines.reduce((total, line) => total + (line.amount ?? 0), 0);

interface Lines {
  earnings?: Earning[];
  deductions?: Deduction[];
}

/** A statement with more lines, whose gross and net still add up. Cents. */
export function withLines(slip: PayStatement, { earnings = [], deductions = [] }: Lines) {
  return {
    earnings: [...(slip.earnings ?? []), ...earnings],
    employee_deductions: [...(slip.employee_deductions ?? []), ...deductions],
    gross_pay: moved(slip.gross_pay, sum(earnings)),
    net_pay: moved(slip.net_pay, sum(earnings) - sum(deductions)),
  };
}

/** The statement without its deductions of a type, and with others in their place. */
export function replaceDeductions(
  slip: PayStatement,
  type: Deduction["type"],
  lines: Deduction[],
): ReturnType<typeof withLines> {
  const all = slip.employee_deductions ?? [];
  const kept = all.filter((line) => line.type !== type);
  const freed = sum(all) - sum(kept);
  return withLines(
    { ...slip, employee_deductions: kept, net_pay: moved(slip.net_pay, freed) },
    { deductions: lines },
  );
}

/** Year of the sandbox's clock, moved by some years. */
export const yearOf = (ground: Ground, move = 0): number => Number(ground.today.slice(0, 4)) + move;

/** Days of a period; off-cycle runs are of one day, or of a month and more. */
function lengthOf({ pay_period: period }: Payment): number {
  return (dayOf(period?.end_date) ?? 0) - (dayOf(period?.start_date) ?? 0) + 1;
}

/** Regular runs of a pay group that were paid since last year began, oldest first. */
export function runsOf(ground: Ground, group: string): Payment[] {
  const id = ground.payroll.payGroups().find(({ name }) => name === group)?.id ?? "";
  const since = `${yearOf(ground, -1)}-01-01`;
  return ground.payroll
    .payments(since, ground.today)
    .filter((run) => run.pay_group_ids?.[0] === id && lengthOf(run) > 1 && lengthOf(run) < 17);
}

export interface Slip {
  payment_id: string;
  individual_id: string;
}

/** A statement of a salaried run of last year; each case takes a run of its own. */
export function slipOf(ground: Ground, run: number, seat = 0): Slip {
  const payment = runsOf(ground, "Salaried")[run];
  const individual_id = payment?.individual_ids?.[seat];
  if (!payment || individual_id === undefined)
    throw new Error(`there is no salaried run ${run} with seat ${seat}`);
  return { payment_id: payment.id, individual_id };
}
