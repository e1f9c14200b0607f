import type { PayLine } from "../lines";
import { limitTable } from "../limits/limit-table";
import { estimateBox1, type Box1Estimate } from "./estimate-box1";

/** A line in dollars; amounts are written in dollars. */
export function payLine(
  category: PayLine["category"],
  type: string | null,
  dollars: number | null,
  values: Partial<PayLine> = {},
): PayLine {
  return {
    category,
    type,
    name: type ?? "Line",
    amountCents: dollars === null ? null : BigInt(Math.round(dollars * 100)),
    currency: "usd",
    hours: null,
    preTax: null,
    employer: null,
    payDate: "2026-03-13",
    ...values,
  };
}

export const estimateOf = (lines: readonly PayLine[], year = 2026): Box1Estimate =>
  estimateBox1(lines, limitTable(), year);

/** Low and high in dollars. */
export const rangeOf = ({ lowCents, highCents }: { lowCents: bigint; highCents: bigint }) => [
  Number(lowCents) / 100,
  Number(highCents) / 100,
];
