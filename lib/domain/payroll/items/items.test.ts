import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import type { CustomerContext } from "@/lib/domain/context";
import { newPerson } from "@/lib/domain/team/testing";
import { testContext } from "@/lib/domain/testing";
import { addDays } from "../ytd/period";
import { PayWorld, type TestLine, type TestSlip } from "../ytd/testing";
import { classifyItem } from "./classify-item";
import type { ClassifyItemInput, PreviewInput } from "./classification-input";
import { listPayItems } from "./list-pay-items";
import { previewClassification } from "./preview-classification";
import { undoClassification } from "./undo-classification";
import type { YearEffectView } from "./views";

const database = useTestDatabase();
afterAll(closeDatabase);

const line = (
  name: string | null,
  type: string | null,
  cents: bigint,
  more: Partial<TestLine> = {},
): TestLine => ({
  category: "earning",
  type,
  name,
  cents,
  currency: "usd",
  ...more,
});
const slip = (person: string, payDate: string | null, lines: TestLine[]): TestSlip => ({
  person,
  payDate,
  grossCents: 100_000n,
  grossCurrency: "usd",
  netCents: 90_000n,
  netCurrency: "usd",
  hours: null,
  lines,
});

interface Employer {
  world: PayWorld;
  connectionId: string;
  admin: CustomerContext;
}

/** Two people; one shift premium each in three runs of two years, and what is typed or odd. */
async function newEmployer(): Promise<Employer> {
  const world = await PayWorld.open(database());
  const connectionId = await world.connect();
  const [ada, ben] = [await world.person(connectionId), await world.person(connectionId, { first: "Ben" })];
  const premium = (cents: bigint) => line("Shift Premium", "other", cents);
  await world.run(connectionId, "2025-12-19", [
    slip(ada.id, "2025-12-19", [line("Salary", "salary", 500_000n), premium(10_000n)]),
  ]);
  await world.run(connectionId, "2026-01-02", [
    slip(ada.id, "2026-01-02", [line("Salary", "salary", 500_000n), premium(10_000n)]),
    slip(ben.id, "2026-01-02", [
      premium(2_500n),
      line("1j7dfp", null, 4_200n, { category: "deduction", preTax: true }),
    ]),
  ]);
  await world.run(connectionId, "2026-01-16", [
    slip(ada.id, "2026-01-16", [
      premium(-10_000n),
      line("Shift Premium", "bonus", 700n),
      line(null, null, 5n),
    ]),
  ]);
  await world.keepTotals();
  const { ctx } = await newPerson(world.sql, world.customerId);
  return { world, connectionId, admin: ctx };
}

const item = ({ connectionId }: Employer): PreviewInput => ({
  connectionId,
  category: "earning",
  name: "Shift Premium",
  finchType: "other",
  mappedType: "wage",
});
const known = (employer: Employer, more: Partial<ClassifyItemInput> = {}): ClassifyItemInput => ({
  ...item(employer),
  acceptClosedYears: true,
  ...more,
});
const names = async (employer: Employer, query = {}) =>
  (await listPayItems(employer.admin, { connectionId: employer.connectionId, ...query })).items;
const premiumOf = async (employer: Employer) =>
  (await names(employer)).find(({ name, finchType }) => name === "Shift Premium" && finchType === "other");

let acme: Employer;
beforeAll(async () => {
  acme = await newEmployer();
});

