import type { PayLine } from "../lines";
import type { Box1Line } from "./estimate-box1";

/** Names that say of one side that nobody was paid it. Without one, equal amounts may be chance. */
const hints = /imputed|non-?cash|group[- ]?term|\bgtl\b|offset|personal use/i;

const size = (cents: bigint | null) => (cents === null ? null : cents < 0n ? -cents : cents);

type Change = Pick<Box1Line, "reason"> & Partial<Pick<Box1Line, "treatment" | "lowCents" | "highCents">>;

/**
 * Finds an imputed earning and the deduction of the same size that takes it back out of net pay, both without a type
 * that says so (DOMAIN §3, last row). The pair is in at most once: the deduction is then never subtracted as well.
 * Keyed by the line it is said of.
 */
export function pairImputed(lines: readonly PayLine[]): Map<PayLine, Change> {
  const changes = new Map<PayLine, Change>();
  const free = new Set(
    lines.filter(
      ({ category, type, preTax, amountCents }) =>
        category === "deduction" && type === null && preTax !== true && (amountCents ?? 0n) !== 0n,
    ),
  );
  for (const earning of lines) {
    const open = earning.type === null || earning.type === "other";
    if (earning.category !== "earning" || !open || (earning.amountCents ?? 0n) === 0n) continue;
    const offset = [...free].find(
      (deduction) =>
        size(deduction.amountCents) === size(earning.amountCents) &&
        (hints.test(earning.name ?? "") || hints.test(deduction.name ?? "")),
    );
    if (!offset) continue;
    free.delete(offset);
    changes.set(earning, {
      reason: `Looks imputed: "${offset.name ?? "a deduction"}" takes the same amount back. In once, or not at all, until you classify it.`,
    });
    changes.set(offset, {
      treatment: "not_subtracted",
      lowCents: 0n,
      highCents: 0n,
      reason: `Takes "${earning.name ?? "an earning"}" back out of net pay. It is not subtracted from wages.`,
    });
  }
  return changes;
}
