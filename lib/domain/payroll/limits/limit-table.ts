import { irsLimits, type IrsLimit, type LimitKey } from "./irs-limits";

/** What an administrator confirmed or entered, with a source. */
export interface LimitConfirmation {
  year: number;
  limitKey: string;
  amountCents: bigint;
  source: string;
}

/** One limit of one year. Amounts are US cents. */
export type LimitValue =
  | { kind: "known"; amountCents: bigint; by: "irs" | "administrator" }
  /** Held from memory, until an administrator confirms it with a source. */
  | { kind: "unconfirmed"; amountCents: bigint }
  /** That year had no such limit. */
  | { kind: "none" }
  /** Nobody entered it: no other year's figure stands in. */
  | { kind: "missing" };

/** The pure look-up that rules are given. */
export type Limits = (key: LimitKey, year: number) => LimitValue;

/** What Perch itself holds, before anybody confirmed anything. */
export function shippedLimit({ years }: IrsLimit, year: number): LimitValue {
  const found = years[year];
  if (found === undefined) return { kind: "missing" };
  if (found === "none") return { kind: "none" };
  const amountCents = BigInt(found.dollars) * 100n;
  return found.unconfirmed ? { kind: "unconfirmed", amountCents } : { kind: "known", amountCents, by: "irs" };
}

const byKey = new Map(irsLimits.map((limit) => [limit.key, limit]));
const slot = (key: string, year: number) => `${year} ${key}`;

/**
 * The limits of DOMAIN §4 with an employer's confirmations. A figure that the IRS's own page gave is not overridden;
 * a year without a figure is `missing` and never falls back to another year.
 */
export function limitTable(confirmations: readonly LimitConfirmation[] = []): Limits {
  const confirmed = new Map(confirmations.map((one) => [slot(one.limitKey, one.year), one.amountCents]));
  return (key, year) => {
    const limit = byKey.get(key);
    const shipped: LimitValue = limit ? shippedLimit(limit, year) : { kind: "missing" };
    if (shipped.kind === "known" || shipped.kind === "none") return shipped;
    const amountCents = confirmed.get(slot(key, year));
    return amountCents === undefined ? shipped : { kind: "known", amountCents, by: "administrator" };
  };
}

/** Why a rule that needs this limit cannot apply it; null where it can. */
export function limitTrouble(value: LimitValue, year: number): string | null {
  if (value.kind === "missing") return `limits for ${year} not entered`;
  if (value.kind === "unconfirmed") return `the limit for ${year} is not confirmed`;
  return null;
}