describe("the items of a connection", () => {
  it("are its distinct names by type, how often and since when, those without a type first", async () => {
    const items = await names(acme);
    expect(items.map(({ name, finchType, classified }) => [name, finchType, classified])).toEqual([
      ["1j7dfp", null, false],
      [null, null, false],
      ["Shift Premium", "other", false],
      ["Salary", "salary", true],
      ["Shift Premium", "bonus", true],
    ]);
    expect(items[2]).toMatchObject({
      lines: 4,
      firstSeen: "2025-12-19",
      lastSeen: "2026-01-16",
      effects: ["unknown"],
    });
    expect(items[0]).toMatchObject({ flags: ["pre-tax"], category: "deduction" });
  });

  it("were last paid on a day that has come: scheduled pay is told apart", async () => {
    const employer = await newEmployer();
    const { world, connectionId, admin } = employer;
    const { id } = await world.person(connectionId);
    const { today } = await listPayItems(admin);
    const nextSeen = addDays(today, 20);
    const lines = [line("Salary", "salary", 1n), line("Bonus to come", "bonus", 2n)];
    for (const day of [nextSeen, addDays(today, 40), null])
      await world.run(connectionId, day, [slip(id, day, day === null ? lines.slice(0, 1) : lines)]);
    await world.keepTotals();
    const of = new Map((await names(employer)).map((each) => [each.name, each]));
    const last = { firstSeen: "2025-12-19", lastSeen: "2026-01-02" };
    expect(of.get("Salary")).toMatchObject({ lines: 5, ...last, nextSeen });
    expect(of.get("Bonus to come")).toMatchObject({ lines: 2, firstSeen: null, lastSeen: null, nextSeen });
    expect(of.get("1j7dfp")).toMatchObject({ nextSeen: null });
  });

  it("are searched and filtered, whatever the search is made of", async () => {
    expect((await names(acme, { search: "PREMIUM" })).length).toBe(2);
    expect((await names(acme, { search: "%" })).length).toBe(0);
    expect((await names(acme, { category: "deduction" })).length).toBe(1);
    expect((await names(acme, { state: "classified" })).length).toBe(2);
    const view = await listPayItems(acme.admin, { connectionId: acme.connectionId, page: 2 });
    expect(view).toMatchObject({ all: 5, open: 3, items: [] });
  });

  it("that only Finch lists are there with no lines", async () => {
    const employer = await newEmployer();
    const { sql, customerId } = employer.world;
    await sql`insert into pay_statement_items (customer_id, connection_id, ordinal, category, name, type, fetched_at)
      values (${customerId}, ${employer.connectionId}, 0, 'earnings', 'Salary', 'salary', now()),
        (${customerId}, ${employer.connectionId}, 1, 'taxes', 'City Tax', null, now())`;
    const items = await names(employer);
    expect(items.find(({ name }) => name === "City Tax")).toMatchObject({
      category: "tax",
      lines: 0,
      classified: false,
    });
    expect(items.filter(({ name }) => name === "Salary")).toMatchObject([{ lines: 2 }]);
  });
});

