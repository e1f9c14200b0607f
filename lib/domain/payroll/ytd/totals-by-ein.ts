import type { Tx } from "@/db/client";
import type { RowFacts } from "./load-rows";
import { unitKey } from "./read-scope";
import { readTotals } from "./read-totals";
import { toTotals, type YtdTotals } from "./to-totals";

/** Everybody's sums of one EIN, without what administrators entered. */
export interface EinTotals {
  /** Null: an entity that gives none, by itself. */
  ein: string | null;
  /** What its entities are called; keys as a filter takes them. */
  names: string[];
  entities: string[];
  totals: YtdTotals[];
}

/** Totals of each EIN of what is asked for (DOMAIN 1.9); none where there is one only, or for whoever may not see EINs. */
export async function readTotalsByEin(tx: Tx, { world, query, coverage, namesPeople }: RowFacts) {
  const paid = [...coverage.values()].filter(({ runs }) => runs > 0);
  const groups = Map.groupBy(paid, (unit) => unit.ein ?? unitKey(unit));
  if (!namesPeople || groups.size < 2) return [];
  const found: EinTotals[] = [];
  for (const units of groups.values()) {
    const entities = units.map(unitKey);
    const kinds = await readTotals(tx, { ...world, scope: { ...world.scope, entities } });
    found.push({
      ein: units[0]?.ein ?? null,
      names: [...new Set(units.map(({ legalName, providerName }) => legalName ?? providerName))],
      entities,
      totals: toTotals(kinds, [], query.pay),
    });
  }
  return found;
}
