import type { RowFacts } from "@/lib/domain/payroll/ytd/load-rows";
import { toUnitView, type UnitCoverage } from "@/lib/domain/payroll/ytd/coverage";
import type { PlanCap } from "@/lib/domain/payroll/ytd/compensation";
import type { YtdPeriod } from "@/lib/domain/payroll/ytd/period";
import type { YtdTotals } from "@/lib/domain/payroll/ytd/to-totals";
import type { YtdFilterInput } from "@/lib/domain/payroll/ytd/ytd-query";
import {
  coverageFacts,
  incompleteTitle,
  reachSentence,
  runsRead,
  unitName,
  unitState,
} from "@/lib/format/coverage-words";
import { formatMoney } from "@/lib/format/money";
import { notGiven, totalFigures } from "@/lib/format/total-figures";
import type { HeadLine } from "./table";

/** What stands above year-to-date wages: definition, period, as-of date, coverage (DOMAIN 1.5 and 1.10). Pure. */

function definitionWords({ definition, names, pay, together }: YtdFilterInput, cap: PlanCap): string {
  const whose = pay === "nonemployee" ? "1099 pay alone" : "wages without 1099 lines";
  const records = {
    apart: "each record apart",
    ein: "linked records of one EIN together",
    together: "all linked records together",
  }[together];
  if (definition === "gross") return `Gross and its parts: ${whose}, ${records}`;
  if (definition === "box1")
    return `W-2 box 1, an estimate from low to high and not the form: ${whose}, ${records}`;
  const chosen =
    names.length === 0
      ? "all earnings"
      : `earnings ${names.map((name) => name ?? "without a name").join(", ")}`;
  const capped =
    cap.kind === "cap"
      ? `capped at ${formatMoney(cap.cents, "usd")}, the 401(a)(17) limit of ${cap.year}`
      : cap.reason;
  return `Plan compensation of ${chosen}, ${capped}; ${whose}, ${records}`;
}

export function periodWords({ kind, from, to, through }: YtdPeriod): string {
  if (from === null || to === null) return "Statements without a pay date: in no year";
  const name = { year: "Calendar year", plan: "Plan year", range: "Range", undated: "" }[kind];
  const counted = through !== null && through >= from ? `${from} to ${through} count` : "nothing counts yet";
  return `${name} ${from} to ${to}; pay dates ${counted}`;
}

function unitLine(unit: UnitCoverage): HeadLine {
  const name = `${unitName(unit)}${unit.ein ? ` (EIN ${unit.ein})` : ""}`;
  const { firstPayDate, lastPayDate } = unit;
  const dates = firstPayDate === null ? "" : `, ${firstPayDate} to ${lastPayDate ?? firstPayDate}`;
  return ["Coverage", `${name}: ${unitState(unit)}; ${runsRead(unit)} runs${dates}`];
}

/** What the sums lack, in the words of the page: runs and statements, days, amounts, people without an estimate. */
function lackingLines(
  { query, lacking }: Pick<RowFacts, "query" | "lacking">,
  units: readonly UnitCoverage[],
  totals: readonly YtdTotals[],
): HeadLine[] {
  const facts = coverageFacts(units);
  const reach = reachSentence(units);
  return [
    [
      "Completeness",
      facts.length > 0 || lacking.size > 0
        ? incompleteTitle(lacking.size)
        : "Nobody lacks a statement of a run that is here",
    ],
    ...facts.map(({ name, text }): HeadLine => [name, text]),
    ...(reach ? [["Period covered", reach] satisfies HeadLine] : []),
    ...totals.flatMap((each) => lackingIn(query.definition, each)),
  ];
}

/** Figures of everybody of which amounts are not given, or that not everybody has. */
function lackingIn(definition: YtdFilterInput["definition"], totals: YtdTotals): HeadLine[] {
  const { box1 } = totals;
  return totalFigures(definition, totals)
    .filter(({ cents, missing }) => missing > 0 || cents === null || box1?.kind === "range")
    .flatMap(({ of, label, missing, notes }): HeadLine[] => {
      const name =
        totals.currency === "usd"
          ? label
          : `${label}, ${totals.currency.toUpperCase() || "currency not given"}`;
      if (of === "box1High") return [];
      if (of === "box1Low") return [[name.replace(", low", ""), notes.join(", ")]];
      return missing > 0 ? [[name, notGiven(missing)]] : [];
    });
}

/** The lines above the table, one for the coverage of each entity. */
export function headOf(facts: RowFacts, totals: readonly YtdTotals[]): HeadLine[] {
  const { query, world, cap, coverage, namesPeople } = facts;
  const units = [...coverage.values()].map((unit) => toUnitView(unit, namesPeople));
  return [
    ["Definition", definitionWords(query, cap)],
    ["Period", periodWords(world.period)],
    ["As of", world.period.asOf],
    ...units.map(unitLine),
    ...lackingLines(facts, units, totals),
  ];
}

/** What the list is narrowed to. */
export const filterWords = ({ connections, entities, incomplete }: YtdFilterInput): string[] => [
  ...(connections.length > 0 ? [`${connections.length} connections`] : []),
  ...(entities.length > 0 ? [`${entities.length} entities`] : []),
  ...(incomplete ? ["only people who lack statements"] : []),
];
