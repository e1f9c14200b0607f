import { grossOf, deductedOf, sumOf, type Figures } from "@/sandbox/payroll/figures";
import { employeeTaxes, employerTaxes } from "@/sandbox/payroll/lines";
import type { Payment, PayStatement } from "@/sandbox/payroll/records";
import { currency } from "@/sandbox/payroll/statement";

/** What a payment says about all its statements, in cents. */
export interface Sums {
  gross: number;
  net: number;
  employeeTaxes: number;
  employerTaxes: number;
}

export const noSums = (): Sums => ({ gross: 0, net: 0, employeeTaxes: 0, employerTaxes: 0 });

export function addSums(into: Sums, sums: Sums): void {
  into.gross += sums.gross;
  into.net += sums.net;
  into.employeeTaxes += sums.employeeTaxes;
  into.employerTaxes += sums.employerTaxes;
}

/** Of figures; deductions of enrollments are not among them. */
export function sumsOfFigures(figures: Figures, enrolledCents = 0): Sums {
  const gross = grossOf(figures);
  const taxes = sumOf(figures, employeeTaxes.from, employeeTaxes.to);
  return {
    gross,
    net: gross - taxes - deductedOf(figures) - enrolledCents,
    employeeTaxes: taxes,
    employerTaxes: sumOf(figures, employerTaxes.from, employerTaxes.to),
  };
}

/** Of a statement as it is written; what it does not say counts as nothing. */
export function sumsOfStatement(statement: PayStatement): Sums {
  const sums = noSums();
  sums.gross = statement.gross_pay?.amount ?? 0;
  sums.net = statement.net_pay?.amount ?? 0;
  for (const tax of statement.taxes ?? []) {
    if (tax.employer === true) sums.employerTaxes += tax.amount ?? 0;
    else if (tax.employer === false) sums.employeeTaxes += tax.amount ?? 0;
  }
  return sums;
}

type Money = "company_debit" | "gross_pay" | "net_pay" | "employer_taxes" | "employee_taxes";

/** The money of a payment: the company is debited for net pay and all taxes. */
export function toMoney(sums: Sums, code = currency): Pick<Payment, Money> {
  const money = (cents: number) => ({ amount: cents, currency: code });
  return {
    company_debit: money(sums.net + sums.employeeTaxes + sums.employerTaxes),
    gross_pay: money(sums.gross),
    net_pay: money(sums.net),
    employer_taxes: money(sums.employerTaxes),
    employee_taxes: money(sums.employeeTaxes),
  };
}
