import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { testContext } from "@/lib/domain/testing";
import { ytdSorts } from "@/lib/format/pay-choices";
import { listYtd } from "./list-ytd";
import { PayWorld, wages, type TestLine, type TestSlip } from "./testing";
import type { YtdFigures } from "./views";
import type { YtdSort } from "./ytd-query";

const database = useTestDatabase();
let world: PayWorld;
afterAll(closeDatabase);

const line = (category: TestLine["category"], cents: bigint, more: Partial<TestLine> = {}): TestLine => ({
  ...{ category, cents, name: category, type: null, currency: "usd" },
  ...more,
});

/** Three people, each with the most of something else, in two currencies. */
beforeAll(async () => {
  await configureDatabase({ url: database().urls.app, max: 4 });
  world = await PayWorld.open(database());
  const connectionId = await world.connect();
  const day = "2025-03-07";
  const slip = async (first: string, lines: TestLine[]) => {
    const { id } = await world.person(connectionId, { first });
    const plain = wages(id, day, 1_000n);
    return { ...plain, lines: [...plain.lines, ...lines] };
  };
  await world.run(connectionId, day, [
    await slip("Ada", [line("tax", 50n, { employer: true }), line("deduction", 9n, { currency: "cad" })]),
    await slip("Ben", [line("tax", 70n), line("tax", 60n, { employer: true })]),
    await slip("Cem", [line("contribution", 30n), line("deduction", 90n, { currency: "cad" })]),
  ]);
  await world.keepTotals();
});

const measures = {
  employerTaxes: "employerTaxesCents",
  unknownTaxes: "unknownTaxesCents",
  contributions: "contributionsCents",
  deductions: "deductionsCents",
} as const;

it.each([
  ["employerTaxes", "usd"],
  ["unknownTaxes", "usd"],
  ["contributions", "usd"],
  ["deductions", "cad"],
] as const)("a sum of %s in %s leads to the people who make it, the most first", async (sort, currency) => {
  const admin = testContext("employer_admin", world.customerId);
  const { rows, totals } = await listYtd(admin, { year: 2025, sort, currency, descending: true });
  const of = (figures: readonly YtdFigures[]) =>
    figures.find((each) => each.currency === currency)?.[measures[sort]] ?? 0n;
  const amounts = rows.map(({ figures }) => of(figures));
  expect(amounts).toEqual(amounts.toSorted((a, b) => Number(b - a)));
  expect(amounts[0]).toBeGreaterThan(amounts.at(-1) ?? 0n);
  const total = totals.find((each) => each.currency === currency);
  expect(amounts.reduce((sum, amount) => sum + amount, 0n)).toBe(total?.[measures[sort]]);
});

interface Drawn {
  id: string;
  sortName: string;
  /** Null: nothing of it in dollars. */
  values: Partial<Record<YtdSort, bigint | null>>;
}

/** People with equal, negative, zero and no amounts of each measure; two of them have the same name. */
async function tiedPeople() {
  const tied = await PayWorld.open(database());
  const connectionId = await tied.connect();
  const drawn: Drawn[] = [];
  const slips: TestSlip[] = [];
  const day = "2026-03-06";
  const draw = [
    ["Ivy", 500n, 7n, "8", null],
    ["Ada", 500n, null, "8", 3n],
    ["Gus", -500n, 7n, "0", 0n],
    ["Ada", 500n, -7n, "40", 3n],
    ["Bea", 0n, 7n, "8.5", -3n],
    ["Flo", 900n, 0n, "8", 3n],
    ["Dan", null, null, null, null],
    ["Cem", null, null, null, null],
  ] as const;
  for (const [at, [first, gross, tax, hours, other]] of draw.entries()) {
    const { id } = await tied.person(connectionId, { first, last: "Marsh" });
    const amounts: [TestLine["category"], bigint | null, Partial<TestLine>][] = [
      ["tax", tax, { employer: false }],
      ["tax", other, { employer: true }],
      ["tax", tax, { employer: null, name: "Levy" }],
      ["deduction", other, {}],
      ["contribution", tax, {}],
    ];
    const net = gross === null ? null : at % 3 === 0 ? 300n : gross - 100n;
    slips.push({
      ...{ person: id, payDate: day, hours },
      // Whoever has nothing in dollars is paid in another currency.
      ...{ grossCents: gross ?? 4n, grossCurrency: gross === null ? "cad" : "usd" },
      ...{ netCents: net ?? 4n, netCurrency: gross === null ? "cad" : "usd" },
      lines: amounts.flatMap(([category, cents, more]) =>
        cents === null ? [] : [line(category, cents, more)],
      ),
    });
    drawn.push({
      id,
      sortName: `marsh ${first.toLowerCase()}`,
      values: {
        ...{ gross, net, statements: gross === null ? null : 1n, taxes: tax, unknownTaxes: tax },
        ...{ contributions: tax, employerTaxes: other, deductions: other },
        hours: gross === null || hours === null ? null : BigInt(Number(hours) * 10),
      },
    });
  }
  await tied.run(connectionId, day, slips);
  // Later than the as-of date: it changes no order.
  const last = drawn[4]?.id ?? "";
  await tied.run(connectionId, "2026-09-04", [{ ...wages(last, "2026-09-04", 9_000n), lines: [] }]);
  await tied.keepTotals();
  return { tied, drawn };
}

const compare = <T extends string | bigint>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);

it("each order is that of an independent sort, both ways round: equal amounts by name, those without one last", async () => {
  const { tied, drawn } = await tiedPeople();
  const admin = testContext("employer_admin", tied.customerId);
  const byName = (a: Drawn, b: Drawn) => compare(a.sortName, b.sortName) || compare(a.id, b.id);
  for (const sort of ytdSorts)
    for (const descending of [false, true]) {
      const sign = descending ? -1 : 1;
      const expected = drawn.toSorted((a, b) => {
        if (sort === "name") return sign * byName(a, b);
        const [x, y] = [a.values[sort] ?? null, b.values[sort] ?? null];
        if (x === null || y === null) return Number(x === null) - Number(y === null) || byName(a, b);
        return sign * compare(x, y) || byName(a, b);
      });
      const query = { year: 2026, asOf: "2026-06-30", sort, descending, currency: "usd" };
      const { rows } = await listYtd(admin, query);
      const firstOf = (id: string) => drawn.findIndex((each) => each.id === id);
      expect(
        rows.map(({ individualId }) => firstOf(individualId)),
        `${sort} ${descending ? "descending" : "ascending"}`,
      ).toEqual(expected.map(({ id }) => firstOf(id)));
    }
});
