import { inScope, type Tx } from "@/db/client";
import type { SourceRow } from "@/db/repositories/individual-sources";
import { listEarningNames, listFirstHires, listLacking } from "@/db/repositories/ytd-facts";
import {
  countYtdPeople,
  listYtdPeople,
  type YtdMeasure,
  type YtdOrder,
  type YtdPeopleFilter,
} from "@/db/repositories/ytd-people";
import { can, requirePermission } from "@/lib/auth/permissions";
import type { OpeningRow } from "@/db/repositories/opening-balances";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { holdSnapshot } from "@/lib/domain/export/hold-snapshot";
import { searchWords } from "@/lib/domain/individuals/directory-query";
import { dateInZone } from "@/lib/format/dates";
import { readLimits } from "../limits/read-limits";
import { planCap, type PlanCap } from "./compensation";
import { coverUnit, toUnitView, type UnitCoverage } from "./coverage";
import { mostAtOnce, mostEstimated, readDefinitionTotals, withDefinition } from "./definition-totals";
import { loadYtdRows, type RowFacts } from "./load-rows";
import { listMissingRuns, type UnitRuns } from "./missing-runs";
import { yearsOf, type YtdPeriod } from "./period";
import { readScheduled, readTotals, readUndated, type AsideRow } from "./read-totals";
import { readYtdWorld, unitKey, type YtdWorld } from "./read-scope";
import { toTotals, type YtdTotals } from "./to-totals";
import { totalsByEin, type EinTotals } from "./totals-by-ein";
import type { YtdRow } from "./views";
import { YtdFilterInput, YtdQuery } from "./ytd-query";

export const ytdPageSize = 50;

export interface YtdView {
  customerName: string;
  timeZone: string;
  /** The database's clock. */
  now: Date;
  today: string;
  period: YtdPeriod;
  rows: YtdRow[];
  /** Whether the reader may see who people are; else no name is searched, nor in the order. */
  namesPeople: boolean;
  /** People in the list. */
  matching: number;
  from: number;
  to: number;
  previous: { before: string; position: number } | null;
  next: { after: string; position: number } | null;
  /** Over everybody of the chosen connections and entities, one entry for each currency. */
  totals: YtdTotals[];
  /** The same of each EIN, where there are several. */
  byEin: EinTotals[];
  /** What the definition counts of everybody is not in these sums: getYtdTotals() has it, a while later. */
  totalsFollow: boolean;
  units: UnitCoverage[];
  sources: { id: string; providerName: string; asOf: Date | null }[];
  /** Statements of later pay dates in the period, and those without a pay date: in no sum here. */
  scheduled: AsideRow[];
  undated: AsideRow[];
  /** People who lack statements of runs that are here in part, and of them those whose are still on their way. */
  lacking: { people: number; pending: number };
  /** Of plan compensation: names to choose from, and the cap. */
  earningNames: { name: string | null; lines: number }[];
  cap: PlanCap;
  hasContracts: boolean;
  hasLinks: boolean;
  hasOpenings: boolean;
}

/** Everything that rows need besides their own statements. */
export async function readRowFacts(tx: Tx, ctx: CustomerContext, query: YtdFilterInput): Promise<RowFacts> {
  const world = await readYtdWorld(tx, ctx, query);
  const { customerId, sources, today, timeZone, period } = world;
  const [limits, lacking, missing] = await Promise.all([
    readLimits(tx, customerId),
    listLacking(tx, world.scope),
    listMissingRuns(tx, { customerId, sources, today, timeZone, from: period.from }),
  ]);
  const within = (day: string) =>
    period.from !== null && period.through !== null && day >= period.from && day <= period.through;
  const runsOf = ({ missing: all, ...runs }: UnitRuns = { missing: [], cycles: [], gap: null }) => ({
    ...runs,
    missing: all.filter(({ payDate }) => within(payDate)),
  });
  const cover = (hireOf: ReadonlyMap<string, string | null>) =>
    world.units.flatMap((unit) => {
      const source = sources.find(({ id }) => id === unit.connectionId);
      if (!source || !world.scope.visible.includes(unit.connectionId)) return [];
      if (query.entities.length > 0 && !query.entities.includes(unitKey(unit))) return [];
      const facts = {
        providerId: source.providerId,
        providerName: source.providerName,
        today,
        runs: runsOf(missing.get(unitKey(unit))),
        readThrough: readDay(source, timeZone),
        firstHire: hireOf.get(unitKey(unit)) ?? null,
      };
      return [coverUnit(unit, period, facts)];
    });
  const covered = cover(new Map());
  // The first hire matters only where pay does not begin with the period.
  const units = covered.every(({ fromStart }) => fromStart)
    ? covered
    : cover(await readFirstHires(tx, world));
  return {
    world,
    query,
    namesPeople: sources.every(({ id }) => can(ctx, "individual:read", { connectionId: id })),
    coverage: new Map(units.map((unit) => [unitKey(unit), unit])),
    lacking: new Map(lacking.map((row) => [row.individualId, row])),
    limits,
    cap: planCap(period, limits),
  };
}

