import type { UnitCoverage } from "@/lib/domain/payroll/ytd/coverage";
import { formatDate } from "@/lib/format/dates";
import { formatNumber } from "@/lib/format/money";

type Unit = Pick<UnitCoverage, "runs" | "since" | "through" | "legalName" | "providerName">;

/** What a total does not reach back to, or up to: "since Sep 22, 2026". Null where it covers the whole period. */
export function sinceWords(units: readonly Unit[]): string | null {
  const counted = units.filter(({ runs }) => runs > 0);
  const late = counted.filter(({ since }) => since !== null);
  const early = counted.filter(({ through }) => through !== null);
  const words = [
    reach(
      late,
      counted.length,
      "since",
      late
        .map(({ since }) => since ?? "")
        .sort()
        .at(-1),
    ),
    reach(early, counted.length, "through", early.map(({ through }) => through ?? "").sort()[0]),
  ].filter(Boolean);
  return words.length > 0 ? words.join(", ") : null;
}

/** Of one entity among others its name is said; of several, how many, and the day from which all are in. */
function reach(those: readonly Unit[], all: number, word: "since" | "through", day: string | undefined) {
  const [one] = those;
  if (!one || !day) return "";
  if (all === 1) return `${word} ${formatDate(day)}`;
  if (those.length === 1) return `${one.legalName ?? one.providerName} ${word} ${formatDate(day)}`;
  return `${formatNumber(those.length)} of ${formatNumber(all)} entities not all of the time, all of them ${word} ${formatDate(day)}`;
}
