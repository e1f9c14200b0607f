import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { testContext } from "@/lib/domain/testing";
import { getYtdPerson } from "./get-ytd-person";
import { listYtd, type YtdView } from "./list-ytd";
import { isInOrder, PayWorld, type TestLine, type TestPerson, type TestSlip } from "./testing";
import type { YtdTotals } from "./to-totals";
import { YtdFilterInput, type YtdQuery } from "./ytd-query";

const database = useTestDatabase();
const open = () => PayWorld.open(database());
const asAdmin = (world: PayWorld, query: Partial<YtdQuery> = {}) =>
  listYtd(testContext("employer_admin", world.customerId), query);

beforeAll(() => configureDatabase({ url: database().urls.app, max: 4 }));
afterAll(closeDatabase);

const currencies = ["usd", "USD", "JPY", "kwd", null];
const currency = fc.constantFrom(...currencies);
const cents = fc.option(fc.bigInt({ min: -9_000_000n, max: 9_000_000n }), { freq: 6 });
const line: fc.Arbitrary<TestLine> = fc.oneof(
  fc.record({
    category: fc.constant("earning" as const),
    type: fc.constantFrom("salary", "bonus", "1099", "reimbursement", null),
    name: fc.constantFrom("Salary", "Extra", null),
    cents,
    currency,
    hours: fc.constantFrom("79.9833", "0", null),
  }),
  fc.record({
    category: fc.constantFrom("tax" as const, "deduction" as const, "contribution" as const),
    type: fc.constantFrom("401k", null),
    name: fc.constantFrom("A", null),
    cents,
    currency,
    preTax: fc.constantFrom(true, null),
    employer: fc.constantFrom(true, false, null),
  }),
);
const payDates = [
  "2024-12-27",
  "2025-01-03",
  "2025-06-30",
  "2025-12-31",
  "2026-01-02",
  "2026-03-13",
  "2026-12-24",
  null,
];
const slip = fc.record({
  person: fc.nat({ max: 4 }),
  payDate: fc.constantFrom(...payDates),
  grossCents: cents,
  grossCurrency: currency,
  netCents: cents,
  netCurrency: currency,
  hours: fc.constantFrom("80", "79.9833", null),
  lines: fc.array(line, { maxLength: 5 }),
  deleted: fc.nat({ max: 5 }).map((n) => n === 0),
});

interface Expected {
  gross: bigint;
  net: bigint;
  taxes: bigint;
  deductions: bigint;
  statements: number;
}
const nothing = (): Expected => ({ gross: 0n, net: 0n, taxes: 0n, deductions: 0n, statements: 0 });
const low = (value: string | null) => (value ?? "").toLowerCase();
const contractOnly = ({ lines }: TestSlip) => {
  const earnings = lines.filter(({ category }) => category === "earning");
  return (
    earnings.some(({ type }) => type === "1099") &&
    earnings.every(({ type }) => type === "1099" || type === "reimbursement")
  );
};

/** The same by hand: slip after slip. */
function recompute(slips: readonly TestSlip[], pay: "employees" | "nonemployee"): Map<string, Expected> {
  const sums = new Map<string, Expected>();
  const at = (key: string) => {
    const found = sums.get(key) ?? nothing();
    sums.set(key, found);
    return found;
  };
  for (const one of slips) {
    const whole = contractOnly(one) === (pay === "nonemployee");
    if (whole) {
      at(low(one.grossCurrency ?? one.netCurrency)).statements += 1;
      if (one.grossCents !== null) at(low(one.grossCurrency)).gross += one.grossCents;
      if (one.netCents !== null) at(low(one.netCurrency)).net += one.netCents;
    }
    for (const each of one.lines) {
      const sum = at(low(each.currency));
      const amount = each.cents ?? 0n;
      const isContract = each.category === "earning" && each.type === "1099";
      if (whole && pay === "employees" && isContract) sum.gross -= amount;
      if (!whole && pay === "nonemployee" && isContract) sum.gross += amount;
      if (whole && each.category === "tax" && each.employer === false) sum.taxes += amount;
      if (whole && each.category === "deduction") sum.deductions += amount;
    }
  }
  return new Map(
    [...sums].filter(([, sum]) => Object.values(sum).some((value) => value !== 0 && value !== 0n)),
  );
}