/** The day up to which a provider was read. */
function readDay({ dataRetrievedAt, lastSyncSucceededAt }: SourceRow, zone: string): string | null {
  const asOf = dataRetrievedAt ?? lastSyncSucceededAt;
  return asOf && dateInZone(asOf, zone);
}

async function readFirstHires(tx: Tx, { customerId, scope }: YtdWorld) {
  const hires = await listFirstHires(tx, customerId, scope.visible);
  return new Map(hires.map((row) => [unitKey(row), row.day]));
}

const measures: Partial<Record<string, YtdMeasure>> = {
  gross: "gross",
  net: "net",
  deduction: "deductions",
  contribution: "contributions",
};
/** In which order an opening balance counts: where the page adds it to the figure. */
function measureOf({ category, employer }: OpeningRow): YtdMeasure | null {
  if (category !== "tax") return measures[category] ?? null;
  return employer === null ? "unknownTaxes" : employer ? "employerTaxes" : "taxes";
}

/** Who is in the list. */
export function peopleFilter({ world, query, lacking, namesPeople }: RowFacts): YtdPeopleFilter {
  return {
    words: namesPeople ? searchWords(query.search) : [],
    only: query.incomplete ? [...lacking.keys()] : null,
    also: [...new Set(world.openings.map(({ individualId }) => individualId))],
    openings: world.openings.map((opening) => ({ ...opening, measure: measureOf(opening) })),
  };
}

/**
 * One page of year-to-date wages, 50 people, in any definition, period and order.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer)
 */
export async function listYtd(ctx: Context, raw: Partial<YtdQuery>): Promise<YtdView> {
  const query = YtdQuery.parse(raw);
  requirePermission(ctx, "payroll:read");
  const customer = requireCustomer(ctx);
  return inScope(ctx, (tx) => readView(tx, customer, query), { readOnly: true });
}

type YtdSums = Pick<YtdView, "totals" | "byEin">;

/** Sums that are being added up, by who asks and for what. */
const underWay = new Map<string, Promise<YtdSums>>();

/**
 * The sums of a list with what its definition counts, also where that takes a second or two: the page shows its people
 * first. Neither search nor order nor place changes them, so whoever turns pages meanwhile gets the same ones.
 * @throws DomainError FORBIDDEN, NOT_FOUND (employer), RATE_LIMITED (too much of this kind is being read)
 */
export async function getYtdTotals(ctx: Context, raw: Partial<YtdQuery>): Promise<YtdSums> {
  requirePermission(ctx, "payroll:read");
  const customer = requireCustomer(ctx);
  const filter = { ...filterOf(YtdQuery.parse(raw)), search: "", incomplete: false };
  const key = JSON.stringify([ctx.actor, ctx.scope, ctx.grants, [...ctx.permissions], filter]);
  const found = underWay.get(key) ?? readTotalsApart(customer, filter).finally(() => underWay.delete(key));
  underWay.set(key, found);
  return found;
}

async function readTotalsApart(ctx: CustomerContext, filter: YtdFilterInput): Promise<YtdSums> {
  // Its turn is that of a file: it reads as much, and pages keep their part of the pool.
  const held = await holdSnapshot(ctx);
  try {
    const facts = await readRowFacts(held.tx, ctx, filter);
    const { totals, byEin } = await readSums(held.tx, facts, mostEstimated);
    return { totals, byEin };
  } finally {
    await held.release();
  }
}

