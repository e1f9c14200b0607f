/** Currencies of ISO 4217 whose minor unit is not a hundredth. */
const minorDigits: Record<string, number> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

export interface MoneyOptions {
  /** false where the column's caption says the currency. */
  symbol?: boolean;
  /** A sum that lacks parts: ≥ before it. */
  atLeast?: boolean;
}

export interface MoneyParts {
  /** "−" and "≥" and the symbol, as they stand before the figure. */
  lead: string;
  whole: string;
  /** With its point, e.g. ".20"; empty in currencies without minor units. */
  fraction: string;
  /** A code behind the figure where there is no symbol. */
  trail: string;
}

export function currencyDigits(currency: string | null): number {
  return minorDigits[currency?.toUpperCase() ?? ""] ?? 2;
}

const symbols = new Map<string, { lead: string; trail: string }>();

/** Asked for once for each code: making a formatter takes a hundred times as long as an amount. */
function symbolOf(currency: string): { lead: string; trail: string } {
  const kept = symbols.get(currency) ?? makeSymbol(currency);
  // What is no code has no end.
  if (/^[A-Z]{3}$/.test(currency)) symbols.set(currency, kept);
  return kept;
}

function makeSymbol(currency: string): { lead: string; trail: string } {
  let symbol: string;
  try {
    symbol =
      new Intl.NumberFormat("en-US", { style: "currency", currency })
        .formatToParts(0)
        .find((part) => part.type === "currency")?.value ?? currency;
  } catch {
    symbol = currency; // not a well-formed code: shown as it came
  }
  return /[A-Za-z0-9]$/.test(symbol) ? { lead: "", trail: ` ${symbol}` } : { lead: symbol, trail: "" };
}

function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Splits an amount in minor units (cents in USD) for screens that mute the cents. */
export function moneyParts(
  amount: bigint | number,
  currency: string | null,
  { symbol = true, atLeast = false }: MoneyOptions = {},
): MoneyParts {
  const minor = typeof amount === "bigint" ? amount : BigInt(Math.round(amount));
  const digits = currencyDigits(currency);
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, "0");
  const { lead, trail } = currency && symbol ? symbolOf(currency.toUpperCase()) : { lead: "", trail: "" };
  return {
    lead: `${atLeast ? "≥ " : ""}${minor < 0n ? "−" : ""}${lead}`,
    whole: group(digits ? text.slice(0, -digits) : text),
    fraction: digits ? `.${text.slice(-digits)}` : "",
    trail,
  };
}

/**
 * An amount in minor units as text: 123456 in USD is "$1,234.56".
 * Null in, null out: what is unknown never reads as 0.00, the caller says which kind of nothing it is.
 */
export function formatMoney(amount: bigint | number, currency: string | null, options?: MoneyOptions): string;
export function formatMoney(
  amount: bigint | number | null | undefined,
  currency: string | null,
  options?: MoneyOptions,
): string | null;
export function formatMoney(
  amount: bigint | number | null | undefined,
  currency: string | null,
  options?: MoneyOptions,
): string | null {
  if (amount === null || amount === undefined) return null;
  const parts = moneyParts(amount, currency, options);
  return `${parts.lead}${parts.whole}${parts.fraction}${parts.trail}`;
}

/** Currencies are the same whatever their case; one that is not given is like no other. */
export const currencyKey = (currency: string | null): string => (currency ?? "").toLowerCase();

/** Basis points as percent: 525 is "5.25%", 500 is "5%". */
export function formatBasisPoints(basisPoints: number): string {
  const text = (Math.abs(basisPoints) / 100).toFixed(2).replace(/\.?0+$/, "");
  return `${basisPoints < 0 ? "−" : ""}${text}%`;
}

/** A count with thousands separators and its noun: "1 person", "1,142 statements". */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatNumber(count)} ${count === 1 ? singular : plural}`;
}

export function formatNumber(value: number): string {
  return value < 0 ? `−${Math.abs(value).toLocaleString("en-US")}` : value.toLocaleString("en-US");
}