const bigints = (_: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
const shown = (
  figures: {
    currency: string;
    statements: number;
    grossCents: bigint;
    netCents: bigint;
    taxesCents: bigint;
    deductionsCents: bigint;
  }[],
) =>
  new Map(
    figures
      .map((each): [string, Expected] => [
        each.currency,
        {
          gross: each.grossCents,
          net: each.netCents,
          taxes: each.taxesCents,
          deductions: each.deductionsCents,
          statements: each.statements,
        },
      ])
      .filter(([, sum]) => Object.values(sum).some((value) => value !== 0 && value !== 0n)),
  );

const asked = fc.record({
  period: fc.constantFrom("year" as const, "plan" as const, "range" as const, "undated" as const),
  year: fc.constantFrom(2024, 2025, 2026),
  planStart: fc.constantFrom(1, 7),
  from: fc.constantFrom("2024-12-01", "2025-06-30"),
  to: fc.constantFrom("2025-12-31", "2026-12-31"),
  asOf: fc.constantFrom("2025-06-30", "2026-06-30", "2027-01-31"),
  together: fc.constantFrom("apart" as const, "together" as const, "ein" as const),
  pay: fc.constantFrom("employees" as const, "nonemployee" as const),
  sort: fc.constantFrom(
    "name" as const,
    ...([
      "gross",
      "net",
      "hours",
      "statements",
      "taxes",
      "employerTaxes",
      "unknownTaxes",
      "deductions",
      "contributions",
    ] as const),
  ),
  descending: fc.boolean(),
  names: fc.constantFrom<(string | null)[]>([], ["Salary"], ["Extra", null]),
});

/** In any definition, everybody's sums are those of the rows, and an EIN's those of the list of its entities. */
async function definitionsEqual(world: PayWorld, query: Partial<YtdQuery>) {
  for (const definition of ["plan", "box1"] as const) {
    const view = await asAdmin(world, { ...query, definition });
    const said = JSON.stringify([definition, query]);
    expect(countedOf(view.totals), said).toEqual(countedInRows(view));
    for (const { entities, totals } of view.byEin) {
      const own = await asAdmin(world, { ...query, definition, entities });
      expect(countedOf(totals), said).toEqual(countedOf(own.totals));
    }
  }
}

const countedOf = (totals: readonly YtdTotals[]) =>
  new Map(
    totals.flatMap(({ currency, compensation, box1 }): [string, string][] => {
      const cents = compensation ?? { cents: 0n, uncappedCents: 0n, withoutAmount: 0 };
      const { low, high, people } =
        box1?.kind === "range"
          ? { low: box1.lowCents, high: box1.highCents, people: box1.people }
          : { low: 0n, high: 0n, people: 0 };
      const all = [cents.cents, cents.uncappedCents, cents.withoutAmount, low, high, people];
      return all.some((value) => value !== 0n && value !== 0) ? [[currency, all.join()]] : [];
    }),
  );

function countedInRows({ rows, totals }: YtdView) {
  const ranges = rows.flatMap(({ box1 }) => (box1?.kind === "range" ? [box1] : []));
  const sum = (values: readonly bigint[]) => values.reduce((all, value) => all + value, 0n);
  return countedOf(
    totals.map((each) => {
      const own = rows.flatMap(({ figures }) =>
        figures.flatMap(({ currency, compensation }) =>
          currency === each.currency && compensation ? [compensation] : [],
        ),
      );
      return {
        ...each,
        compensation: {
          cents: sum(own.map(({ cents }) => cents)),
          uncappedCents: sum(own.map(({ uncappedCents }) => uncappedCents)),
          withoutAmount: own.reduce((n, { withoutAmount }) => n + withoutAmount, 0),
        },
        box1:
          each.currency === "usd"
            ? {
                kind: "range" as const,
                lowCents: sum(ranges.map(({ lowCents }) => lowCents)),
                highCents: sum(ranges.map(({ highCents }) => highCents)),
                people: ranges.length,
                without: 0,
                withoutAmount: 0,
              }
            : null,
      };
    }),
  );
}

/** Every figure of a person's row equals the sum of the lines that it leads to. */
async function drillsEqual(world: PayWorld, query: Partial<YtdQuery>, view: YtdView, individualId: string) {
  const { sort: _sort, descending: _descending, ...filter } = query;
  const row = view.rows.find((each) => each.individualId === individualId);
  for (const figures of row?.figures ?? []) {
    const sums = {
      gross: figures.grossCents,
      net: figures.netCents,
      taxes: figures.taxesCents,
      employerTaxes: figures.employerTaxesCents,
      unknownTaxes: figures.unknownTaxesCents,
      deductions: figures.deductionsCents,
      contributions: figures.contributionsCents,
      earnings: figures.earnings.reduce((sum, { amountCents }) => sum + amountCents, 0n),
      ...(query.pay === "employees" ? { contract: figures.contractCents } : {}),
    };
    const ctx = testContext("employer_admin", world.customerId);
    for (const [of, cents] of Object.entries(sums)) {
      const ask = {
        individualId,
        query: YtdFilterInput.parse(filter),
        of: of as "gross",
        currency: figures.currency,
      };
      expect((await getYtdPerson(ctx, ask)).drill.cents, `${of} ${JSON.stringify(query)}`).toBe(cents);
    }
  }
}

describe("year-to-date wages equal what the statements say", () => {
  it("for any pay, period, currency, link and kind of pay, by person and in total", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(slip, { minLength: 1, maxLength: 14 }),
        fc.array(asked, { minLength: 3, maxLength: 3 }),
        async (drawn, queries) => {
          const world = await open();
          const connections = [await world.connect(), await world.connect()];
          const people: TestPerson[] = [];
          for (let n = 0; n < 5; n += 1)
            people.push(await world.person(connections[n % 2] ?? "", { last: `Last${n}` }));
          for (const connectionId of connections)
            await world.entity(
              connectionId,
              "",
              "Acme",
              connectionId === connections[0] ? "11-1111111" : null,
            );
          const slips = drawn.map((each) => ({ ...each, person: people[each.person]?.id ?? "" }));
          for (const connectionId of connections)
            for (const payDate of payDates)
              await world.run(
                connectionId,
                payDate,
                slips.filter(
                  (each) =>
                    each.payDate === payDate &&
                    people.find(({ id }) => id === each.person)?.connectionId === connectionId,
                ),
              );
          await world.keepTotals();
          await world.link(people[0]?.id ?? "", people[1]?.id ?? "");
          await world.link(people[0]?.id ?? "", people[2]?.id ?? "");
          for (const query of queries) {
            const view = await asAdmin(world, query);
            const { from, through } = view.period;
            const counts = ({ payDate, deleted }: TestSlip) =>
              !deleted &&
              (from === null || through === null
                ? payDate === null
                : payDate !== null && payDate >= from && payDate <= through);
            const there = slips.filter(counts);
            expect(isInOrder(view, query), JSON.stringify([query, view], bigints)).toBe(true);
            expect(shown(view.totals), JSON.stringify(query)).toEqual(recompute(there, query.pay));
            await definitionsEqual(world, query);
            const linked = new Set(
              query.together === "apart"
                ? []
                : [0, 2, ...(query.together === "together" ? [1] : [])].map((n) => people[n]?.id ?? ""),
            );
            const listed = new Map(view.rows.map((row) => [row.individualId, shown(row.figures)]));
            for (const { id } of people) {
              if (linked.has(id) && id !== people[0]?.id) {
                expect(listed.has(id)).toBe(false);
                continue;
              }
              await drillsEqual(world, query, view, id);
              const own = there.filter(({ person }) => (linked.has(id) ? linked.has(person) : person === id));
              expect(listed.get(id) ?? new Map(), JSON.stringify(query)).toEqual(recompute(own, query.pay));
            }
          }
        },
      ),
      { numRuns: 5 },
    );
  }, 240_000);
});
