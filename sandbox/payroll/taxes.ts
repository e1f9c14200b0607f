import { z } from "zod";
import data from "@/sandbox/data/payroll-taxes.json";

/** Figures of cents, rates of basis points. Simplified where nobody is hurt: one year's brackets for all. */
const Rate = z.object({ name: z.string(), rate: z.number() });
const State = z.object({
  income: Rate.optional(),
  insurance: Rate.optional(),
  local: Rate.optional(),
  localEmployer: Rate.optional(),
  unemployment: Rate.optional(),
});
const Brackets = z.array(z.tuple([z.number(), z.number()]));
const Taxes = z.object({
  socialSecurityBase: z.record(z.string(), z.number()),
  federal: z.object({
    standardDeduction: z.object({ single: z.number(), married: z.number() }),
    brackets: z.object({ single: Brackets, married: Brackets }),
  }),
  states: z.record(z.string(), State),
});

const taxes = Taxes.parse(data);
const noTaxes: z.infer<typeof State> = {};
const bases = Object.entries(taxes.socialSecurityBase).map(([year, cents]) => [Number(year), cents] as const);
const baseByYear = new Map(bases);
const latestBase = bases.at(-1)?.[1] ?? 0;

const taxesByState = new Map(Object.entries(taxes.states));

/** The taxes of a state; where the sandbox knows none there are only federal ones. */
export const stateTaxes = (state: string): z.infer<typeof State> => taxesByState.get(state) ?? noTaxes;

/** Wages above are free of social security tax; a year that is not known yet has the latest base. */
export const socialSecurityBase = (year: number): number => baseByYear.get(year) ?? latestBase;

export const socialSecurityRate = 620;
export const medicareRate = 145;
/** Employees alone pay it, on wages above the threshold. Source: IRS, Additional Medicare Tax. */
export const additionalMedicare = { rate: 90, threshold: 20_000_000 };
/** Employers pay unemployment insurance on the first wages of a year; the federal base stands for the states'. */
export const unemploymentBase = 700_000;
export const federalUnemploymentRate = 60;
export const supplementalRate = 2200;

export const share = (cents: number, basisPoints: number): number =>
  Math.round((cents * basisPoints) / 10_000);

/** Federal income tax of a pay, as if all pays of the year were the same. */
export function federalIncomeTax(wages: number, paysPerYear: number, married: boolean): number {
  const filing = married ? "married" : "single";
  const taxable = wages * paysPerYear - taxes.federal.standardDeduction[filing];
  if (taxable <= 0) return 0;
  const brackets = taxes.federal.brackets[filing];
  let total = 0;
  for (let place = 0; place < brackets.length; place++) {
    const bracket = brackets[place];
    if (!bracket || taxable <= bracket[0]) break;
    const upTo = Math.min(taxable, brackets[place + 1]?.[0] ?? taxable);
    total += ((upTo - bracket[0]) * bracket[1]) / 10_000;
  }
  return Math.round(total / paysPerYear);
}
