import { findBenefit, standingBenefitId } from "@/sandbox/benefits/catalog";
import type { EnrolledLines } from "@/sandbox/benefits/enrolled-lines";
import { isPreTax } from "@/sandbox/benefits/amounts";
import type { World } from "@/sandbox/call";
import { deductedOf, grossOf, sumOf, type Figures } from "@/sandbox/payroll/figures";
import {
  earningLines,
  earningSlots,
  employeeTaxes,
  hoursAt,
  nameOf,
  otherDeductions,
  slot,
  taxLines,
  type EarningType,
  type TaxType,
} from "@/sandbox/payroll/lines";
import type { PayProfile } from "@/sandbox/payroll/profile";
import type { PayStatement } from "@/sandbox/payroll/records";
import type { Run } from "@/sandbox/payroll/runs";
import type { Connection, Entity } from "@/sandbox/records";
import { standingBenefits } from "@/sandbox/seed/coverage";

export const currency = "usd";
export const money = (cents: number) => ({ amount: cents, currency });

/** What the company's standing deductions are called on payslips, by place. */
export type BenefitNames = readonly string[];

export function benefitNames(world: World, connection: Connection, entity: Entity): BenefitNames {
  return standingBenefits.map(({ type, name }) => {
    const benefit = findBenefit(world, connection, entity, standingBenefitId(connection, entity, type));
    return benefit?.description ?? name;
  });
}

type Earning = NonNullable<NonNullable<PayStatement["earnings"]>[number]>;
type Tax = NonNullable<PayStatement["taxes"]>[number];
type Deduction = NonNullable<PayStatement["employee_deductions"]>[number];
type Contribution = NonNullable<PayStatement["employer_contributions"]>[number];

function toEarnings(figures: Figures): Earning[] {
  const lines: Earning[] = [];
  for (const line of earningLines) {
    const amount = figures[line.slot] ?? 0;
    if (amount === 0) continue;
    const type = line.type as EarningType;
    const hours = figures[hoursAt + line.slot] ?? 0;
    lines.push({ type, name: nameOf(line, ""), amount, currency, hours: hours === 0 ? null : hours });
  }
  return lines;
}

function toTaxes(figures: Figures, state: string): Tax[] {
  const lines: Tax[] = [];
  for (const line of taxLines) {
    const amount = figures[line.slot] ?? 0;
    if (amount === 0) continue;
    const type = line.type as TaxType;
    lines.push({ type, name: nameOf(line, state), employer: line.employer, amount, currency });
  }
  return lines;
}

function toDeductions(figures: Figures, lines: EnrolledLines | null, names: BenefitNames): Deduction[] {
  const deductions: Deduction[] = (lines?.deductions ?? []).map((line) => ({
    name: line.name,
    amount: line.amountCents,
    currency,
    pre_tax: line.preTax,
    type: line.type,
  }));
  for (let place = 0; place < standingBenefits.length; place++) {
    const amount = figures[slot.deductions + place] ?? 0;
    const type = standingBenefits[place]?.type;
    if (amount === 0 || !type) continue;
    deductions.push({ name: names[place] ?? null, amount, currency, pre_tax: isPreTax(type), type });
  }
  for (const line of otherDeductions) {
    const amount = figures[line.slot] ?? 0;
    const type = line.type as NonNullable<Deduction["type"]>;
    if (amount > 0) deductions.push({ name: nameOf(line, ""), amount, currency, pre_tax: line.preTax, type });
  }
  return deductions;
}

function toContributions(figures: Figures, lines: EnrolledLines | null, names: BenefitNames): Contribution[] {
  const contributions: Contribution[] = (lines?.contributions ?? []).map((line) => ({
    name: line.name,
    amount: line.amountCents,
    currency,
    type: line.type,
  }));
  for (let place = 0; place < standingBenefits.length; place++) {
    const amount = figures[slot.contributions + place] ?? 0;
    const type = standingBenefits[place]?.type;
    if (amount > 0 && type) contributions.push({ name: names[place] ?? null, amount, currency, type });
  }
  return contributions;
}

const typeOf = (run: Run): PayStatement["type"] =>
  run.group ? "regular_payroll" : run.kind === "award" ? "one_time_payment" : "off_cycle_payroll";

/** The statement that figures stand for, in Finch's shape. */
export function toStatement(
  profile: PayProfile,
  run: Run,
  figures: Figures,
  lines: EnrolledLines | null,
  names: BenefitNames,
): PayStatement {
  const enrolled = (lines?.deductions ?? []).reduce((sum, line) => sum + line.amountCents, 0);
  const gross = grossOf(figures);
  const taxes = sumOf(figures, employeeTaxes.from, employeeTaxes.to);
  const hours = sumOf(figures, hoursAt, hoursAt + earningSlots);
  return {
    individual_id: profile.id,
    type: typeOf(run),
    payment_method: profile.check ? "check" : "direct_deposit",
    total_hours: hours === 0 ? null : Math.round(hours * 100) / 100,
    gross_pay: money(gross),
    net_pay: money(gross - taxes - deductedOf(figures) - enrolled),
    earnings: toEarnings(figures),
    taxes: toTaxes(figures, profile.state),
    employee_deductions: toDeductions(figures, lines, names),
    employer_contributions: toContributions(figures, lines, names),
  };
}
