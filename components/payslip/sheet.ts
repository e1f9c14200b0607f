import type {
  GroupKey,
  PayslipLine,
  PayslipView,
  YearAmount,
} from "@/lib/domain/payroll/statements/payslip-view";
import type { Counterpart } from "@/lib/domain/payroll/statements/reversals";
import { formatDate, formatLongDate } from "@/lib/format/dates";
import { currencyKey, formatMoney } from "@/lib/format/money";
import { checksOf, type SheetCheck } from "./sheet-checks";
import { notesOf, type SheetNote } from "./sheet-notes";
import { groupWords, methodLabel, stepWords, typeLabel } from "./payslip-words";

/**
 * A payslip as texts: page, paper and PDF show this and nothing else of a statement's values, so that they cannot
 * differ. Null is what the provider gave as nothing.
 */
export interface SheetLine {
  key: string;
  label: string;
  /** Finch's type, and what is known of it. */
  sub: string;
  hours: string | null;
  /** Null where Finch gave no amount. */
  amount: string | null;
  /** Null where the statement is undated. */
  year: string | null;
  isOnSlip: boolean;
  mark: { text: string; counterpart: Counterpart } | null;
}

export interface SheetTotal {
  label: string;
  amount: string;
  year: string | null;
}

export interface SheetGroup {
  key: GroupKey;
  title: string;
  note: string | null;
  lines: SheetLine[];
  totals: SheetTotal[];
}

export interface SheetFact {
  term: string;
  value: string | null;
}

export interface Sheet {
  name: string;
  payDate: string;
  subtitle: string;
  /** What all amounts are in; null where there are several, and each says its own. */
  currency: string | null;
  groups: SheetGroup[];
  /** Lists that Finch gave empty, or as null. */
  absent: { title: string; isNull: boolean }[];
  running: { label: string; amount: string; running: string; isNet: boolean }[];
  /** In large figures: gross, what is taken, net. */
  equation: { label: string; sign: "" | "−" | "+" | "="; amount: bigint | null; currency: string | null }[];
  facts: SheetFact[];
  yearTotals: SheetTotal[];
  checks: SheetCheck[];
  notes: SheetNote[];
}

/** Who it is, or why that is not said. */
export const personLabel = ({ name, isHidden }: PayslipView["person"]): string =>
  name ?? (isHidden ? "Name hidden" : "Unnamed person");

/** @param view amounts in minor units, days as ISO days */
export function toSheet(view: PayslipView): Sheet {
  const money = moneyOf(view);
  const { person, payDate } = view;
  return {
    name: personLabel(person),
    payDate: payDate === null ? "No pay date" : formatLongDate(payDate),
    subtitle: `${subtitleOf(view)}${money.shared ? ` All amounts in ${money.shared}.` : ""}`,
    currency: money.shared,
    groups: view.groups.map(({ key, lines, totals }) => ({
      key,
      title: groupWords[key].title,
      note: groupWords[key].note?.(view.provider) ?? null,
      lines: lines.map((line) => toLine(view, line, money)),
      totals: totals.map((total) => ({
        label: groupWords[key].total,
        amount: money.sum(total, total.currency),
        year: total.year ? money.sum(total.year, total.currency) : null,
      })),
    })),
    absent: absentOf(view),
    running: runningOf(view, money),
    equation: equationOf(view),
    facts: factsOf(view),
    yearTotals: yearTotalsOf(view, money),
    checks: checksOf(view),
    notes: notesOf(view),
  };
}

interface SheetMoney {
  shared: string | null;
  amount: (cents: bigint, currency: string | null) => string;
  /** A sum that lacks parts says so. */
  sum: (sum: YearAmount, currency: string | null) => string;
}

/** Amounts go without a symbol where all of them are in one currency. */
function moneyOf({ gross, net, groups }: PayslipView): SheetMoney {
  const given = [gross, net].filter(({ amountCents }) => amountCents !== null);
  const lines = groups.flatMap((group) => group.lines);
  const currencies = new Set([...given, ...lines].map(({ currency }) => currencyKey(currency)));
  const [only = ""] = currencies;
  const shared = currencies.size > 1 ? null : only.toUpperCase() || "a currency that is not given";
  const symbol = shared === null;
  return {
    shared,
    amount: (cents, currency) => formatMoney(cents, currency, { symbol }),
    sum: ({ amountCents, missing }, currency) =>
      formatMoney(amountCents, currency, { symbol, atLeast: missing > 0 }),
  };
}

function subtitleOf({ periodStart, periodEnd, person, employer }: PayslipView): string {
  const period =
    periodStart && periodEnd
      ? `Pay statement for ${formatDate(periodStart)} to ${formatDate(periodEnd)}.`
      : "Pay statement.";
  const work = [person.title, person.department].filter(Boolean).join(", ");
  return `${period} ${work ? `${work}, ` : ""}${employer.name.replace(/\.$/, "")}.`;
}

