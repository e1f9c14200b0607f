import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { testContext } from "@/lib/domain/testing";
import { listYtd } from "./list-ytd";
import { PayWorld, wages, type TestLine } from "./testing";
import type { YtdFigures } from "./views";

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
