import type { Tx } from "@/db/client";
import { listContractPeople, sumCompensation } from "@/db/repositories/ytd-compensation";
import { listYtdPersons } from "@/db/repositories/ytd-facts";
import { listYtdPeople } from "@/db/repositories/ytd-people";
import { toBox1 } from "./box1-of";
import { compensationOf } from "./compensation";
import type { UnitCoverage } from "./coverage";
import { readLines, type RowFacts } from "./load-rows";
import { isCalendarYear, unitKey } from "./read-scope";
import { linesOfPay, type YtdPayLine } from "./to-figures";
import type { Box1Total, CompensationTotal, YtdTotals } from "./to-totals";
import type { YtdBox1 } from "./views";

/** What a definition counts of everybody, and of each EIN: the same as the sum of all rows of the list. */

/** Of how many people estimates are added up before anything else is shown, and of how many at all. */
export const mostAtOnce = 1_000;
export const mostEstimated = 25_000;
const peopleAtOnce = 500;

/** Null is everybody, wherever they are. */
export type DefinitionTotal = { place: string | null; currency: string } & Partial<
  Pick<YtdTotals, "compensation" | "box1">
>;

/** Where sums are of: an EIN, or one entity that gives none. */
export const placeOf = (unit: UnitCoverage) => unit.ein ?? unitKey(unit);

export interface DefinitionTotals {
  rows: DefinitionTotal[];
  /** There are more people than `most`, so that their estimates are not in the rows. */
  tooMany: boolean;
}

/** Nothing of plain gross, which is a sum of days already. Box 1 of `most` people; plan compensation of everybody. */
export async function readDefinitionTotals(
  tx: Tx,
  facts: RowFacts,
  most = mostAtOnce,
): Promise<DefinitionTotals> {
  const { definition } = facts.query;
  if (definition === "box1") return readBox1Totals(tx, facts, most);
  return { rows: definition === "plan" ? await readCompensation(tx, facts) : [], tooMany: false };
}

/** Totals with what their definition counts. */
export const withDefinition = (
  totals: readonly YtdTotals[],
  counted: readonly DefinitionTotal[],
  place: string | null,
): YtdTotals[] =>
  totals.map((each) => {
    const own = counted.find((row) => row.place === place && row.currency === each.currency);
    return { ...each, compensation: own?.compensation ?? null, box1: own?.box1 ?? null };
  });

const nothing = { cents: 0n, uncappedCents: 0n, withoutAmount: 0 };
const plus = (a: CompensationTotal, b: CompensationTotal): CompensationTotal => ({
  cents: a.cents + b.cents,
  uncappedCents: a.uncappedCents + b.uncappedCents,
  withoutAmount: a.withoutAmount + b.withoutAmount,
});

async function readCompensation(tx: Tx, facts: RowFacts): Promise<DefinitionTotal[]> {
  const { world, query, cap, coverage } = facts;
  const { scope } = world;
  // Which of their lines count depends on types that hold by pay date: they are looked at one by one.
  const except = scope.hasContracts ? await listContractPeople(tx, scope) : [];
  const parts = await sumCompensation(tx, scope, {
    names: query.names,
    capCents: cap.kind === "cap" ? cap.cents : null,
    places: [...coverage.values()].map((unit) => ({
      connectionId: unit.connectionId,
      entityId: unit.entityId,
      place: placeOf(unit),
    })),
    except,
  });
  for (let at = 0; at < except.length; at += peopleAtOnce) {
    const lines = await readLines(tx, facts, except.slice(at, at + peopleAtOnce));
    const places = [null, ...new Set([...coverage.values()].map(placeOf))];
    for (const own of Map.groupBy(lines, ({ anchor }) => anchor).values())
      for (const place of places)
        for (const [currency, some] of byCurrency(facts, own, place))
          parts.push({ place, currency, ...compensationOf(some, currency, { names: query.names, cap }) });
  }
  return [...Map.groupBy(parts, ({ place, currency }) => JSON.stringify([place, currency])).values()].flatMap(
    (own) => {
      const [first] = own;
      return first
        ? [{ place: first.place, currency: first.currency, compensation: own.reduce(plus, nothing) }]
        : [];
    },
  );
}

function byCurrency(
  { coverage, query }: RowFacts,
  own: readonly { line: YtdPayLine }[],
  place: string | null,
): Map<string, YtdPayLine[]> {
  const isThere = (line: YtdPayLine) => {
    const unit = coverage.get(unitKey(line));
    return place === null || (unit !== undefined && placeOf(unit) === place);
  };
  const lines = own.flatMap(({ line }) => (isThere(line) ? [line] : []));
  return Map.groupBy(linesOfPay(lines, query.pay), ({ currency }) => currency ?? "");
}

