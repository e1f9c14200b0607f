import { isPreTax } from "@/sandbox/benefits/amounts";
import type { Figures } from "@/sandbox/payroll/figures";
import { earningLines, nameOf, otherDeductions, slot, taxLines } from "@/sandbox/payroll/lines";
import { currency, toStatement } from "@/sandbox/payroll/statement";
import { sumsOfFigures } from "@/sandbox/payroll/sums";
import type { Entry, PayrollView } from "@/sandbox/payroll/view";
import { standingBenefits } from "@/sandbox/seed/coverage";
import type { Category, PayStatement } from "@/sandbox/payroll/records";

/** An entry of a payment's ledger, in Finch's shape. */
export interface LedgerEntry {
  type: string;
  account_type: string | null;
  account_description: string | null;
  debit: { amount: number; currency: string | null };
  credit: { amount: number; currency: string | null };
}

const earningTypes = new Map(
  Object.entries({
    salary: "regular_wages",
    wage: "regular_wages",
    overtime: "overtime_wages",
    double_overtime: "overtime_wages",
    bonus: "bonus_wages",
    pto: "paid_leave_wages",
    sick: "paid_leave_wages",
    severance: "severance_wages",
    reimbursement: "expense_reimbursement",
    "1099": "contractor_payment",
  }),
);

const unemployment = /unemployment/i;
const leave = /sdi|disability|leave|famli/i;
const workersComp = /workers/i;

function employerTaxType(type: string | null, name: string | null): string {
  if (type === "fica") return "employer_tax_fica";
  if (unemployment.test(name ?? "")) return "employer_tax_unemployment";
  if (leave.test(name ?? "")) return "employer_tax_disability_leave";
  if (workersComp.test(name ?? "")) return "employer_tax_workers_comp";
  return type === "local" ? "employer_tax_local" : "employer_tax_other";
}

function employeeTaxType(type: string | null, name: string | null): string {
  if (type === "fica") return "employee_tax_fica";
  return leave.test(name ?? "") || type === null ? "employee_tax_other" : "employee_tax_income";
}

/** What a benefit is called at the end of the ledger's types; the fallback where it is not known. */
function benefitKind(type: string | null): string | null {
  if (type?.startsWith("401k")) return "retirement_401k";
  if (type?.startsWith("403b")) return "retirement_403b";
  if (type?.startsWith("457")) return "retirement_457";
  if (type === "s125_medical") return "medical";
  return type === "s125_dental" ? "dental" : type === "s125_vision" ? "vision" : null;
}

function contributionType(type: string | null): string {
  const kind = benefitKind(type);
  if (kind) return `employer_contribution_${kind}`;
  if (type?.startsWith("simple")) return "employer_contribution_retirement";
  return type?.startsWith("hsa") || type === "fsa_medical"
    ? "employer_contribution_health"
    : "employer_contribution_other";
}

const garnishment = /garnish|child support|levy/i;

function deductionType(preTax: boolean | null, name: string | null): string {
  if (preTax === true) return "pretax_deduction";
  return garnishment.test(name ?? "") ? "garnishment" : "posttax_deduction";
}

/** `regular_wages` as providers write it: `RegularWages` and "Regular Wages". */
const words = (type: string): string[] =>
  type.split("_").map((word) => word.charAt(0).toUpperCase() + word.slice(1));

/** The ledger of a payment: sums of its statements' lines, each debit with the credits that pay for it. */
export class Ledger {
  private readonly sums = new Map<
    string,
    { type: string; currency: string | null; debit: number; credit: number }
  >();

  private put(type: string, currency: string | null, side: "debit" | "credit", cents: number): void {
    if (cents === 0) return;
    const key = `${type}/${currency}`;
    let sum = this.sums.get(key);
    if (!sum) this.sums.set(key, (sum = { type, currency, debit: 0, credit: 0 }));
    sum[side] += cents;
  }