describe("a preview", () => {
  const dollars = ({ year, lines, people, amountCents, closed, box1 }: YearEffectView) => [
    ...[year, closed, lines, people, Number(amountCents)],
    box1 &&
      [box1.before.lowCents, box1.before.highCents, box1.after.lowCents, box1.after.highCents].map(Number),
  ];

  it("says by year what would change, and both ends of the estimates", async () => {
    const preview = await previewClassification(acme.admin, item(acme));
    // 2026: Ada's premium was reversed, Ben's 25 dollars are in or not.
    expect(preview.years.map(dollars)).toEqual([
      [2026, false, 3, 2, 2_500, [0, 2_500, 2_500, 2_500]],
      [2025, true, 1, 1, 10_000, [0, 10_000, 10_000, 10_000]],
    ]);
    expect(preview).toMatchObject({
      changes: [{ undated: true, before: { label: "Other earning" }, after: { label: "Wage" } }],
      closedYears: [2025],
    });
  });

  it("counts only pay dates of its days, and estimates with those beside them", async () => {
    const days = { effectiveFrom: "2026-01-03", effectiveTo: "2026-12-31" };
    const preview = await previewClassification(acme.admin, { ...item(acme), ...days });
    expect(preview.years.map(dollars)).toEqual([
      // Of Ada's two premiums only the reversed one is a wage then; the other one and Ben's stay open.
      [2026, false, 1, 1, -10_000, [0, 2_500, -10_000, 2_500]],
    ]);
    const one = { effectiveFrom: "2025-12-19", effectiveTo: "2026-01-02" };
    const cut = await previewClassification(acme.admin, { ...item(acme), ...one });
    expect(cut.years.map(({ year, lines }) => [year, lines])).toEqual([
      [2026, 2],
      [2025, 1],
    ]);
  });

  it("of a change starts from what is in force, and has its old days as well as its new ones", async () => {
    const employer = await newEmployer();
    const { id } = await classifyItem(employer.admin, known(employer));
    const now = { ...item(employer), changeId: id };
    const label = (each: { label: string | null }) => each.label;
    const other = await previewClassification(employer.admin, { ...now, mappedType: "bonus" });
    expect(other.changes.map(({ before, after }) => [before, after].map(label))).toEqual([["Wage", "Bonus"]]);
    expect(other.years.map(dollars)).toEqual([
      [2026, false, 3, 2, 2_500, [2_500, 2_500, 2_500, 2_500]],
      [2025, true, 1, 1, 10_000, [10_000, 10_000, 10_000, 10_000]],
    ]);
    const narrowed = { ...now, effectiveFrom: "2026-01-01" };
    const narrow = await previewClassification(employer.admin, narrowed);
    expect(narrow.changes).toMatchObject([
      { ranges: [{ effectiveFrom: null, effectiveTo: "2025-12-31" }], after: { label: "Other earning" } },
    ]);
    expect(narrow.years.map(dollars)).toEqual([[2025, true, 1, 1, 10_000, [10_000, 10_000, 0, 10_000]]]);
    expect(narrow.closedYears).toEqual([2025]);
    const undone = await previewClassification(employer.admin, { ...now, undo: true });
    expect(undone.changes.map(({ before, after }) => [before, after].map(label))).toEqual([
      ["Wage", "Other earning"],
    ]);
    expect(undone.closedYears).toEqual([2025]);
  });

  it("names closed years exactly where saving asks for a word about them", async () => {
    const employer = await newEmployer();
    const { id } = await classifyItem(employer.admin, known(employer));
    const change = { id, version: 1 };
    for (const days of [{}, { effectiveFrom: "2026-01-01" }, { effectiveTo: "2025-12-31" }]) {
      const { closedYears } = await previewClassification(employer.admin, {
        ...{ ...item(employer), ...days, changeId: id },
      });
      const saved = classifyItem(employer.admin, { ...item(employer), ...days, change, note: "Again" });
      if (closedYears.length > 0) await expect(saved).rejects.toMatchObject({ field: "acceptClosedYears" });
      else change.version += Number(Boolean(await saved));
    }
    // The note alone needed no word; all days to this year's did.
    expect(change.version).toBe(3);
  });

  it("refuses days that another one has, as saving does", async () => {
    const employer = await newEmployer();
    await classifyItem(employer.admin, known(employer, { effectiveTo: "2025-12-31" }));
    await expect(previewClassification(employer.admin, item(employer))).rejects.toMatchObject({
      code: "CONFLICT",
      field: "effectiveFrom",
    });
  });

  it("refuses what makes no sense", async () => {
    const wrong = async (change: Partial<PreviewInput>, field: string) =>
      expect(previewClassification(acme.admin, { ...item(acme), ...change })).rejects.toMatchObject({
        code: "INVALID",
        field,
      });
    await wrong({ mappedType: "401k" }, "mappedType");
    await wrong({ mappedType: "other" }, "mappedType");
    await wrong({ mappedPreTax: true }, "mappedPreTax");
    await wrong({ effectiveFrom: "2026-02-01", effectiveTo: "2026-01-01" }, "effectiveTo");
  });
});