/** What is asked for, without a place in the list. */
const filterOf = (query: YtdQuery) =>
  YtdFilterInput.parse(
    Object.fromEntries(Object.entries(query).filter(([name]) => name in YtdFilterInput.shape)),
  );

async function readSums(tx: Tx, facts: RowFacts, most: number) {
  const { world, query } = facts;
  const [kinds, counted] = await Promise.all([readTotals(tx, world), readDefinitionTotals(tx, facts, most)]);
  return {
    totals: withDefinition(toTotals(kinds, world.openings, query.pay), counted.rows, null),
    byEin: totalsByEin(facts, kinds, counted.rows),
    tooMany: counted.tooMany,
  };
}

async function readView(tx: Tx, ctx: CustomerContext, query: YtdQuery): Promise<YtdView> {
  const facts = await readRowFacts(tx, ctx, filterOf(query));
  const { world } = facts;
  const { period, scope } = world;
  const filter = peopleFilter(facts);
  const [sums, matching, scheduled, undated, earningNames] = await Promise.all([
    readSums(tx, facts, mostAtOnce),
    countYtdPeople(tx, scope, filter),
    readScheduled(tx, world),
    readUndated(tx, world),
    query.definition === "plan" ? listEarningNames(tx, scope.customerId, scope.visible, yearsOf(period)) : [],
  ]);
  const { totals, byEin, tooMany } = sums;
  const page = await readPage(tx, facts, filter, query, query.currency ?? totals[0]?.currency ?? "usd");
  const rows = await loadYtdRows(tx, facts, page.ids);
  const first = page.earlier ? (page.later ? query.position : Math.max(1, matching - rows.length + 1)) : 1;
  return {
    customerName: world.customerName,
    timeZone: world.timeZone,
    now: world.now,
    today: world.today,
    period,
    rows,
    namesPeople: facts.namesPeople,
    matching,
    from: rows.length === 0 ? 0 : first,
    to: rows.length === 0 ? 0 : first + rows.length - 1,
    previous:
      page.earlier && page.ids[0]
        ? { before: page.ids[0], position: Math.max(1, first - ytdPageSize) }
        : null,
    next:
      page.later && page.ids.length > 0
        ? { after: page.ids.at(-1) ?? "", position: first + rows.length }
        : null,
    totals,
    byEin,
    totalsFollow: tooMany,
    units: [...facts.coverage.values()].map((unit) => toUnitView(unit, facts.namesPeople)),
    sources: world.sources.map(({ id, providerName, dataRetrievedAt, lastSyncSucceededAt }) => ({
      id,
      providerName,
      asOf: dataRetrievedAt ?? lastSyncSucceededAt,
    })),
    scheduled,
    undated,
    lacking: {
      people: facts.lacking.size,
      pending: [...facts.lacking.values()].filter((row) => row.pending === row.runs).length,
    },
    earningNames,
    cap: facts.cap,
    hasContracts: scope.hasContracts,
    hasLinks: world.hasLinks,
    hasOpenings: world.openings.length > 0,
  };
}

/** Whom the reader may not name, no order by name may tell apart. */
export const orderOf = (
  { namesPeople }: RowFacts,
  { sort, descending }: Pick<YtdQuery, "sort" | "descending">,
  currency: string,
): YtdOrder => ({ sort, descending, currency, byName: namesPeople });

interface Page {
  ids: string[];
  earlier: boolean;
  later: boolean;
}

async function readPage(
  tx: Tx,
  facts: RowFacts,
  filter: YtdPeopleFilter,
  query: YtdQuery,
  currency: string,
): Promise<Page> {
  const order = orderOf(facts, query, currency);
  const backwards = query.before !== null;
  const pivot = query.before ?? query.after;
  const limit = ytdPageSize + 1;
  const found = await listYtdPeople(tx, facts.world.scope, filter, order, { pivot, backwards, limit });
  const more = found.length > ytdPageSize;
  if (!backwards) return { ids: found.slice(0, ytdPageSize), earlier: pivot !== null, later: more };
  // Too few people before this one for a page: then the first page is what is meant.
  if (!more) return readPage(tx, facts, filter, { ...query, before: null, after: null }, currency);
  return { ids: found.slice(1), earlier: true, later: true };
}
