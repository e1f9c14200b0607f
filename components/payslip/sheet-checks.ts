import type { PayslipLine, PayslipView } from "@/lib/domain/payroll/statements/payslip-view";
import { currencyKey, formatCount, formatMoney } from "@/lib/format/money";
import { grossWords, netWords } from "./payslip-words";

/** What was checked on a statement, and what is not known of it, in sentences. */
export interface SheetCheck {
  key: "gross" | "net" | "types" | "payers" | "treatment" | "amounts";
  tone: "healthy" | "attention" | "failing" | "neutral";
  text: string;
}

export function checksOf(view: PayslipView): SheetCheck[] {
  return [grossCheck(view), netCheck(view), ...unknownsOf(view)];
}

const onSlip = (view: PayslipView): PayslipLine[] =>
  view.groups.flatMap(({ lines }) => lines.filter(({ isOnSlip }) => isOnSlip));
const earningsOf = (view: PayslipView) =>
  (view.groups.find(({ key }) => key === "earnings")?.lines ?? []).filter(({ isOnSlip }) => isOnSlip);

function grossCheck(view: PayslipView): SheetCheck {
  const { gross, addingUp, provider, lists } = view;
  const identity = addingUp.grossIdentity;
  const key = "gross" as const;
  if (identity === "none") {
    const sum = earningsOf(view).reduce((total, { amountCents }) => total + (amountCents ?? 0n), 0n);
    const apart = (gross.amountCents ?? 0n) - sum;
    const text = `Earnings come to ${formatMoney(sum, gross.currency)} and gross pay is ${formatMoney(gross.amountCents ?? 0n, gross.currency)}: ${formatMoney(apart, gross.currency)} apart, with and without reimbursements and imputed items`;
    return { key, tone: "failing", text };
  }
  if (identity !== null) return { key, tone: "healthy", text: grossWords[identity] };
  const why =
    gross.amountCents === null
      ? `${provider} gives no gross pay`
      : lists.earning === "null"
        ? `${provider} gives no list of earnings`
        : whyNot(earningsOf(view), gross.currency);
  return { key, tone: "neutral", text: `Whether earnings add up to gross pay cannot be told: ${why}` };
}

function netCheck(view: PayslipView): SheetCheck {
  const { gross, net, addingUp, provider, lists, grossToNet } = view;
  const identity = addingUp.netIdentity;
  const key = "net" as const;
  if (identity === "none") {
    const apart = grossToNet?.steps.find(({ kind }) => kind === "difference")?.amountCents ?? 0n;
    const text = `Net pay is ${formatMoney(apart, net.currency)} apart from gross pay less taxes and deductions, with and without reimbursements`;
    return { key, tone: "failing", text };
  }
  if (identity !== null) return { key, tone: "healthy", text: netWords[identity] };
  const why =
    gross.amountCents === null
      ? `${provider} gives no gross pay`
      : net.amountCents === null
        ? `${provider} gives no net pay`
        : currencyKey(gross.currency) !== currencyKey(net.currency)
          ? "gross and net are in different currencies"
          : lists.tax === "null" || lists.deduction === "null"
            ? `${provider} gives no list of ${lists.tax === "null" ? "taxes" : "deductions"}`
            : whyNot(onSlip(view), net.currency);
  return { key, tone: "neutral", text: `Whether the lines lead to net pay cannot be told: ${why}` };
}

function whyNot(lines: readonly PayslipLine[], currency: string | null): string {
  const missing = lines.filter(({ amountCents }) => amountCents === null).length;
  if (missing > 0) return `${formatCount(missing, "line has", "lines have")} no amount`;
  const foreign = lines.filter((line) => currencyKey(line.currency) !== currencyKey(currency)).length;
  return `${formatCount(foreign, "line is", "lines are")} in another currency`;
}

function unknownsOf(view: PayslipView): SheetCheck[] {
  const lines = onSlip(view);
  const of = (key: string) =>
    (view.groups.find((group) => group.key === key)?.lines ?? []).filter(({ isOnSlip }) => isOnSlip);
  const check = (key: SheetCheck["key"], those: readonly PayslipLine[], means: string): SheetCheck[] =>
    those.length === 0 ? [] : [{ key, tone: "attention", text: `${namesOf(those)} ${means}` }];
  const { provider } = view;
  return [
    ...check(
      "amounts",
      lines.filter(({ amountCents }) => amountCents === null),
      `without an amount from ${provider}: in no sum`,
    ),
    ...check(
      "types",
      lines.filter(({ type }) => type === null),
      `without a type from ${provider}`,
    ),
    ...check("payers", of("unknown_taxes"), "without a payer: in the employee's taxes or in the employer's"),
    ...check("treatment", of("unknown_deductions"), "may come before or after tax"),
  ];
}

/** "Pet insurance", "Pet insurance and Dental", "4 lines". */
function namesOf(lines: readonly PayslipLine[]): string {
  const names = [...new Set(lines.map(({ name }) => name ?? "An unnamed line"))];
  return names.length <= 2 ? names.join(" and ") : formatCount(names.length, "line");
}
