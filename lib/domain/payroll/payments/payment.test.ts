import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { createTestConnection, createTestCustomer, createTestIndividuals } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import type { Permission } from "@/lib/auth/permissions";
import { testContext } from "@/lib/domain/testing";
import { checkFigures } from "./check-figures";
import { getPayment } from "./get-payment";
import { getPaymentChecks } from "./get-payment-checks";
import { listAwaitedStatements } from "./list-awaited-statements";
import { listStatements } from "./list-statements";
import { plantPayment, plantStatement, type TestPlace } from "./testing";

const database = useTestDatabase();
const sql = () => database().sql("superuser");
let place: TestPlace;
let paymentId = "";
const people = 130;

beforeAll(async () => {
  const { id: customerId } = await createTestCustomer(sql());
  const products = ["directory", "payment", "pay_statement"];
  const { id: connectionId } = await createTestConnection(sql(), { customerId, products });
  place = { customerId, connectionId };
  await createTestIndividuals(sql(), { ...place, count: people });
  const named = Array.from({ length: people }, (_, at) => at + 1);
  paymentId = await plantPayment(sql(), place, {
    payDate: "2025-06-06",
    people: [...named, 9_999],
    state: "pending",
    gross: 12_000,
    net: 8_000,
    employeeTaxes: 3_000,
    employerTaxes: 900,
  });
  for (const person of named.slice(0, 120))
    await plantStatement(sql(), place, paymentId, {
      person,
      gross: person === 7 ? null : 100,
      net: 60 + (person % 5),
      method: person % 3 === 0 ? "check" : "direct_deposit",
      type: person % 10 === 0 ? null : "regular_payroll",
      lines: [
        ["earning", 100],
        ["tax", 25, false],
        ["tax", 7, true],
        ["tax", 1, null],
        ["deduction", person === 8 ? null : 10],
        ["contribution", 4],
      ],
    });
  await configureDatabase({ url: database().urls.app });
}, 240_000);
afterAll(closeDatabase);

const manager = () => testContext("payroll_manager", place.customerId);
const statements = (query: Partial<Parameters<typeof listStatements>[1]> = {}) =>
  listStatements(manager(), { paymentId, ...query });

