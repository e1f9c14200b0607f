import type { Tx } from "@/db/client";
import type { SourceRow } from "@/db/repositories/individual-sources";
import { listOpeningBalances } from "@/db/repositories/opening-balances";
import { listClassificationsInForce, listPersonDates, mayHaveContracts } from "@/db/repositories/ytd-facts";
import type { YtdScope } from "@/db/repositories/ytd-source";
import { sumStatements } from "@/db/repositories/ytd-sums";
import { coverPerson, coverUnit } from "./coverage";
import { readLines } from "./load-rows";
import { resolvePeriod, type YtdPeriod } from "./period";
import { planSums } from "./plan-sums";
import { contractTypes } from "./read-scope";
import { toFigures } from "./to-figures";
import type { YtdCoverage, YtdFigures } from "./views";
import { YtdFilterInput } from "./ytd-query";

interface Person {
  customerId: string;
  individualId: string;
  entityId: string;
  startDate: string | null;
  endDate: string | null;
  source: SourceRow;
  /** Whether statements of earlier years are here, and the pay dates of this one's. */
  hasEarlier: boolean;
  payDates: readonly string[];
}

export interface PersonYear {
  /** The last day that counts; the year's last one, or the as-of date in it. */
  through: string;
  /** One entry for each currency, as in the employer's list. */
  figures: YtdFigures[];
  /** By the person's own statements: which runs there should be is the employer's to see. */
  coverage: Pick<YtdCoverage, "firstPayDate" | "lastPayDate" | "since">;
  /** Paid on 1099 lines, which are in no figure above; by currency, minor units. */
  contract: { currency: string; cents: bigint }[];
}

/**
 * One record's calendar year by the rules of the employer's list, from what the person's own rights reach: no run, no
 * other person. Null where no day of the year has come yet, and of years that are none.
 */
export async function readPersonYear(
  tx: Tx,
  person: Person,
  year: number,
  today: string,
): Promise<PersonYear | null> {
  // The years that the employer's list can be asked for; dates of others are a provider's mistakes.
  if (!YtdFilterInput.shape.year.safeParse(year).success) return null;
  const asked = { period: "year", planStart: 1, from: null, to: null, asOf: null } as const;
  const period = resolvePeriod({ ...asked, year }, today);
  const { from, through } = period;
  if (from === null || through === null || through < from) return null;
  const { customerId, individualId, source } = person;
  const classifications = await listClassificationsInForce(tx, customerId, [source.id]);
  const ownTypes = contractTypes(classifications);
  const hasContracts = await mayHaveContracts(tx, { customerId, ownTypes }, individualId, [year]);
  const scope: YtdScope = {
    ...{ customerId, visible: [source.id], entities: [], groups: [], ownTypes, hasContracts },
    plan: planSums(period, person.payDates),
    pay: "employees",
  };
  const query = { definition: "gross" } as const;
  const [sums, lines, [dates], openings, contract] = await Promise.all([
    sumStatements(tx, scope, [individualId]),
    readLines(tx, { world: { scope, classifications }, query }, [individualId]),
    listPersonDates(tx, scope, [individualId]),
    listOpeningBalances(tx, customerId, year, [source.id]),
    hasContracts ? sumStatements(tx, { ...scope, pay: "nonemployee" }, [individualId]) : [],
  ]);
  const figures = toFigures({
    sums,
    lines: lines.map(({ line }) => line),
    openings: openings.filter((row) => row.individualId === individualId && row.throughDate <= period.asOf),
    firstPayDates: new Map([[individualId, dates?.firstPayDate ?? null]]),
    pay: "employees",
    compensation: null,
  });
  return {
    through,
    figures,
    coverage: coverOwn(person, period, dates, today),
    contract: contract.map(({ currency, grossCents }) => ({ currency, cents: grossCents })),
  };
}

type Dates = Pick<YtdCoverage, "firstPayDate" | "lastPayDate">;

function coverOwn(
  person: Person,
  period: YtdPeriod,
  found: Dates | undefined,
  today: string,
): PersonYear["coverage"] {
  const dates = { firstPayDate: found?.firstPayDate ?? null, lastPayDate: found?.lastPayDate ?? null };
  const { source, entityId, startDate, endDate, hasEarlier, payDates } = person;
  const runs = payDates.filter((day) => day <= (period.through ?? day)).length;
  const unit = coverUnit(
    {
      ...{ connectionId: source.id, entityId, legalName: null, ein: null, ...dates, runs },
      ...{ pending: 0, incomplete: 0 },
      earliestPayDate: hasEarlier ? "0001-01-01" : dates.firstPayDate,
    },
    period,
    {
      ...source,
      providerName: source.providerName,
      today,
      runs: { missing: [], cycles: [], gap: null },
      readThrough: null,
      firstHire: startDate,
    },
  );
  const { since } = coverPerson({
    ...{ found: runs, lacking: undefined, ...dates },
    records: [{ unit, startDate, endDate }],
  });
  return { ...dates, since };
}
