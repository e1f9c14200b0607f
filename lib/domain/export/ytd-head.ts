import type { RowFacts } from "@/lib/domain/payroll/ytd/load-rows";
import { toUnitView, type UnitCoverage } from "@/lib/domain/payroll/ytd/coverage";
import type { PlanCap } from "@/lib/domain/payroll/ytd/compensation";
import type { YtdPeriod } from "@/lib/domain/payroll/ytd/period";
import type { YtdFilterInput } from "@/lib/domain/payroll/ytd/ytd-query";
import { formatMoney } from "@/lib/format/money";
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

function coverageWords({
  runs,
  incomplete,
  missing,
  since,
  firstPayDate,
  lastPayDate,
}: UnitCoverage): string {
  if (firstPayDate === null) return "no run of the period is here";
  const parts = [
    `${runs} runs, ${firstPayDate} to ${lastPayDate ?? firstPayDate}`,
    ...(incomplete > 0 ? [`${incomplete} of them not whole`] : []),
    ...(missing.length > 0 ? [`missing: ${missing.join(", ")}`] : []),
    since === null ? "from the beginning" : `since ${since}`,
  ];
  return parts.join("; ");
}

/** The lines above the table, one for the coverage of each entity. */
export function headOf({ query, world, cap, coverage, lacking, namesPeople }: RowFacts): HeadLine[] {
  return [
    ["Definition", definitionWords(query, cap)],
    ["Period", periodWords(world.period)],
    ["As of", world.period.asOf],
    ...[...coverage.values()]
      .map((each) => toUnitView(each, namesPeople))
      .map((unit): HeadLine => [
        "Coverage",
        `${unit.legalName ?? unit.providerName}${unit.ein ? ` (EIN ${unit.ein})` : ""}: ${coverageWords(unit)}`,
      ]),
    [
      "Completeness",
      lacking.size === 0
        ? "Nobody lacks a statement of a run that is here"
        : `${lacking.size} people lack statements: their sums are too small`,
    ],
  ];
}

/** What the list is narrowed to. */
export const filterWords = ({ connections, entities, incomplete }: YtdFilterInput): string[] => [
  ...(connections.length > 0 ? [`${connections.length} connections`] : []),
  ...(entities.length > 0 ? [`${entities.length} entities`] : []),
  ...(incomplete ? ["only people who lack statements"] : []),
];
