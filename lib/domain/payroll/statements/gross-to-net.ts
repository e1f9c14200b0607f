import {
  isEmployeeTax,
  isReimbursement,
  type Amount,
  type CountedLine,
  type NetIdentity,
} from "@/lib/domain/payroll/identities";
import { currencyKey } from "@/lib/format/money";

/** From gross to net as a running sum. Pure; minor units of one currency. */

export type StepKind =
  | "gross"
  /** Gross is not given: the sum of earnings stands in its place. */
  | "earnings"
  | "pre_tax"
  | "taxes"
  | "unknown_taxes"
  | "post_tax"
  | "unknown_deductions"
  | "reimbursements"
  /** What the lines do not explain. */
  | "difference";

export interface Step {
  kind: StepKind;
  /** Signed: what is taken away is negative. */
  amountCents: bigint;
  /** After this step. */
  runningCents: bigint;
  /** Lines of it that have no amount. */
  missing: number;
}

export interface GrossToNet {
  /** As Finch gave it. */
  currency: string | null;
  steps: Step[];
  /** Null where Finch gives no net pay, or one in another currency. */
  netCents: bigint | null;
}

export interface GrossToNetInput {
  gross: Amount | null;
  net: Amount | null;
  lines: readonly (CountedLine & { preTax: boolean | null })[];
  netIdentity: NetIdentity | null;
}

type Line = GrossToNetInput["lines"][number];

/** The steps; null where there is neither gross pay nor an earning to start from. */
export function grossToNet({ gross, net, lines, netIdentity }: GrossToNetInput): GrossToNet | null {
  const currency = gross?.currency ?? net?.currency ?? lines.find(isEarning)?.currency ?? null;
  const own = lines.filter((line) => currencyKey(line.currency) === currencyKey(currency));
  const start = gross?.amountCents ?? null;
  const earnings = own.filter(isEarning);
  if (start === null && earnings.length === 0) return null;
  const sums = new RunningSum();
  if (start !== null) sums.addAmount("gross", start);
  else sums.add("earnings", earnings, 1n);
  sums.add("pre_tax", own.filter(deductionsThatAre(true)), -1n);
  sums.add("taxes", own.filter(taxesThatAre(true)), -1n);
  const unknownIsEmployers = netIdentity?.endsWith("unknown_by_employer") ?? false;
  sums.add("unknown_taxes", own.filter(taxesThatAre(null)), unknownIsEmployers ? 0n : -1n);
  sums.add("post_tax", own.filter(deductionsThatAre(false)), -1n);
  sums.add("unknown_deductions", own.filter(deductionsThatAre(null)), -1n);
  if (netIdentity?.startsWith("plus")) sums.add("reimbursements", own.filter(isReimbursement), 1n);
  if (netIdentity?.startsWith("less")) sums.add("reimbursements", own.filter(isReimbursement), -1n);
  const netCents = net && currencyKey(net.currency) === currencyKey(currency) ? net.amountCents : null;
  const apart = netCents === null ? 0n : netCents - sums.total;
  if (apart !== 0n) sums.addAmount("difference", apart);
  return { currency, steps: sums.steps, netCents };
}

const isEarning = ({ category }: Line) => category === "earning";
const deductionsThatAre = (preTax: boolean | null) => (line: Line) =>
  line.category === "deduction" && line.preTax === preTax;
const taxesThatAre = (employees: boolean | null) => (line: Line) =>
  line.category === "tax" && isEmployeeTax(line) === employees;

class RunningSum {
  readonly steps: Step[] = [];
  total = 0n;

  /** Adds what some lines are together; nothing where there are none. */
  add(kind: StepKind, lines: readonly Line[], sign: bigint): void {
    if (lines.length === 0) return;
    const amount = lines.reduce((sum, { amountCents }) => sum + (amountCents ?? 0n), 0n);
    this.addAmount(kind, sign * amount, lines.filter(({ amountCents }) => amountCents === null).length);
  }

  addAmount(kind: StepKind, amountCents: bigint, missing = 0): void {
    this.total += amountCents;
    this.steps.push({ kind, amountCents, runningCents: this.total, missing });
  }
}
