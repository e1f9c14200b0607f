import type { Field } from "@/lib/domain/individuals/field";
import { currencyDigits } from "@/lib/format/money";
import type { CsvCell } from "./csv";

/** Values of views as cells of a file: typed numbers stay numbers, everything else is text. */

/** Minor units as a decimal number: 7840000 in USD is 78400.00, in JPY 7840000, in KWD 7840.000. */
export function toDecimal(amount: bigint, currency: string | null): string {
  const digits = currencyDigits(currency);
  const minus = amount < 0n ? "-" : "";
  const figures = (amount < 0n ? -amount : amount).toString().padStart(digits + 1, "0");
  return digits === 0
    ? `${minus}${figures}`
    : `${minus}${figures.slice(0, -digits)}.${figures.slice(-digits)}`;
}

/** A whole number or a decimal that the database gave as text; null stays empty. */
export function numberCell(value: number | string | null): CsvCell {
  if (value === null) return null;
  const text = String(value);
  return /^-?\d+(\.\d+)?$/.test(text) ? { number: text } : text;
}

export const yesNo = (value: boolean | null): CsvCell => (value === null ? null : value ? "yes" : "no");

/** The kinds of nothing stay apart in a file too. */
export function fieldCell(field: Field<string> | undefined): CsvCell {
  return field === undefined ? null : field.kind === "value" ? field.value : nothingCell(field);
}

export function nothingCell(field: Exclude<Field<unknown>, { kind: "value" }>): CsvCell {
  const words = {
    none: null,
    masked: "(masked)",
    hidden: "(hidden)",
    no_access: "(no access)",
    syncing: "(syncing)",
    failed: "(not readable)",
  };
  return words[field.kind];
}

interface Money {
  amountCents: bigint;
  currency: string | null;
}

/** The amounts of one row, each by the title of its column. */
export type AmountsOf = Readonly<Record<string, readonly Money[]>>;

/** Amounts of a row as cells: the figures are all in the one currency that stands beside them. */
export interface AmountCells {
  currency: CsvCell;
  of(title: string): CsvCell;
  /** What is in another currency, in words: it is added to nothing. */
  others: CsvCell;
}

const nameOf = ({ currency }: Money) => (currency ?? "").toUpperCase();

/** Splits a row's amounts into those of its first currency, and others. Amounts of one title and currency stand alone. */
export function toAmountCells(amounts: AmountsOf): AmountCells {
  const entries = Object.entries(amounts);
  const first = entries.flatMap(([, list]) => list)[0];
  if (!first) return { currency: null, of: () => null, others: null };
  const currency = nameOf(first);
  const figures = new Map<string, CsvCell>();
  const others: string[] = [];
  for (const [title, list] of entries)
    for (const money of list) {
      const figure = toDecimal(money.amountCents, money.currency);
      if (nameOf(money) === currency && !figures.has(title)) figures.set(title, { number: figure });
      else others.push(`${title} ${figure} ${nameOf(money) || "(no currency)"}`);
    }
  return {
    currency: currency === "" ? "(not given)" : currency,
    of: (title) => figures.get(title) ?? null,
    others: others.length > 0 ? others.join("; ") : null,
  };
}
