import type { Tx } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import { listConfirmedLinks } from "@/db/repositories/individual-links";
import type { SourceRow } from "@/db/repositories/individual-sources";
import { listOpeningBalances, type OpeningRow } from "@/db/repositories/opening-balances";
import {
  listClassificationsInForce,
  listContractYears,
  listPayDates,
  listYtdUnits,
  type InForceRow,
  type YtdUnitRow,
} from "@/db/repositories/ytd-facts";
import type { YtdScope } from "@/db/repositories/ytd-source";
import type { CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { visibleSources } from "@/lib/domain/individuals/resolve-filter";
import { dateInZone } from "@/lib/format/dates";
import { linkGroups } from "./link-groups";
import { resolvePeriod, yearOf, yearsOf, type YtdPeriod } from "./period";
import { planSums } from "./plan-sums";
import type { YtdFilterInput } from "./ytd-query";

/** Everything that a question about year-to-date wages stands on, read once. */
export interface YtdWorld {
  customerId: string;
  customerName: string;
  timeZone: string;
  /** The database's clock, and its day in the employer's zone. */
  now: Date;
  today: string;
  period: YtdPeriod;
  /** All that the reader sees, and those that were asked for. */
  sources: SourceRow[];
  units: YtdUnitRow[];
  /** The employer's own types for lines. */
  classifications: InForceRow[];
  /** Calendar years in which somebody is paid on 1099 lines. */
  contractYears: number[];
  scope: YtdScope;
  openings: OpeningRow[];
  /** Whether any two records are known to be one person, as far as this reader may know. */
  hasLinks: boolean;
}

/** A connection's entity, as it stands in the address. */
export const unitKey = ({ connectionId, entityId }: { connectionId: string; entityId: string }) =>
  `${connectionId}.${entityId}`;

/** @throws DomainError NOT_FOUND (employer) */
export async function readYtdWorld(tx: Tx, ctx: CustomerContext, query: YtdFilterInput): Promise<YtdWorld> {
  const { customerId } = ctx.scope;
  const [sources, customer, now] = await Promise.all([
    visibleSources(tx, ctx),
    findCustomer(tx, customerId),
    readClock(tx),
  ]);
  if (!customer) throw notFound("employer");
  const today = dateInZone(now, customer.timeZone);
  const period = resolvePeriod(query, today);
  const all = sources.map(({ id }) => id);
  const visible = query.connections.length > 0 ? all.filter((id) => query.connections.includes(id)) : all;
  const { from, through } = period;
  const days = from !== null && through !== null ? { from, through } : null;
  const wholeYears = days && { from: `${yearOf(days.from)}-01-01`, to: `${yearOf(days.through)}-12-31` };
  const classifications = await listClassificationsInForce(tx, customerId, visible);
  const ownTypes = contractTypes(classifications);
  const [units, payDates, contractYears, openings, links] = await Promise.all([
    listYtdUnits(tx, customerId, all, days),
    wholeYears ? listPayDates(tx, customerId, visible, wholeYears) : [],
    listContractYears(tx, customerId, visible, ownTypes),
    isCalendarYear(period) && query.pay === "employees"
      ? listOpeningBalances(tx, customerId, period.year, visible)
      : [],
    listConfirmedLinks(tx, customerId, visible),
  ]);
  const asked = query.entities.length > 0 ? new Set(query.entities) : null;
  const records = asked ? links.records.filter((record) => asked.has(unitKey(record))) : links.records;
  const einOf = new Map(units.map((unit) => [unitKey(unit), unit.ein]));
  const groups =
    query.together === "apart"
      ? []
      : linkGroups(
          { pairs: links.pairs, records },
          query.together === "ein" ? (record) => einOf.get(unitKey(record)) ?? null : undefined,
        );
  return {
    customerId,
    customerName: customer.name,
    timeZone: customer.timeZone,
    now,
    today,
    period,
    sources,
    units,
    classifications,
    contractYears,
    openings: openings.filter(
      (opening) => opening.throughDate <= period.asOf && (!asked || asked.has(unitKey(opening))),
    ),
    hasLinks: links.pairs.length > 0,
    scope: {
      customerId,
      visible,
      entities: query.entities,
      groups,
      plan: planSums(period, payDates),
      pay: query.pay,
      hasContracts: yearsOf(period).some((year) => contractYears.includes(year)),
      ownTypes,
    },
  };
}

const apart = new Set(["1099", "reimbursement"]);

/** Own types that decide whether a slip is wages, the one that began later first, as `applyClassifications` takes them. */
export const contractTypes = (classifications: readonly InForceRow[]): InForceRow[] =>
  classifications
    .filter(
      ({ category, mappedType, finchType }) =>
        category === "earning" && (apart.has(mappedType) || apart.has(finchType ?? "")),
    )
    .sort((a, b) => (b.effectiveFrom ?? "").localeCompare(a.effectiveFrom ?? "") || a.id.localeCompare(b.id));

/** Opening balances are of calendar years, and box 1 too. */
export const isCalendarYear = (period: YtdPeriod): period is YtdPeriod & { year: number } =>
  period.kind === "year" && period.year !== null;