/** Everybody of the list, whatever it is narrowed to; null where they are more than `most`. */
async function listEverybody(tx: Tx, { world }: RowFacts, most: number): Promise<string[] | null> {
  const ids = await listYtdPeople(
    tx,
    world.scope,
    {
      words: [],
      only: null,
      also: [...new Set(world.openings.map(({ individualId }) => individualId))],
      openings: [],
    },
    { sort: "name", descending: false, byName: false, currency: "usd" },
    { pivot: null, backwards: false, limit: most + 1 },
  );
  return ids.length > most ? null : ids;
}

/** Lines as estimates want them: by pay date only of people with commuter lines, whose limit is of each month. */
async function readEstimated(
  tx: Tx,
  facts: RowFacts,
  anchors: readonly string[],
): Promise<{ anchor: string; line: YtdPayLine }[]> {
  const { world } = facts;
  const all = await readLines(tx, { world, query: { definition: "gross" } }, anchors);
  const monthly = new Set(all.flatMap(({ anchor, line }) => (line.type === "commuter" ? [anchor] : [])));
  if (monthly.size === 0) return all;
  return [...all.filter(({ anchor }) => !monthly.has(anchor)), ...(await readLines(tx, facts, [...monthly]))];
}

async function readBox1Totals(tx: Tx, facts: RowFacts, most: number): Promise<DefinitionTotals> {
  const { world, coverage, query } = facts;
  const places = [null, ...new Set([...coverage.values()].map(placeOf))];
  const none = (reason: string) =>
    places.map((place) => ({ place, currency: "usd", box1: { kind: "none" as const, reason } }));
  if (query.pay === "nonemployee")
    return { rows: none("What is paid on 1099 lines is no W-2 wages."), tooMany: false };
  if (!isCalendarYear(world.period)) return { rows: none("Box 1 is of a calendar year."), tooMany: false };
  const ids = await listEverybody(tx, facts, most);
  if (ids === null) {
    const limit = most.toLocaleString("en-US");
    return { rows: none(`Estimates of more than ${limit} people are not added up here.`), tooMany: true };
  }
  const found = new Map(places.map((place) => [place, [] as YtdBox1[]]));
  // A company's lines are a million: some people at a time, and the process is there for others in between.
  for (let at = 0; at < ids.length; at += peopleAtOnce)
    for (const [place, box1] of await estimate(tx, facts, ids.slice(at, at + peopleAtOnce), places))
      found.get(place)?.push(box1);
  return {
    rows: [...found].map(([place, own]) => ({ place, currency: "usd", box1: addUp(own) })),
    tooMany: false,
  };
}

/** The estimate of each person at each place where the person is. */
async function estimate(
  tx: Tx,
  facts: RowFacts,
  anchors: readonly string[],
  places: readonly (string | null)[],
): Promise<[place: string | null, box1: YtdBox1][]> {
  const { coverage } = facts;
  const asked = new Set(anchors);
  const groups = facts.world.scope.groups.filter(({ anchor }) => asked.has(anchor));
  const world = { ...facts.world, scope: { ...facts.world.scope, groups } };
  const linked = new Map(groups.map(({ anchor, members }) => [anchor, members]));
  const membersOf = (anchor: string) => linked.get(anchor) ?? [anchor];
  const persons = await listYtdPersons(tx, world.customerId, anchors.flatMap(membersOf));
  const unitOf = new Map(persons.map((person) => [person.id, coverage.get(unitKey(person))]));
  const linesOf = Map.groupBy(await readEstimated(tx, { ...facts, world }, anchors), ({ anchor }) => anchor);
  return places.flatMap((place) => {
    const isThere = (id: string) => {
      const unit = unitOf.get(id);
      return place === null || (unit !== undefined && placeOf(unit) === place);
    };
    return anchors.flatMap((anchor): [string | null, YtdBox1][] => {
      const members = membersOf(anchor).filter(isThere);
      if (members.length === 0) return [];
      const lines = (linesOf.get(anchor) ?? []).flatMap(({ line }) =>
        isThere(line.individualId) ? [line] : [],
      );
      const eins = members.map((id) => unitOf.get(id)?.ein ?? null);
      return [[place, toBox1({ period: world.period, eins, limits: facts.limits, lines })]];
    });
  });
}

function addUp(found: readonly YtdBox1[]): Box1Total {
  const ranges = found.flatMap((each) => (each.kind === "range" ? [each] : []));
  const [reason] = found.flatMap((each) => (each.kind === "none" ? [each.reason] : []));
  if (ranges.length === 0) return { kind: "none", reason: reason ?? "Nobody has an estimate." };
  return {
    kind: "range",
    lowCents: ranges.reduce((sum, { lowCents }) => sum + lowCents, 0n),
    highCents: ranges.reduce((sum, { highCents }) => sum + highCents, 0n),
    people: ranges.length,
    without: found.length - ranges.length,
    withoutAmount: ranges.reduce((sum, { withoutAmount }) => sum + withoutAmount, 0),
  };
}