describe("a payment", () => {
  it("counts and names the people of whom Finch has not given a statement yet", async () => {
    const view = await getPayment(manager(), { paymentId });
    expect(view).toMatchObject({
      here: 120,
      awaited: 11,
      payment: { state: "pending", statements: 120, people: 131 },
    });
    const { people: missing, matching, next } = await listAwaitedStatements(manager(), { paymentId });
    expect([matching, missing.length, next]).toEqual([11, 11, null]);
    expect(missing.at(-1)).toEqual({
      finchIndividualId: "finch-9999",
      individualId: null,
      name: null,
      hidden: false,
    });
    expect(missing.slice(0, 10).every(({ name, individualId }) => name && individualId)).toBe(true);
    const found = await listAwaitedStatements(manager(), { paymentId, search: "First00125" });
    expect(found.people.map(({ finchIndividualId }) => finchIndividualId)).toEqual(["finch-125"]);
  });

  it("says in words what Finch answered instead of its statements", async () => {
    const failed = await plantPayment(sql(), place, {
      payDate: "2025-07-04",
      state: "failed",
      error: {
        code: 403,
        name: "forbidden",
        finchCode: "insufficient_permissions",
        message: "secret of Ada",
      },
    });
    const { problem } = await getPayment(manager(), { paymentId: failed });
    expect(problem).toMatchObject({ code: "insufficient_permissions" });
    expect(problem?.happened).toContain("Gusto");
    expect(JSON.stringify(problem)).not.toContain("Ada");
  });

  it("is not there for another employer, a connection outside the role, or an id that is none", async () => {
    const stranger = testContext("employer_admin", (await createTestCustomer(sql())).id);
    const limited = testContext("payroll_manager", place.customerId, {
      connectionIds: [crypto.randomUUID()],
    });
    for (const ctx of [stranger, limited]) {
      for (const read of [getPayment, getPaymentChecks, listStatements, listAwaitedStatements])
        await expect(read(ctx, { paymentId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    await expect(getPayment(manager(), { paymentId: "items" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    for (const read of [getPayment, getPaymentChecks, listStatements, listAwaitedStatements])
      await expect(read(testContext("hr_viewer", place.customerId), { paymentId })).rejects.toMatchObject({
        code: "FORBIDDEN",
      });
  });
});

describe("who may see pay and not who people are", () => {
  it("gets amounts and numbers, no names, and no search that would tell them", async () => {
    const ctx = { ...manager(), permissions: new Set<Permission>(["payroll:read"]) };
    const { rows, matching } = await listStatements(ctx, { paymentId, search: "First00003" });
    expect([matching, rows.length]).toEqual([120, 50]);
    expect(rows.every(({ person }) => person.name === null && person.hidden)).toBe(true);
    const awaited = await listAwaitedStatements(ctx, { paymentId });
    expect(awaited.people.every(({ name, individualId }) => name === null && individualId === null)).toBe(
      true,
    );
    expect(
      JSON.stringify([rows, awaited], (_key, cell: unknown) =>
        typeof cell === "bigint" ? String(cell) : cell,
      ),
    ).not.toMatch(/First0|Last0/);
  });
});

describe("the statements of a payment", () => {
  it("walk forwards and back through the same pages in every order, each statement once", async () => {
    for (const sort of ["name", "gross", "net", "hours"] as const) {
      for (const descending of [false, true]) {
        const order = { sort, descending };
        const first = await statements(order);
        const second = await statements({ ...order, ...first.next });
        const third = await statements({ ...order, ...second.next });
        const seen = [first, second, third].flatMap(({ rows }) => rows.map(({ id }) => id));
        expect([seen.length, new Set(seen).size], sort).toEqual([120, 120]);
        expect([second.from, second.to, third.from, third.to, third.next]).toEqual([51, 100, 101, 120, null]);
        expect((await statements({ ...order, ...third.previous })).rows).toEqual(second.rows);
        expect((await statements({ ...order, before: "end" })).to).toBe(120);
      }
    }
  });

  it("are ordered by amount, those without one last both ways", async () => {
    const up = await statements({ sort: "net" });
    expect(up.rows[0]?.net?.amountCents).toBe(60n);
    expect((await statements({ sort: "net", descending: true })).rows[0]?.net?.amountCents).toBe(64n);
    for (const descending of [false, true])
      expect((await statements({ sort: "gross", descending, before: "end" })).rows.at(-1)?.gross).toBeNull();
  });

  it("are found by name, payment method and type, as often as the filter says", async () => {
    const { methods, types } = await getPayment(manager(), { paymentId });
    for (const { value, count } of methods)
      expect((await statements({ methods: [value] })).matching).toBe(count);
    for (const { value, count } of types) expect((await statements({ types: [value] })).matching).toBe(count);
    expect(methods.map(({ value }) => value)).toEqual(["direct_deposit", "check"]);
    expect(types.map(({ value }) => value)).toEqual(["regular_payroll", null]);
    expect((await statements({ search: "first00003 last" })).matching).toBe(1);
  });

  it("carry sums of their lines, taxes by side, and a line without an amount makes a lower bound", async () => {
    const [row] = (await statements({ search: "first00008" })).rows;
    expect(row).toMatchObject({
      employeeTaxes: [{ amountCents: 25n, currency: "usd", missing: 0 }],
      unknownTaxes: [{ amountCents: 1n, currency: "usd", missing: 0 }],
      deductions: [{ amountCents: 0n, missing: 1 }],
      employerCost: [{ amountCents: 11n }],
    });
  });
});

describe("a statement without lines of a kind", () => {
  it("says whether Finch gave an empty list or none at all", async () => {
    const other = await plantPayment(sql(), place, { payDate: "2025-08-01", people: [1, 2] });
    await plantStatement(sql(), place, other, { person: 1, notGiven: ["tax", "contribution"] });
    await plantStatement(sql(), place, other, { person: 2, lines: [["tax", 5, null]] });
    const { rows } = await listStatements(manager(), { paymentId: other });
    expect(rows).toMatchObject([
      { notGiven: ["tax", "contribution"], employeeTaxes: [], deductions: [] },
      { notGiven: [], employeeTaxes: [], unknownTaxes: [{ amountCents: 5n }], employerCost: [] },
    ]);
  });
});

describe("the check of a payment's totals", () => {
  it("compares each with the sum of the statements, taxes of unknown side apart", async () => {
    const { checks, unknownTaxes } = await getPaymentChecks(manager(), { paymentId });
    expect(
      checks.map(({ figure, statementsCents, differenceCents }) => [
        figure,
        statementsCents,
        differenceCents,
      ]),
    ).toEqual([
      ["gross", 11_900n, 100n],
      ["net", 7_440n, 560n],
      ["employeeTaxes", 3_000n, 0n],
      ["employerTaxes", 840n, 60n],
    ]);
    expect(checks.every(({ verdict }) => verdict === "incomplete")).toBe(true);
    expect(unknownTaxes).toEqual([{ currency: "usd", cents: 120n }]);
  });

  const amount = (amountCents: bigint, currency = "USD") => ({ amountCents, currency });
  const sum = (
    figure: "gross" | "employeeTaxes" | "unknownTaxes",
    cents: bigint,
    currency = "usd",
    missing = 0,
  ) => ({
    figure,
    cents,
    currency,
    missing,
  });
  const none = { gross: null, net: null, employeeTaxes: null, employerTaxes: null };
  const verdict = (facts: Parameters<typeof checkFigures>[0], figure: string) =>
    checkFigures(facts).find((check) => check.figure === figure);

  it("says equal, differs or cannot tell", () => {
    const gross = (own: bigint | null, cents: bigint, missing = 0) =>
      verdict(
        {
          amounts: { ...none, gross: own === null ? null : amount(own) },
          sums: [sum("gross", cents, "usd", missing)],
          complete: true,
        },
        "gross",
      );
    expect(gross(500n, 500n)).toMatchObject({ verdict: "equal", differenceCents: 0n });
    expect(gross(500n, 499n)).toMatchObject({ verdict: "differs", differenceCents: 1n });
    expect(gross(500n, 499n, 1)?.verdict).toBe("incomplete");
    expect(gross(null, 499n)).toMatchObject({
      verdict: "no_total",
      statementsCents: 499n,
      differenceCents: null,
    });
  });

  it("counts taxes of unknown side where only that makes them agree, and never another currency", () => {
    const taxes = { ...none, employeeTaxes: amount(30n) };
    const sums = [sum("employeeTaxes", 25n), sum("unknownTaxes", 5n), sum("employeeTaxes", 9n, "eur")];
    expect(verdict({ amounts: taxes, sums, complete: true }, "employeeTaxes")).toMatchObject({
      verdict: "equal_with_unknown",
      statementsCents: 25n,
      others: [{ currency: "eur", cents: 9n }],
    });
    const far = [sum("employeeTaxes", 20n), sum("unknownTaxes", 5n)];
    expect(verdict({ amounts: taxes, sums: far, complete: true }, "employeeTaxes")?.verdict).toBe("differs");
  });
});
