import { formatDate } from "./dates";
import { formatCount, formatNumber } from "./money";

/** What year-to-date sums cover and lack (DOMAIN 1.5), in words: a page and the head of its export say the same. */

export interface CoveredUnit {
  legalName: string | null;
  providerName: string;
  firstPayDate: string | null;
  lastPayDate: string | null;
  runs: number;
  /** Runs whose statements Finch has not given, and those that came in part. */
  pending: number;
  incomplete: number;
  /** Pay dates on which a run is due and missing. */
  missing: readonly string[];
  fromStart: boolean;
  since: string | null;
  through: string | null;
}

export const unitName = ({ legalName, providerName }: Pick<CoveredUnit, "legalName" | "providerName">) =>
  legalName ?? providerName;

/** "complete through Nov 12, 2026" */
export function unitState(unit: CoveredUnit): string {
  if (unit.runs === 0) return "no run in these days";
  if (unit.missing.length + unit.pending + unit.incomplete > 0) return `not complete${throughWords(unit)}`;
  const from = unit.fromStart ? "complete" : `since ${formatDate(unit.since ?? "")}`;
  return `${from}${throughWords(unit)}`;
}

const throughWords = ({ through }: CoveredUnit) => (through ? ` through ${formatDate(through)}` : "");

/** Runs that were read in whole, of those that there should be. */
export const runsRead = ({ runs, pending, incomplete, missing }: CoveredUnit) =>
  `${runs - pending - incomplete} of ${runs + missing.length}`;

const days = (list: readonly string[]) =>
  list.length <= 3
    ? list.map(formatDate).join(", ")
    : `${list.slice(0, 3).map(formatDate).join(", ")} and ${list.length - 3} more`;

export interface CoverageFact {
  name: "Still syncing" | "Incomplete" | "Missing";
  text: string;
}

/** What the sums lack, by cause. */
export function coverageFacts(units: readonly CoveredUnit[]): CoverageFact[] {
  const each = (
    name: CoverageFact["name"],
    lacks: (unit: CoveredUnit) => number,
    text: (unit: CoveredUnit) => string,
  ) => units.filter((unit) => lacks(unit) > 0).map((unit): CoverageFact => ({ name, text: text(unit) }));
  return [
    ...each(
      "Still syncing",
      ({ pending }) => pending,
      (unit) =>
        `${formatCount(unit.pending, "run")} of ${unitName(unit)}: ${unit.providerName} has not given the statements yet.`,
    ),
    ...each(
      "Incomplete",
      ({ incomplete }) => incomplete,
      (unit) =>
        `${formatCount(unit.incomplete, "run")} of ${unitName(unit)} came in part or with an error; do not file from these rows.`,
    ),
    ...each(
      "Missing",
      ({ missing }) => missing.length,
      (unit) =>
        `${unitName(unit)} should have paid on ${days([...new Set(unit.missing)])}, and no run is here.`,
    ),
  ];
}

/** What is above these causes. */
export const incompleteTitle = (people: number) =>
  people > 0
    ? `Not complete: ${formatCount(people, "person lacks", "people lack")} statements`
    : "Not complete: runs are missing";

/** What a total does not reach back to, or up to: "since Sep 22, 2026". Null where it covers the whole period. */
export function sinceWords(
  units: readonly Pick<CoveredUnit, "runs" | "since" | "through" | "legalName" | "providerName">[],
): string | null {
  const counted = units.filter(({ runs }) => runs > 0);
  const late = counted.filter(({ since }) => since !== null);
  const early = counted.filter(({ through }) => through !== null);
  const from = late.map(({ since }) => since ?? "").sort();
  const to = early.map(({ through }) => through ?? "").sort();
  const words = [
    reach(late, counted.length, "since", from.at(-1)),
    reach(early, counted.length, "through", to[0]),
  ].filter(Boolean);
  return words.length > 0 ? words.join(", ") : null;
}

/** Of one entity among others its name is said; of several, how many, and the day from which all are in. */
function reach(
  those: readonly Pick<CoveredUnit, "legalName" | "providerName">[],
  all: number,
  word: "since" | "through",
  day: string | undefined,
) {
  const [one] = those;
  if (!one || !day) return "";
  if (all === 1) return `${word} ${formatDate(day)}`;
  if (those.length === 1) return `${unitName(one)} ${word} ${formatDate(day)}`;
  return `${formatNumber(those.length)} of ${formatNumber(all)} entities not all of the time, all of them ${word} ${formatDate(day)}`;
}

/** The same as a sentence under the totals. */
export function reachSentence(units: Parameters<typeof sinceWords>[0]): string | null {
  const words = sinceWords(units);
  return words && `Not the whole period: ${words}. Other pay of the period is not in these sums.`;
}

interface PersonCovered {
  state: "complete" | "since" | "waiting" | "lacking";
  found: number;
  expected: number;
  since: string | null;
  through: string | null;
}

/** What a person's figures cover, where that is not everything: first what is not here, then which days. */
export function personCoverage(
  { state, found, expected, since, through }: PersonCovered,
  provider: string,
): { lacking: { title: string; means: string } | null; days: string[] } {
  return {
    lacking:
      state === "waiting" || state === "lacking"
        ? {
            title: `${formatCount(expected - found, "statement is", "statements are")} not here`,
            means:
              state === "waiting"
                ? `${provider} has not given them yet: these figures are too small, and will grow.`
                : "These figures are too small. Do not file from them.",
          }
        : null,
    days: [
      state === "since" ? `Since ${formatDate(since ?? "")}: pay from before that day is not here.` : "",
      through
        ? `${state === "complete" ? "Complete through" : "Read through"} ${formatDate(through)}: pay that is due later was not read yet.`
        : "",
    ].filter(Boolean),
  };
}