describe("classifying an item", () => {
  it("holds from then on, is audited, and can be undone", async () => {
    const employer = await newEmployer();
    const { id } = await classifyItem(
      employer.admin,
      known(employer, { note: "Agreed with the accountant" }),
    );
    expect(await premiumOf(employer)).toMatchObject({
      classified: true,
      effects: ["in"],
      current: { id, mappedType: "wage", version: 1, note: "Agreed with the accountant" },
    });
    await undoClassification(employer.admin, { id, version: 1, acceptClosedYears: true });
    expect(await premiumOf(employer)).toMatchObject({
      classified: false,
      current: null,
      others: [{ id, removedAt: expect.any(Date) }],
    });
    const actions = await employer.world.sql`select action from audit_log
      where customer_id = ${employer.world.customerId} order by seq`;
    expect(actions.map((row) => row["action"])).toEqual(["item.classify", "item.unclassify"]);
  });

  it("is changed only from the version that was seen", async () => {
    const employer = await newEmployer();
    const { id } = await classifyItem(employer.admin, known(employer));
    const change = (version: number, mappedType: string) =>
      classifyItem(employer.admin, known(employer, { change: { id, version }, mappedType }));
    await change(1, "bonus");
    await expect(change(1, "commission")).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await premiumOf(employer)).toMatchObject({ current: { mappedType: "bonus", version: 2 } });
    await expect(
      undoClassification(employer.admin, { id, version: 1, acceptClosedYears: true }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("has one type on a day: overlapping days are refused, others are not", async () => {
    const employer = await newEmployer();
    await classifyItem(employer.admin, known(employer, { effectiveTo: "2025-12-31" }));
    const overlap = classifyItem(employer.admin, known(employer, { effectiveFrom: "2025-12-31" }));
    await expect(overlap).rejects.toMatchObject({ code: "CONFLICT", field: "effectiveFrom" });
    await classifyItem(employer.admin, known(employer, { effectiveFrom: "2026-01-01", mappedType: "bonus" }));
    expect(await premiumOf(employer)).toMatchObject({
      current: { mappedType: "bonus" },
      others: [{ mappedType: "wage" }],
    });
  });

  it("of two at once for the same days lets one through", async () => {
    const employer = await newEmployer();
    const both = await Promise.allSettled(
      ["wage", "bonus"].map((mappedType) => classifyItem(employer.admin, known(employer, { mappedType }))),
    );
    expect(both.filter(({ status }) => status === "fulfilled").length).toBe(1);
  });

  it("asks for a word about closed years, and only about those", async () => {
    const employer = await newEmployer();
    const asked = { ...item(employer) };
    await expect(classifyItem(employer.admin, asked)).rejects.toMatchObject({
      code: "INVALID",
      field: "acceptClosedYears",
    });
    await classifyItem(employer.admin, { ...asked, effectiveFrom: "2026-01-01" });
  });

  it("is for those who manage payroll, of their own employer and connections", async () => {
    const other = await newEmployer();
    const viewer = await newPerson(acme.world.sql, acme.world.customerId, "hr_viewer");
    await expect(classifyItem(viewer.ctx, known(acme))).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(listPayItems(viewer.ctx)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(classifyItem(acme.admin, known(other))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(previewClassification(acme.admin, item(other))).rejects.toMatchObject({ code: "NOT_FOUND" });
    const foreign = listPayItems(acme.admin, { connectionId: other.connectionId });
    await expect(foreign).rejects.toMatchObject({ code: "NOT_FOUND" });
    const { id } = await classifyItem(other.admin, known(other));
    const undo = undoClassification(acme.admin, { id, version: 1, acceptClosedYears: true });
    await expect(undo).rejects.toMatchObject({ code: "NOT_FOUND" });
    const narrow = testContext("payroll_manager", other.world.customerId, {
      connectionIds: [acme.connectionId],
    });
    await expect(classifyItem(narrow, known(other))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

it("what no text of the database can be is refused, and never asked for", async () => {
  const { connectionId, admin } = await newEmployer();
  for (const name of ["Shift\0Premium", "Shift\ud800"]) {
    const item = { connectionId, category: "earning" as const, name, finchType: "other" };
    const asked = classifyItem(admin, { ...item, mappedType: "bonus" });
    await expect(asked).rejects.toThrow(/Choose one of the list/);
  }
});
