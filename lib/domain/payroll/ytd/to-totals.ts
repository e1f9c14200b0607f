import type { OpeningRow } from "@/db/repositories/opening-balances";
import type { YtdBucketRow } from "@/db/repositories/ytd-sums";
import { addHours } from "./hours";

/** Sums over everybody in one currency. Minor units; never added to another currency's. */
export interface YtdTotals {
  currency: string;
  statements: number;
  grossCents: bigint;
  netCents: bigint;
  hours: string;
  taxesCents: bigint;
  employerTaxesCents: bigint;
  unknownTaxesCents: bigint;
  deductionsCents: bigint;
  contributionsCents: bigint;
  /** 1099 lines on slips that hold wages too. */
  contractCents: bigint;
  /** By Finch's type; '' where it gave none. */
  earnings: { type: string; amountCents: bigint }[];
  without: { gross: number; net: number; amounts: number };
  /** Gross that administrators entered for the time before, in no sum above; null where there is none. */
  openingGrossCents: bigint | null;
}

const contract = "earning:1099";

/** One entry for each currency, that of most statements first. */
export function toTotals(
  buckets: readonly YtdBucketRow[],
  openings: readonly OpeningRow[],
  pay: "employees" | "nonemployee",
): YtdTotals[] {
  const currencies = new Set([...buckets, ...openings].map(({ currency }) => currency));
  return [...currencies]
    .map((currency) => {
      const own = new Map(buckets.filter((row) => row.currency === currency).map((row) => [row.bucket, row]));
      const cents = (bucket: string) => own.get(bucket)?.amountCents ?? 0n;
      const opened = openings.filter((row) => row.currency === currency && row.category === "gross");
      const contractCents = pay === "employees" ? cents(contract) : 0n;
      // Of wages, lines that are in no figure miss nothing.
      const others = new Set(["gross", "net", ...(pay === "employees" ? [contract] : [])]);
      const earnings = [...own.values()].filter(
        ({ bucket }) => bucket.startsWith("earning:") && (pay === "nonemployee" || bucket !== contract),
      );
      return {
        currency,
        statements: own.get("gross")?.count ?? 0,
        grossCents: cents("gross") - contractCents,
        netCents: cents("net"),
        hours: addHours([own.get("gross")?.hours ?? "0"]),
        taxesCents: cents("tax:employee"),
        employerTaxesCents: cents("tax:employer"),
        unknownTaxesCents: cents("tax:unknown"),
        deductionsCents: cents("deduction"),
        contributionsCents: cents("contribution"),
        contractCents,
        earnings: earnings.map(({ bucket, amountCents }) => ({
          type: bucket.slice("earning:".length),
          amountCents,
        })),
        without: {
          gross: own.get("gross")?.missing ?? 0,
          net: own.get("net")?.missing ?? 0,
          amounts: [...own.entries()].reduce(
            (n, [bucket, row]) => (others.has(bucket) ? n : n + row.missing),
            0,
          ),
        },
        openingGrossCents: opened.length > 0 ? opened.reduce((sum, row) => sum + row.amountCents, 0n) : null,
      };
    })
    .sort((a, b) => b.statements - a.statements || a.currency.localeCompare(b.currency));
}
