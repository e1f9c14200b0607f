import type { CheckedFigure, StatementSumRow } from "@/db/repositories/payroll-payment-checks";
import type { Amount, PaymentAmounts } from "./to-payment-view";

/** A payment's own totals against the sums of its statements. Pure; nothing is added across currencies. */

export type CheckVerdict =
  /** The sums are those of the payment. */
  | "equal"
  /** They are, once taxes whose side Finch does not say are counted here (DOMAIN 1.1). */
  | "equal_with_unknown"
  | "differs"
  /** Statements or amounts of them are missing: a difference says nothing yet. */
  | "incomplete"
  /** Finch gave no total of its own. */
  | "no_total";

export interface FigureCheck {
  figure: Exclude<CheckedFigure, "unknownTaxes">;
  own: Amount | null;
  /** In the currency of the payment's own total; null where no statement is here. */
  statementsCents: bigint | null;
  currency: string | null;
  /** Own total less statements, in the minor unit; null where one of them is missing. */
  differenceCents: bigint | null;
  verdict: CheckVerdict;
  /** Statements or lines without an amount. */
  missing: number;
  /** Sums in other currencies than the total's. */
  others: { currency: string; cents: bigint }[];
}

interface CheckFacts {
  amounts: Pick<PaymentAmounts, "gross" | "net" | "employeeTaxes" | "employerTaxes">;
  sums: readonly StatementSumRow[];
  /** All statements of the payment are here. */
  complete: boolean;
}

const checked = ["gross", "net", "employeeTaxes", "employerTaxes"] as const;

/** Compares each total of a payment that its statements can add up to. What the company is debited is none of them. */
export function checkFigures({ amounts, sums, complete }: CheckFacts): FigureCheck[] {
  const anything = sums.length > 0;
  return checked.map((figure): FigureCheck => {
    const own = amounts[figure];
    const these = sums.filter((row) => row.figure === figure);
    const currency = own ? (own.currency ?? "").toLowerCase() : (largest(these)?.currency ?? null);
    const sum = these.find((row) => row.currency === currency);
    const cents = anything ? (sum?.cents ?? 0n) : null;
    const missing = these.reduce((count, row) => count + row.missing, 0);
    const differenceCents = own && cents !== null ? own.amountCents - cents : null;
    const isTax = figure === "employeeTaxes" || figure === "employerTaxes";
    const unknown = isTax
      ? sums.find((row) => row.figure === "unknownTaxes" && row.currency === currency)
      : null;
    return {
      figure,
      own,
      statementsCents: cents,
      currency: own?.currency ?? currency,
      differenceCents,
      verdict: verdictOf({ own, differenceCents, missing, complete, unknownCents: unknown?.cents ?? 0n }),
      missing,
      others: these
        .filter((row) => row.currency !== currency)
        .map((row) => ({ currency: row.currency, cents: row.cents })),
    };
  });
}

function largest(rows: readonly StatementSumRow[]): StatementSumRow | undefined {
  return [...rows].sort((a, b) => (b.cents > a.cents ? 1 : -1))[0];
}

interface VerdictFacts {
  own: Amount | null;
  differenceCents: bigint | null;
  missing: number;
  complete: boolean;
  unknownCents: bigint;
}

function verdictOf({ own, differenceCents, missing, complete, unknownCents }: VerdictFacts): CheckVerdict {
  if (!own) return "no_total";
  if (differenceCents === null || !complete) return "incomplete";
  if (differenceCents === 0n) return "equal";
  if (unknownCents !== 0n && differenceCents === unknownCents) return "equal_with_unknown";
  return missing > 0 ? "incomplete" : "differs";
}
