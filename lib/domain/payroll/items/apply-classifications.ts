import type { PayLine } from "../lines";

/** Which lines an own classification is for, and what they count as. */
export interface Classification {
  id: string;
  category: PayLine["category"];
  /** As the line has them; null for a line without. */
  name: string | null;
  finchType: string | null;
  mappedType: string;
  /** Deductions: null leaves what Finch says. */
  mappedPreTax: boolean | null;
  /** ISO days of the pay date, both included; null is open. */
  effectiveFrom: string | null;
  effectiveTo: string | null;
}

/** What was put over a line, with what Finch had said. */
export interface Classified {
  classificationId: string | null;
  finchType: string | null;
  finchPreTax: boolean | null;
}

const keyOf = (category: string, name: string | null, type: string | null) =>
  JSON.stringify([category, name, type]);

/** Whether a classification holds on a pay date. One with dates never holds for an undated line. */
export function isInForce(
  { effectiveFrom, effectiveTo }: Pick<Classification, "effectiveFrom" | "effectiveTo">,
  payDate: string | null,
): boolean {
  if (payDate === null) return effectiveFrom === null && effectiveTo === null;
  return (effectiveFrom ?? payDate) <= payDate && payDate <= (effectiveTo ?? payDate);
}

/**
 * Puts an employer's own types over lines of one connection, by category, name, Finch's type and pay date. Lines that
 * none is for stay as they are. Where two are in force (which no verb lets happen), the one that began later wins.
 */
export function applyClassifications<T extends PayLine>(
  lines: readonly T[],
  classifications: readonly Classification[],
): (T & Classified)[] {
  const later = (a: Classification, b: Classification) =>
    (b.effectiveFrom ?? "").localeCompare(a.effectiveFrom ?? "") || a.id.localeCompare(b.id);
  const byItem = Map.groupBy([...classifications].sort(later), ({ category, name, finchType }) =>
    keyOf(category, name, finchType),
  );
  return lines.map((line) => {
    const finch = { finchType: line.type, finchPreTax: line.preTax };
    const found = byItem
      .get(keyOf(line.category, line.name, line.type))
      ?.find((candidate) => isInForce(candidate, line.payDate));
    if (!found) return { ...line, ...finch, classificationId: null };
    const preTax = line.category === "deduction" ? (found.mappedPreTax ?? line.preTax) : line.preTax;
    return { ...line, ...finch, type: found.mappedType, preTax, classificationId: found.id };
  });
}
