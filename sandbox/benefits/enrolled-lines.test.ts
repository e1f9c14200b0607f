import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { createSandbox } from "@/sandbox/app";
import { matchOf } from "@/sandbox/benefits/amounts";
import { enrolledLines, type Pay, type PayDates } from "@/sandbox/benefits/enrolled-lines";
import { recordVersion } from "@/sandbox/benefits/enrollments";
import type { Benefit, Configuration } from "@/sandbox/benefits/records";
import { createConnection } from "@/sandbox/connections";
import { findProvider } from "@/sandbox/providers";
import type { Connection, Entity } from "@/sandbox/records";
import { addDays } from "@/sandbox/seed/dates";

const { world } = createSandbox();
const provider = findProvider("gusto");
if (!provider) throw new Error("no Gusto");
const connection: Connection = createConnection(world, {
  clientId: "client",
  connectionType: "finch",
  provider,
  customerId: null,
  customerName: null,
  customerEmail: null,
  employeeSize: 5,
});
const entity = connection.entities[0] as Entity;
const person = "11111111-1111-4111-8111-111111111111";

const plain: Configuration = {
  employeeDeduction: { type: "fixed", amount: 10_000 },
  companyContribution: null,
  annualMaximum: null,
  catchUp: null,
  hsaLimit: null,
};

function addBenefit(values: Partial<Benefit> = {}): Benefit {
  const id = `benefit ${world.store.benefits.size}`;
  const base = { id, place: 0, connectionId: connection.id, entityId: entity.id, setUp: true } as const;
  const rest = {
    type: "401k",
    frequency: "every_paycheck",
    description: "Plan",
    companyContribution: null,
  } as const;
  return world.store.benefits.set(id, { ...base, ...rest, ...values });
}

const enroll = (
  benefit: Benefit,
  day: string,
  values: Partial<Configuration> | null,
  effectiveDate: string | null = null,
) =>
  recordVersion(world, benefit, person, {
    recordedAt: `${day}T12:00:00.000Z`,
    effectiveDate,
    configuration: values && { ...plain, ...values },
  });

/** Every other Friday of 2026, from 2 January on: the 27th would be 1 January 2027. */
const fridays = Array.from({ length: 26 }, (_, i) => addDays("2026-01-02", i * 14));

/** The lines of each of some pay dates, as a payroll would ask for them. */
function linesOf(days: readonly string[], values: Partial<Pay> = {}, grossCents = 400_000) {
  const pays = days.map((payDate): PayDates => ({ payDate, grossCents, ...values }));
  return pays.map((pay, place) => {
    const earlier = (since: string) => pays.slice(0, place).filter((row) => row.payDate >= since);
    return enrolledLines(world, connection, entity, person, { ...pay, ...values, earlier });
  });
}

const amountsOf = (days: readonly string[], values: Partial<Pay> = {}, grossCents = 400_000) =>
  linesOf(days, values, grossCents).map(({ deductions }) => deductions[0]?.amountCents ?? 0);

beforeEach(() => {
  world.store.benefits.clear();
  world.store.enrollments.clear();
});

describe("an enrollment", () => {
  it("shows from the next payment on, and payments of before stay as they were", () => {
    const benefit = addBenefit();
    enroll(benefit, "2026-01-16", {});
    expect(amountsOf(fridays.slice(0, 4))).toEqual([0, 0, 10_000, 10_000]);
    enroll(benefit, "2026-02-01", { employeeDeduction: { type: "percent", amount: 500 } });
    expect(amountsOf(fridays.slice(0, 4))).toEqual([0, 0, 10_000, 20_000]);
    enroll(benefit, "2026-02-20", null);
    expect(amountsOf(fridays.slice(0, 5))).toEqual([0, 0, 10_000, 20_000, 0]);
  });

  it("with a later effective date waits for the period that holds the date", () => {
    enroll(addBenefit(), "2026-01-01", {}, "2026-02-10");
    const pay = (payDate: string, periodEnd: string) =>
      enrolledLines(world, connection, entity, person, {
        payDate,
        periodEnd,
        grossCents: 1,
        earlier: () => [],
      });
    expect(pay("2026-02-12", "2026-02-09").deductions).toEqual([]);
    expect(pay("2026-02-12", "2026-02-10").deductions).toHaveLength(1);
  });

  it("that was recorded after the last sync is not seen yet", () => {
    enroll(addBenefit(), "2026-01-10", {});
    expect(amountsOf(["2026-01-16"], { seenAt: "2026-01-10T11:59:59.000Z" })).toEqual([0]);
    expect(amountsOf(["2026-01-16"], { seenAt: "2026-01-10T12:00:00.000Z" })).toEqual([10_000]);
  });

  it("names its line as the deduction is named, with type and whether it is pre-tax", () => {
    enroll(addBenefit({ type: "401k_roth", description: "Roth" }), "2026-01-01", {});
    const [lines] = linesOf(["2026-01-02"]);
    expect(lines?.deductions).toEqual([
      { benefitId: "benefit 0", name: "Roth", type: "401k_roth", amountCents: 10_000, preTax: false },
    ]);
  });

  it("of somebody else, of another entity or of another connection gives no line", () => {
    enroll(addBenefit(), "2026-01-01", {});
    const pay = { payDate: "2026-02-02", grossCents: 100_000, earlier: () => [] };
    const of = (at: Connection, unit: Entity, id: string) =>
      enrolledLines(world, at, unit, id, pay).deductions;
    expect(of(connection, entity, person)).toHaveLength(1);
    expect(of(connection, entity, "somebody else")).toEqual([]);
    expect(of(connection, { ...entity, id: "other" }, person)).toEqual([]);
    expect(of({ ...connection, id: "other" }, entity, person)).toEqual([]);
  });
});

