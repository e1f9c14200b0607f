import { estimateBox1, type Box1Estimate } from "../box1/estimate-box1";
import type { Limits } from "../limits/limit-table";
import { isCalendarYear } from "./read-scope";
import type { YtdPeriod } from "./period";
import type { YtdPayLine } from "./to-figures";
import type { YtdBox1 } from "./views";

interface Asked {
  period: YtdPeriod;
  /** The EIN of each record that counts. */
  eins: readonly (string | null)[];
  limits: Limits;
  lines: readonly YtdPayLine[];
}

/** Why there is no estimate: box 1 is of a calendar year and one EIN (DOMAIN §3, 1.9); null where there is one. */
function trouble({ period, eins }: Asked): string | null {
  if (!isCalendarYear(period)) return "Box 1 is of a calendar year.";
  if (eins.some((ein) => ein === null)) return "No EIN is known, and without one there is no W-2.";
  if (new Set(eins).size > 1) return "Several EINs: each has a W-2 of its own. Show them apart.";
  return null;
}

/** The estimate with its reasoning, or why there is none. */
export function box1Of(asked: Asked): { estimate: Box1Estimate } | { reason: string } {
  const reason = trouble(asked);
  if (reason !== null || asked.period.year === null)
    return { reason: reason ?? "Box 1 is of a calendar year." };
  return { estimate: estimateBox1(asked.lines, asked.limits, asked.period.year) };
}

/** The same in short, for a list. */
export function toBox1(asked: Asked): YtdBox1 {
  const found = box1Of(asked);
  if ("reason" in found) return { kind: "none", reason: found.reason };
  const { lowCents, highCents, lines, leftOut, withoutAmount } = found.estimate;
  const unknown = lines.filter((line) => line.lowCents !== line.highCents).length;
  return { kind: "range", lowCents, highCents, unknown, leftOut: leftOut.length, withoutAmount };
}
