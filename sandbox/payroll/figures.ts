import { amountSlots, earningSlots, figureCount, hoursAt, slot } from "@/sandbox/payroll/lines";

/**
 * The figures of one statement, or their sums: cents by `slot`, and hours. One array of numbers,
 * because the totals of a payment of 25,000 people need 25,000 of them: nothing is allocated for each.
 */
export type Figures = Float64Array;
export const newFigures = (): Figures => new Float64Array(figureCount);

/** Adds an amount (cents) and hours to a line. */
export function put(figures: Figures, at: number, cents: number, hours = 0): void {
  figures[at] = (figures[at] ?? 0) + cents;
  if (at < earningSlots) figures[hoursAt + at] = (figures[hoursAt + at] ?? 0) + hours;
}

/** The sum of lines from one place to before another. */
export function sumOf(figures: Figures, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += figures[at] ?? 0;
  return sum;
}

export const grossOf = (figures: Figures): number => sumOf(figures, 0, earningSlots);
export const deductedOf = (figures: Figures): number => sumOf(figures, slot.deductions, slot.contributions);

/** What deductions in percent are of, and what is taxed: earnings without what was spent for the employer. */
export const eligibleOf = (figures: Figures): number => grossOf(figures) - (figures[slot.reimbursement] ?? 0);

/** No more than half of a pay is deducted, so that taxes always leave something. */
export const availableOf = (figures: Figures): number => Math.floor(eligibleOf(figures) / 2);

export function addFigures(into: Figures, figures: Figures, sign: 1 | -1 = 1): void {
  for (let at = 0; at < amountSlots; at++) into[at] = (into[at] ?? 0) + sign * (figures[at] ?? 0);
}
