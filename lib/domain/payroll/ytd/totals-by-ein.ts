import type { YtdKindRow } from "@/db/repositories/ytd-sums";
import { placeOf, withDefinition, type DefinitionTotal } from "./definition-totals";
import type { RowFacts } from "./load-rows";
import { unitKey } from "./read-scope";
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

/**
 * Totals of each EIN of what is asked for (DOMAIN 1.9), out of everybody's sums; none where there is one only, or for
 * whoever may not see EINs. Pure.
 */
export function totalsByEin(
  { query, coverage, namesPeople }: Pick<RowFacts, "query" | "coverage" | "namesPeople">,
  kinds: readonly YtdKindRow[],
  counted: readonly DefinitionTotal[],
): EinTotals[] {
  const paid = [...coverage.values()].filter(({ runs }) => runs > 0);
  const groups = Map.groupBy(paid, placeOf);
  if (!namesPeople || groups.size < 2) return [];
  return [...groups].map(([place, units]) => {
    const entities = units.map(unitKey);
    const own = kinds.filter((row) => entities.includes(unitKey(row)));
    return {
      ein: units[0]?.ein ?? null,
      names: [...new Set(units.map(({ legalName, providerName }) => legalName ?? providerName))],
      entities,
      totals: withDefinition(toTotals(own, [], query.pay), counted, place),
    };
  });
}
