import type { InForceRow } from "@/db/repositories/ytd-facts";
import { applyClassifications } from "../items/apply-classifications";
import type { PayLine } from "../lines";

/** Puts the employer's own types over lines of several connections: each has its own. */
export function classify<T extends PayLine & { connectionId: string }>(
  lines: readonly T[],
  classifications: readonly InForceRow[],
): T[] {
  if (classifications.length === 0) return [...lines];
  const of = Map.groupBy(classifications, ({ connectionId }) => connectionId);
  return lines.flatMap((line) => applyClassifications([line], of.get(line.connectionId) ?? []));
}

/** Whether what some sums of lines count as depends on their pay dates, so that the sums must be by date. */
export function needsDates(
  lines: readonly (PayLine & { connectionId: string })[],
  classifications: readonly InForceRow[],
): boolean {
  const dated = classifications.filter((each) => each.effectiveFrom !== null || each.effectiveTo !== null);
  return dated.some((each) =>
    lines.some(
      (line) =>
        line.connectionId === each.connectionId &&
        line.category === each.category &&
        line.name === each.name &&
        line.type === each.finchType,
    ),
  );
}
