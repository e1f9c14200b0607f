import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import type { CustomerContext } from "@/lib/domain/context";
import { newPerson } from "@/lib/domain/team/testing";
import { previewItemRule } from "../item-rules/preview-item-rule";
import type { RuleChangeInput } from "../item-rules/rule-input";
import { listYtd } from "../ytd/list-ytd";
import { PayWorld, wages, type TestLine } from "../ytd/testing";
import { classifyItem } from "./classify-item";
import type { PreviewInput } from "./classification-input";
import { previewClassification } from "./preview-classification";

const database = useTestDatabase();
afterAll(closeDatabase);

let world: PayWorld;
let connectionId: string;
let admin: CustomerContext;

const deduction = (name: string, type: string | null, cents: bigint, preTax: boolean | null): TestLine => ({
  ...{ category: "deduction", name, type, cents, preTax, currency: "usd" },
});
const slip = (person: string, payDate: string, lines: TestLine[]) => {
  const plain = wages(person, payDate, 500_000n);
  return { ...plain, lines: [...plain.lines, ...lines] };
};

/** Items that began, ended or changed their flag within a year, beside one that lasted through it. */
beforeAll(async () => {
  world = await PayWorld.open(database());
  connectionId = await world.connect();
  await world.entity(connectionId, "", "Acme", "12-3456789");
  const ada = await world.person(connectionId);
  const [ben, cem] = [
    await world.person(connectionId, { first: "Ben" }),
    await world.person(connectionId, { first: "Cem" }),
  ];
  await world.run(connectionId, "2025-03-07", [
    slip(ada.id, "2025-03-07", [
      deduction("Plan", null, 10_000n, true),
      deduction("Union", null, 900n, null),
    ]),
    slip(ben.id, "2025-03-07", [deduction("Plan", null, 700n, true)]),
    slip(cem.id, "2025-03-07", [deduction("Plan", null, 11n, false)]),
  ]);
  await world.run(connectionId, "2025-07-11", [
    slip(ada.id, "2025-07-11", [
      deduction("Plan", null, 20_000n, true),
      deduction("Plan", null, 3_000n, false),
      deduction("Gym", "custom_post_tax", 50n, false),
    ]),
  ]);
  await world.run(connectionId, "2025-09-12", [
    slip(ada.id, "2025-09-12", [deduction("Gym", "custom_post_tax", 60n, false)]),
    slip(ben.id, "2025-09-12", [deduction("Plan", null, 40_000n, true)]),
  ]);
  await world.keepTotals();
  admin = (await newPerson(world.sql, world.customerId)).ctx;
});

/** What the statements say, read plainly. */
async function countLines(where: string, from: string, to: string) {
  const rows = await world.sql<{ lines: number; people: number; cents: string }[]>`
    select count(*)::int as lines, count(distinct l.individual_id)::int as people, sum(l.amount_cents)::text as cents
    from pay_statement_lines l join pay_statements s on s.customer_id = l.customer_id and s.id = l.statement_id
    where l.customer_id = ${world.customerId} and l.category = 'deduction' and ${world.sql.unsafe(where)}
      and s.pay_date between ${from} and ${to}`;
  return rows.map(({ lines, people, cents }) => ({ lines, people, amountCents: BigInt(cents) }));
}

const days = [
  ["2025-01-01", "2025-12-31"],
  ["2025-06-01", "2025-12-31"],
  ["2025-01-01", "2025-08-01"],
  ["2025-07-01", "2025-07-31"],
] as const;

describe("a preview", () => {
  it.each(days)("of a rule by category counts each line and person once, from %s to %s", async (from, to) => {
    const byCategory: NonNullable<RuleChangeInput["wanted"]> = {
      conditions: [{ field: "category", value: "employee_deductions" }],
      labels: [{ key: "a", value: "b" }],
      effectiveStart: from,
      effectiveEnd: to,
    };
    const { after } = await previewItemRule(admin, { connectionId, wanted: byCategory });
    expect(after?.map(({ lines, people, amountCents }) => ({ lines, people, amountCents }))).toEqual(
      await countLines("true", from, to),
    );
  });

  it.each(days)(
    "of an item with two flags counts each line and person once, from %s to %s",
    async (from, to) => {
      const preview = await previewClassification(admin, { ...plan(), effectiveFrom: from, effectiveTo: to });
      expect(preview.years.map(({ lines, people, amountCents }) => ({ lines, people, amountCents }))).toEqual(
        await countLines("l.name = 'Plan'", from, to),
      );
    },
  );

  it("says what the estimates come to once it is applied", async () => {
    const input = { ...plan(), effectiveFrom: "2025-06-01" };
    const before = await sumBox1();
    const [year] = (await previewClassification(admin, input)).years;
    await classifyItem(admin, { ...input, acceptClosedYears: true });
    const after = await sumBox1();
    expect(year?.box1).not.toBeNull();
    expect({ low: after.low - before.low, high: after.high - before.high }).toEqual({
      low: (year?.box1?.after.lowCents ?? 0n) - (year?.box1?.before.lowCents ?? 0n),
      high: (year?.box1?.after.highCents ?? 0n) - (year?.box1?.before.highCents ?? 0n),
    });
    expect(after).not.toEqual(before);
  });
});

const plan = (): PreviewInput => ({
  connectionId,
  category: "deduction",
  name: "Plan",
  finchType: null,
  mappedType: "s125_medical",
});

async function sumBox1() {
  const view = await listYtd(admin, { period: "year", year: 2025, definition: "box1" });
  return view.rows.reduce(
    ({ low, high }, { box1 }) => {
      if (box1?.kind !== "range") throw new TypeError("No estimate");
      return { low: low + box1.lowCents, high: high + box1.highCents };
    },
    { low: 0n, high: 0n },
  );
}
