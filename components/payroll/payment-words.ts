import type { StatusLook } from "@/components/ui/status-chip";
import type { StatementState } from "@/lib/domain/payroll/payments/payments-query";
import type { PaymentView } from "@/lib/domain/payroll/payments/to-payment-view";
import { formatDate } from "@/lib/format/dates";
import { enumLabel } from "@/lib/format/enums";
import { formatCount, formatNumber } from "@/lib/format/money";

/** Payments in words. */

export const stateLooks: Record<StatementState, StatusLook> = {
  complete: { tone: "healthy", shape: "check", label: "Complete" },
  pending: { tone: "waiting", shape: "hourglass", label: "Finch is fetching" },
  unread: { tone: "waiting", shape: "ring", label: "Not read yet" },
  partial: { tone: "attention", shape: "clock", label: "Partly read" },
  failed: { tone: "failing", shape: "octagon", label: "Error at Finch" },
  held: { tone: "attention", shape: "triangle", label: "Held, came empty" },
};

export const stateMeans: Record<StatementState, string> = {
  complete: "Every statement that Finch has of this payment is here.",
  pending:
    "Finch answered 202 for this payment: it is still fetching its statements from the provider. A later sync reads them.",
  unread: "The payment is known; a sync has not asked for its statements yet.",
  partial: "The payment changed while its statements were read. The next sync reads them again.",
  failed: "Finch answered with an error instead of the statements. Each sync asks again.",
  held: "Finch suddenly gave no statements where there were some. Those that were read stay until somebody accepts that they are gone.",
};

/** "Oct 18 – Oct 31, 2026", with both years where they differ. */
export function periodWords(start: string | null, end: string | null): string | null {
  if (!start && !end) return null;
  if (!start || !end) return start ? `from ${formatDate(start)}` : `to ${formatDate(end ?? "")}`;
  const first = formatDate(start);
  const year = `, ${end.slice(0, 4)}`;
  return `${first.endsWith(year) ? first.slice(0, -year.length) : first} – ${formatDate(end)}`;
}

/** "Nov 6" where the year stands above, else with it. */
export function shortDay(day: string, year: number | "all"): string {
  const text = formatDate(day);
  return text.endsWith(`, ${year}`) ? text.slice(0, -6) : text;
}

const listWords = (names: readonly string[]) =>
  names.length <= 2 ? names.join(" and ") : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;

/** The names of a payment's pay groups; null where Finch names none. */
export function groupWords({ groups }: Pick<PaymentView, "groups">): string | null {
  if (!groups || groups.length === 0) return null;
  return listWords(groups.map(({ name }) => name ?? "unnamed group"));
}

export function frequencyWords(frequencies: readonly string[] | null): string | null {
  if (!frequencies || frequencies.length === 0) return null;
  const words = [...new Set(frequencies)].map((each) => enumLabel("payFrequency", each));
  return words.length > 1 ? `${words.join(" or ")} (ambiguous)` : (words[0] ?? null);
}

/** "211 of 214 people" while some are missing, else the number of statements. */
export function statementsWords({ state, statements, people }: PaymentView): string {
  if (state === "complete") return formatCount(statements, "statement");
  if (people === null) return `${formatCount(statements, "person", "people")} here`;
  return `${formatNumber(statements)} of ${formatCount(people, "person", "people")}`;
}

/** A change with its sign: plus, minus, or nothing at all. */
export const signed = (text: string, value: bigint): string => (value > 0n ? `+${text}` : text);

/** "USD"; what has none is said to have none. */
export const currencyName = (currency: string | null): string =>
  currency ? currency.toUpperCase() : "no currency given";

/** A payment's own name: its date and what it is. */
export function paymentTitle({ payDate, kind }: Pick<PaymentView, "payDate" | "kind">): string {
  const what = kind === "off_cycle" ? "Off-cycle payment" : "Payment";
  return payDate ? `${what} of ${formatDate(payDate)}` : `${what} without a pay date`;
}