describe("frequencies", () => {
  it("monthly comes once in a month, with its first payment", () => {
    enroll(addBenefit({ frequency: "monthly" }), "2025-12-31", {});
    const days = fridays.slice(0, 6);
    expect(days.map((day) => day.slice(5))).toEqual(["01-02", "01-16", "01-30", "02-13", "02-27", "03-13"]);
    expect(amountsOf(days)).toEqual([10_000, 0, 0, 10_000, 0, 10_000]);
  });

  it("monthly begins within the month of the enrollment", () => {
    enroll(addBenefit({ frequency: "monthly" }), "2026-01-16", {});
    expect(amountsOf(fridays.slice(0, 4))).toEqual([0, 0, 10_000, 10_000]);
  });

  it("one_time comes once, in the next year too, and once more after another request", () => {
    const benefit = addBenefit({ frequency: "one_time" });
    enroll(benefit, "2025-12-20", {});
    expect(amountsOf(["2025-12-19", "2025-12-26", ...fridays.slice(0, 3)])).toEqual([0, 10_000, 0, 0, 0]);
    enroll(benefit, "2026-01-10", {});
    expect(amountsOf(["2025-12-26", ...fridays.slice(0, 3)])).toEqual([10_000, 0, 10_000, 0]);
  });
});

describe("annual maximums", () => {
  it("let the payment that reaches them take the rest only, and start again in January", () => {
    enroll(addBenefit(), "2025-12-31", { annualMaximum: 25_000 });
    expect(amountsOf(fridays).slice(0, 5)).toEqual([10_000, 10_000, 5_000, 0, 0]);
    expect(amountsOf([...fridays, "2027-01-15"]).at(-1)).toBe(10_000);
  });

  it("are raised by catch-up from the year of the fiftieth birthday on", () => {
    enroll(addBenefit(), "2025-12-31", {
      annualMaximum: 2_450_000,
      catchUp: true,
      employeeDeduction: { type: "fixed", amount: 300_000 },
    });
    const total = (birthDate: string | null) =>
      amountsOf(fridays, { birthDate }).reduce((sum, cents) => sum + cents, 0);
    expect([null, "1977-01-01", "1976-12-31", "1966-01-01", "1962-05-05"].map(total)).toEqual([
      2_450_000, 2_450_000, 3_250_000, 3_575_000, 3_250_000,
    ]);
  });

  it("are never exceeded, whatever is earned and agreed", () => {
    const percent = fc.record({
      type: fc.constant("percent" as const),
      amount: fc.integer({ min: 0, max: 10_000 }),
    });
    const fixed = fc.record({
      type: fc.constant("fixed" as const),
      amount: fc.integer({ min: 0, max: 900_000 }),
    });
    const enrollment = fc.record({
      deduction: fc.oneof(percent, fixed),
      maximum: fc.integer({ min: 0, max: 3_000_000 }),
    });
    const changes = fc.array(enrollment, { minLength: 1, maxLength: 3 });
    const grosses = fc.array(fc.integer({ min: -10_000, max: 1_000_000 }), { minLength: 26, maxLength: 27 });
    fc.assert(
      fc.property(changes, grosses, (versions, gross) => {
        world.store.enrollments.clear();
        const benefit = addBenefit();
        versions.forEach(({ deduction, maximum }, i) =>
          enroll(benefit, addDays("2025-12-30", i * 60), {
            employeeDeduction: deduction,
            annualMaximum: maximum,
          }),
        );
        const pays = fridays.map((payDate, i) => ({ payDate, grossCents: gross[i] ?? 0 }));
        let taken = 0;
        pays.forEach((pay, place) => {
          const earlier = (since: string) => pays.slice(0, place).filter((row) => row.payDate >= since);
          const { deductions } = enrolledLines(world, connection, entity, person, { ...pay, earlier });
          const amount = deductions[0]?.amountCents ?? 0;
          const inForce = versions.filter((_, i) => addDays("2025-12-30", i * 60) < pay.payDate).at(-1);
          const room = Math.max(0, (inForce?.maximum ?? 0) - taken);
          expect(amount).toBeLessThanOrEqual(room);
          expect(amount).toBeLessThanOrEqual(Math.max(0, pay.grossCents));
          taken += amount;
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe("company contributions", () => {
  const tiers = [
    { match: 10_000, threshold: 300 },
    { match: 5_000, threshold: 500 },
  ];

  it("match what is given, tier by tier", () => {
    expect([0, 200, 300, 400, 500, 900].map((percent) => matchOf(tiers, percent * 40, 400_000))).toEqual([
      0, 8_000, 12_000, 14_000, 16_000, 16_000,
    ]);
  });

  it("by tiers do not depend on their order", () => {
    const tier = fc.record({
      match: fc.integer({ min: 1, max: 10_000 }),
      threshold: fc.integer({ min: 1, max: 10_000 }),
    });
    const several = fc.array(tier, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(several, fc.nat(2_000_000), fc.nat(2_000_000), (rows, given, gross) => {
        const sorted = [...rows].sort((a, b) => a.threshold - b.threshold || b.match - a.match);
        const expected = matchOf(sorted, given, gross);
        expect(matchOf([...sorted].reverse(), given, gross)).toBe(expected);
        expect(matchOf(rows, given, gross)).toBe(expected);
        expect(expected).toBeLessThanOrEqual(given + rows.length);
      }),
    );
  });

  it("are the company's match unless the person has one of its own", () => {
    const benefit = addBenefit({ companyContribution: { type: "match", tiers } });
    enroll(benefit, "2026-01-01", { employeeDeduction: { type: "percent", amount: 600 } });
    expect(linesOf(["2026-01-02"])[0]?.contributions[0]?.amountCents).toBe(16_000);
    const own = { type: "fixed", amount: 2_500 } as const;
    enroll(benefit, "2026-01-02", { companyContribution: own });
    expect(linesOf(["2026-01-16"])[0]?.contributions[0]?.amountCents).toBe(2_500);
  });
});

describe("what is left for deductions", () => {
  it("is shared in the order of enrollment, and the match follows what is really taken", () => {
    const [first, second] = [addBenefit(), addBenefit({ type: "hsa_pre" })];
    enroll(first, "2026-01-01", { employeeDeduction: { type: "percent", amount: 10_000 } });
    enroll(second, "2026-01-01", {});
    const [lines] = linesOf(["2026-01-02"], { availableCents: 250_000 });
    expect(lines?.deductions.map((row) => [row.benefitId, row.amountCents])).toEqual([
      ["benefit 0", 250_000],
    ]);
  });
});

describe("overwriting", () => {
  it("leaves nothing of the configuration of before", () => {
    const amount = fc.integer({ min: 1, max: 50_000 });
    const configuration = fc.record({
      employeeDeduction: fc.option(fc.record({ type: fc.constant("fixed" as const), amount })),
      companyContribution: fc.option(fc.record({ type: fc.constant("fixed" as const), amount })),
      annualMaximum: fc.option(fc.integer({ min: 0, max: 90_000 })),
    });
    fc.assert(
      fc.property(fc.array(configuration, { maxLength: 4 }), configuration, (before, last) => {
        const linesAfter = (versions: readonly (typeof last)[]) => {
          world.store.enrollments.clear();
          world.store.benefits.clear();
          const benefit = addBenefit();
          for (const version of versions) enroll(benefit, "2026-01-01", version);
          return linesOf(fridays.slice(0, 3));
        };
        expect(linesAfter([...before, last])).toEqual(linesAfter([last]));
      }),
    );
  });
});

describe("what the seed chose", () => {
  const election = { type: "s125_medical", from: "2025-06-01", configuration: plain } as const;

  it("has its lines with the others, until the API overwrites or ends it", () => {
    const pay = { elections: [election] };
    expect(linesOf(["2026-01-02"], pay)[0]?.deductions).toMatchObject([
      { name: "Medical", amountCents: 10_000 },
    ]);
    const id = linesOf(["2026-01-02"], pay)[0]?.deductions[0]?.benefitId ?? "";
    const benefit = { ...addBenefit(), id };
    enroll(benefit, "2026-01-10", { employeeDeduction: { type: "fixed", amount: 1_234 } });
    expect(amountsOf(fridays.slice(0, 2), pay)).toEqual([10_000, 1_234]);
    enroll(benefit, "2026-01-20", null);
    expect(amountsOf(fridays.slice(0, 3), pay)).toEqual([10_000, 1_234, 0]);
  });
});
