import type { FinchMoney, ScrubbedJson } from "./types";
import type { WireMoney } from "./wire";

/** Small steps from Finch's words to ours. Pure. */

export const present = <T>(list: readonly (T | null)[] | null) =>
  list && list.filter((item) => item !== null);

/** The part of a scrubbed answer under a key, for raw_records. */
export function part(json: ScrubbedJson | undefined, ...path: (string | number)[]): ScrubbedJson {
  let at = json;
  for (const key of path) {
    if (at === null || typeof at !== "object") return null;
    at = Array.isArray(at) ? at[Number(key)] : at[String(key)];
  }
  return at ?? null;
}

/** Finch's dates are plain strings; what is no calendar date is not stored as one. The calendar has no year 0. */
export function dateOnly(value: string | null): string | null {
  if (value === null || !/^(?!0000)\d{4}-\d{2}-\d{2}/.test(value)) return null;
  const day = value.slice(0, 10);
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day ? null : day;
}

/** Finch says integer minor units; a fraction of one is rounded rather than refused. */
export const toCents = (amount: number | null) => (amount === null ? null : BigInt(Math.round(amount)));

/** A number of hours as text, digit by digit as it came. */
export const toDecimal = (value: number | null) => (value === null ? null : String(value));

export function toMoney(money: WireMoney): FinchMoney | null {
  return money && { amountCents: toCents(money.amount), currency: money.currency };
}