  /** Adds so much of a line. What the employer gives is an expense and a debt at the same time. */
  addLine(
    category: Category,
    line: { type: string | null; name: string | null; preTax?: boolean | null; employer?: boolean | null },
    cents: number,
    currency: string | null,
  ): void {
    const { type, name } = line;
    switch (category) {
      case "earnings":
        return this.put(earningTypes.get(type ?? "") ?? "other_earnings", currency, "debit", cents);
      case "taxes":
        if (line.employer !== true) return this.put(employeeTaxType(type, name), currency, "credit", cents);
        this.put(employerTaxType(type, name), currency, "debit", cents);
        return this.put("tax_liability_accrual", currency, "credit", cents);
      case "employee_deductions":
        return this.put(deductionType(line.preTax ?? null, name), currency, "credit", cents);
      case "employer_contributions": {
        this.put(contributionType(type), currency, "debit", cents);
        const kind = benefitKind(type);
        return this.put(kind ? `benefit_liability_${kind}` : "benefit_liability", currency, "credit", cents);
      }
    }
  }

  addNet(cents: number, currency: string | null): void {
    this.put("cash_debit_net_pay", currency, "credit", cents);
  }

  addStatement(statement: PayStatement): void {
    for (const line of statement.earnings ?? []) {
      if (line) this.addLine("earnings", line, line.amount ?? 0, line.currency);
    }
    for (const line of statement.taxes ?? []) this.addLine("taxes", line, line.amount ?? 0, line.currency);
    for (const line of statement.employee_deductions ?? []) {
      this.addLine("employee_deductions", { ...line, preTax: line.pre_tax }, line.amount ?? 0, line.currency);
    }
    for (const line of statement.employer_contributions ?? []) {
      this.addLine("employer_contributions", line, line.amount ?? 0, line.currency);
    }
    const net = statement.net_pay;
    this.addNet(net?.amount ?? 0, net?.currency ?? null);
  }

  /** Debits first, as a book-keeper writes them. */
  entries(): LedgerEntry[] {
    const sums = [...this.sums.values()].sort((a, b) => Number(b.debit > 0) - Number(a.debit > 0));
    return sums.map(({ type, currency, debit, credit }) => ({
      type,
      account_type: words(type).join(""),
      account_description: words(type).join(" "),
      debit: { amount: debit, currency },
      credit: { amount: credit, currency },
    }));
  }
}

// New York has every kind of tax, so its names stand for all states' when sums are put into accounts.
const anyState = "NY";

function addFigures(ledger: Ledger, figures: Figures): void {
  for (const line of [...earningLines, ...taxLines, ...otherDeductions]) {
    const name = nameOf(line, anyState);
    ledger.addLine(line.category, { ...line, name }, figures[line.slot] ?? 0, currency);
  }
  for (const [place, { type, name }] of standingBenefits.entries()) {
    const preTax = isPreTax(type);
    ledger.addLine(
      "employee_deductions",
      { type, name, preTax },
      figures[slot.deductions + place] ?? 0,
      currency,
    );
    ledger.addLine(
      "employer_contributions",
      { type, name },
      figures[slot.contributions + place] ?? 0,
      currency,
    );
  }
  ledger.addNet(sumsOfFigures(figures).net, currency);
}

/** The ledger entries of a payment. */
export function ledgerOf(view: PayrollView, entry: Entry): LedgerEntry[] {
  const ledger = new Ledger();
  const { run } = entry;
  if (!run || entry.edits) {
    for (const seat of view.seats(entry)) {
      const statement = view.statementAt(seat, run);
      if (statement) ledger.addStatement(statement);
    }
    return ledger.entries();
  }
  const { figures, special } = view.generatedTotals(run);
  addFigures(ledger, figures);
  for (const { profile, figures: own, lines } of special) {
    ledger.addStatement(toStatement(profile, run, own, lines, view.names));
  }
  return ledger.entries();
}
