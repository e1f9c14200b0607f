import { newFigures } from "@/sandbox/payroll/figures";
import { dateOf } from "@/sandbox/payroll/calendar";
import { amountSlots, nameOf, slot, taxLines } from "@/sandbox/payroll/lines";
import type { PayProfile } from "@/sandbox/payroll/profile";
import type { Category, LineName, PayStatement } from "@/sandbox/payroll/records";
import type { Run } from "@/sandbox/payroll/runs";
import { toStatement } from "@/sandbox/payroll/statement";
import type { Entry, PayrollView } from "@/sandbox/payroll/view";
import { standingBenefits } from "@/sandbox/seed/coverage";

/** Lines by what tells them apart, each with the latest pay date. */
class Seen {
  private readonly lines = new Map<string, LineName>();

  private note(
    category: Category,
    line: Omit<LineName, "category" | "lastSeen" | "name">,
    name: string | null,
    date: string | null,
  ) {
    if (name === null) return;
    const key = JSON.stringify([category, name, line.type, line.preTax, line.employer]);
    const known = this.lines.get(key);
    if (known && (date === null || (known.lastSeen !== null && known.lastSeen >= date))) return;
    this.lines.set(key, { category, name, ...line, lastSeen: date });
  }

  add(statement: PayStatement, date: string | null): void {
    const none = { preTax: null, employer: null };
    for (const line of statement.earnings ?? []) {
      if (line) this.note("earnings", { type: line.type, ...none }, line.name, date);
    }
    for (const { type, employer, name } of statement.taxes ?? []) {
      this.note("taxes", { type, preTax: null, employer }, name, date);
    }
    for (const { type, pre_tax: preTax, name } of statement.employee_deductions ?? []) {
      this.note("employee_deductions", { type, preTax, employer: null }, name, date);
    }
    for (const { type, name } of statement.employer_contributions ?? []) {
      this.note("employer_contributions", { type, ...none }, name, date);
    }
  }

  list(): LineName[] {
    const order = ["earnings", "taxes", "employee_deductions", "employer_contributions"];
    return [...this.lines.values()].sort(
      (a, b) => order.indexOf(a.category) - order.indexOf(b.category) || a.name.localeCompare(b.name),
    );
  }
}

const endOfTime = 1_000_000;

/** The places of lines that a person may have on a run of a kind; some of them may never occur. */
function mayHave(profile: PayProfile, regular: boolean): number[] {
  if (profile.contractor) return regular ? [slot.contract, slot.reimbursement] : [];
  const taxes = taxLines.filter((line) => nameOf(line, profile.state) !== null).map((line) => line.slot);
  if (!regular) return [slot.bonus, slot.correction, ...taxes];
  const at: number[] = [slot.pto, slot.sick, slot.reimbursement, ...taxes];
  if (profile.rates.some(({ unit }) => unit === "hour")) at.push(slot.wage);
  if (profile.rates.some(({ unit }) => unit !== "hour")) at.push(slot.salary);
  if (profile.overtime) at.push(slot.overtime, slot.doubleOvertime);
  if (profile.commission) at.push(slot.commission);
  if (profile.tips) at.push(slot.tips);
  if (profile.severanceWeeks > 0) at.push(slot.severance);
  for (const { place, election } of profile.elected) {
    at.push(slot.deductions + place);
    const match = standingBenefits[place]?.match ?? null;
    if (match ?? election.configuration.companyContribution) at.push(slot.contributions + place);
  }
  if (profile.loanCents > 0) at.push(slot.loan);
  if (profile.garnishmentCents > 0) at.push(slot.garnishment);
  return at;
}

/** Somebody with the lines to look for, and those that the state of this person has shown. */
interface Candidate {
  profile: PayProfile;
  lines: readonly number[];
  known: Uint8Array;
}

const isOpen = ({ lines, known }: Candidate): boolean => {
  for (const at of lines) if (known[at] === 0) return true;
  return false;
};

function candidatesOf(view: PayrollView, shown: Map<string, Uint8Array>, regular: boolean): Candidate[] {
  return view.base.profiles.map((profile) => {
    let known = shown.get(profile.state);
    if (!known) shown.set(profile.state, (known = new Uint8Array(amountSlots)));
    return { profile, lines: mayHave(profile, regular), known };
  });
}

/**
 * Generated statements, newest run first. Only people are computed who may have a line that their
 * state has not shown in a newer run, so that 25,000 people take no longer than a few hundred.
 */
function addGenerated(view: PayrollView, runs: readonly Run[], seen: Seen): void {
  const figures = newFigures();
  const shown = new Map<string, Uint8Array>();
  const open = { regular: candidatesOf(view, shown, true), others: candidatesOf(view, shown, false) };
  for (const run of runs) {
    const kind = run.group ? "regular" : "others";
    open[kind] = open[kind].filter(isOpen);
    for (const candidate of open[kind]) {
      const { profile, lines, known } = candidate;
      const payee = view.payees.special.get(profile.index);
      if (payee && run.pay > payee.since) continue;
      if (!isOpen(candidate) || !view.base.compute(profile, run, figures)) continue;
      const news = lines.filter((at) => known[at] === 0 && (figures[at] ?? 0) !== 0);
      if (news.length === 0) continue;
      for (const at of news) known[at] = 1;
      seen.add(toStatement(profile, run, figures, null, view.names), dateOf(run.pay));
    }
  }
}

function addSpecial(view: PayrollView, runs: readonly Run[], seen: Seen): void {
  for (const payee of [...view.payees.special.values(), ...view.payees.added]) {
    for (const run of runs) {
      if (run.pay <= payee.since) break;
      const statement = view.statementAt(payee, run);
      if (statement) seen.add(statement, dateOf(run.pay));
    }
  }
}

function addWritten(view: PayrollView, entries: readonly Entry[], seen: Seen): void {
  for (const entry of entries) {
    const date = view.payDateOf(entry);
    for (const statement of [...Object.values(entry.edits?.statements ?? {}), ...(entry.edits?.more ?? [])]) {
      if (statement) seen.add(statement, date);
    }
  }
}

/** The distinct lines of all statements that are seen, each with its last pay date. */
export function listLineNames(view: PayrollView): LineName[] {
  const entries = view.entries(0, endOfTime);
  const seen = new Seen();
  const runs = entries.flatMap(({ run }) => (run ? [run] : [])).sort((a, b) => b.pay - a.pay);
  addGenerated(view, runs, seen);
  addSpecial(view, runs, seen);
  addWritten(view, entries, seen);
  return seen.list();
}