function toLine(view: PayslipView, line: PayslipLine, money: SheetMoney): SheetLine {
  const { key, name, type, currency, hours, amountCents, isOnSlip, year, counterpart } = line;
  return {
    ...{ key, hours, isOnSlip },
    label: name ?? "Unnamed line",
    sub: type ?? "no type",
    amount: isOnSlip ? (amountCents === null ? null : money.amount(amountCents, currency)) : "–",
    year: year === null ? null : year === "above" ? "as above" : money.sum(year, currency),
    mark: counterpart ? { text: markText(view, counterpart), counterpart } : null,
  };
}

function markText({ id }: PayslipView, { role, statementId, payDate, closedYear }: Counterpart): string {
  const where =
    statementId === id
      ? "on this statement"
      : payDate
        ? `on ${formatDate(payDate)}`
        : "on an undated statement";
  const words = role === "reverses" ? `Takes back the same line ${where}` : `Taken back ${where}`;
  return closedYear === null ? words : `${words}; ${closedYear} is closed: may need a W-2c`;
}

function absentOf({ lists }: PayslipView): Sheet["absent"] {
  const titles = {
    earning: "Earnings",
    tax: "Taxes",
    deduction: "Deductions",
    contribution: "Employer contributions",
  } as const;
  return (["earning", "tax", "deduction", "contribution"] as const).flatMap((category) =>
    lists[category] === "given" ? [] : [{ title: titles[category], isNull: lists[category] === "null" }],
  );
}

function runningOf({ grossToNet, provider }: PayslipView, money: SheetMoney): Sheet["running"] {
  if (!grossToNet) return [];
  const { currency, steps, netCents } = grossToNet;
  const rows = steps.map(({ kind, amountCents, runningCents, missing }) => ({
    label: `${stepWords[kind](provider)}${missing > 0 ? `, ${missing} without an amount` : ""}`,
    amount: money.amount(amountCents, currency),
    running: money.amount(runningCents, currency),
    isNet: false,
  }));
  if (netCents === null) return rows;
  const net = money.amount(netCents, currency);
  return [...rows, { label: "Net pay", amount: net, running: net, isNet: true }];
}

function equationOf({ grossToNet, gross, net, paymentMethod }: PayslipView): Sheet["equation"] {
  const by = paymentMethod ? `, by ${methodLabel(paymentMethod).toLowerCase()}` : "";
  const end = { label: `Net pay${by}`, sign: "=" as const, amount: net.amountCents, currency: net.currency };
  const start = { label: "Gross", sign: "" as const, amount: gross.amountCents, currency: gross.currency };
  if (!grossToNet || gross.amountCents === null) return [start, { ...end, sign: "" }];
  const part = (label: string, ...kinds: string[]) => {
    const those = grossToNet.steps.filter(({ kind }) => kinds.includes(kind));
    const amount = those.reduce((sum, { amountCents }) => sum + amountCents, 0n);
    if (those.length === 0) return [];
    const sign = amount > 0n ? ("+" as const) : ("−" as const);
    return [{ label, sign, amount: amount < 0n ? -amount : amount, currency: grossToNet.currency }];
  };
  return [
    start,
    ...part("Taxes", "taxes", "unknown_taxes"),
    ...part("Deductions", "pre_tax", "post_tax", "unknown_deductions"),
    ...part("Reimbursements", "reimbursements"),
    ...part("Not explained", "difference"),
    end,
  ];
}

function factsOf(view: PayslipView): SheetFact[] {
  const { employer, periodStart, periodEnd, payment } = view;
  const day = (value: string | null) => (value === null ? null : formatDate(value));
  const period = periodStart && periodEnd ? `${formatDate(periodStart)} – ${formatDate(periodEnd)}` : null;
  return [
    { term: "Employer", value: employer.legalName ?? employer.name },
    ...(employer.ein ? [{ term: "EIN", value: employer.ein }] : []),
    { term: "Pay date", value: day(view.payDate) },
    { term: "Period", value: period },
    ...(payment ? [{ term: "Debit date", value: day(payment.debitDate) }] : []),
    { term: "Method", value: view.paymentMethod && methodLabel(view.paymentMethod) },
    { term: "Type", value: view.type && typeLabel(view.type) },
    { term: "Hours", value: view.totalHours },
  ];
}

/** Gross and net of the year, one of each currency that the statement has. */
function yearTotalsOf({ year, gross, net }: PayslipView, money: SheetMoney): SheetTotal[] {
  if (!year) return [];
  const row = (label: string, sums: typeof year.gross, total: PayslipView["gross"]) => {
    const sum = sums.get(currencyKey(total.currency));
    if (!sum) return [];
    const amount = total.amountCents === null ? "none" : money.amount(total.amountCents, total.currency);
    return [{ label, amount, year: money.sum(sum, total.currency) }];
  };
  return [...row("Gross pay", year.gross, gross), ...row("Net pay", year.net, net)];
}
