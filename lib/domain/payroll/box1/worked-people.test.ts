import { beforeAll, describe, expect, it } from "vitest";
import { testContext } from "@/lib/domain/testing";
import { useSyncWorld, type TestConnection } from "@/lib/domain/sync/testing";
import { payrollEdits, type StatementChange } from "@/sandbox/payroll";
import { classifyItem } from "../items/classify-item";
import { getYtdPerson } from "../ytd/get-ytd-person";
import { YtdFilterInput } from "../ytd/ytd-query";

/** Three people from Finch's answers to the page: synced, estimated, classified, and estimated again. */

const world = useSyncWorld({ QUOTA_CLOCK_RATE: "60" });

type Earning = NonNullable<NonNullable<StatementChange["earnings"]>[number]>;
type Deduction = NonNullable<NonNullable<StatementChange["employee_deductions"]>[number]>;
type Contribution = NonNullable<NonNullable<StatementChange["employer_contributions"]>[number]>;

const earning = (type: Earning["type"], name: string, amount: number): Earning => ({
  type,
  name,
  amount,
  currency: "usd",
  hours: null,
});
const deduction = (
  type: Deduction["type"],
  name: string,
  amount: number,
  pre_tax: boolean | null,
): Deduction => ({ type, name, amount, currency: "usd", pre_tax });
const contribution = (type: Contribution["type"], name: string, amount: number): Contribution => ({
  type,
  name,
  amount,
  currency: "usd",
});

/** A pay day of each; amounts are cents. Everybody is paid twice. */
const salaried: StatementChange = {
  earnings: [earning("salary", "Salary", 400_000)],
  employee_deductions: [
    deduction("401k", "401(k)", 25_000, true),
    deduction("401k_roth", "Roth 401(k)", 10_000, false),
    deduction("s125_medical", "Medical", 7_500, true),
    deduction("hsa_pre", "HSA", 5_000, true),
  ],
  employer_contributions: [contribution("401k", "401(k) match", 12_500)],
};
const hourly: StatementChange = {
  earnings: [
    earning("wage", "Hourly", 200_000),
    earning("other", "Shift Premium", 30_025),
    earning("reimbursement", "Tools", 4_010),
  ],
  employee_deductions: [
    deduction(null, "1j7dfp", 42_000, true),
    deduction("401k_loan", "401(k) loan", 9_000, false),
  ],
  employer_contributions: [],
};
const parent: StatementChange = {
  earnings: [earning("salary", "Salary", 6_000_000), earning("commission", "Commission", 150_001)],
  employee_deductions: [
    deduction("fsa_dependent_care", "Dependent care", 450_000, true),
    deduction("custom_post_tax", "Union dues", 3_000, false),
  ],
  employer_contributions: [],
};

let connection: TestConnection;
let year: number;
let people: string[];

/** Leaves two pay days of one year, with the three people's lines on them. */
async function payThree(): Promise<void> {
  const { world: sandbox } = world.sandbox().sandbox;
  const stored = sandbox.store.connections.get(connection.finchConnectionId);
  const [entity] = stored?.entities ?? [];
  if (!stored || !entity) throw new Error("no such connection");
  const edits = payrollEdits(sandbox, stored, entity);
  const payments = await world.finch<{ id: string; pay_date: string; individual_ids: string[] }[]>(
    "GET",
    "/employer/payment?start_date=2000-01-01&end_date=2099-12-31",
    undefined,
    connection.accessToken,
  );
  const years = Map.groupBy(payments, ({ pay_date }) => pay_date.slice(0, 4));
  const [own, paid] = [...years].find(([, those]) => those.length >= 2) ?? [];
  const kept = (paid ?? []).slice(0, 2);
  people = kept[0]?.individual_ids.filter((id) => kept[1]?.individual_ids.includes(id)).slice(0, 3) ?? [];
  year = Number(own);
  for (const { id } of payments) if (!kept.some((payment) => payment.id === id)) edits.deletePayment(id);
  for (const { id } of kept)
    for (const [at, lines] of [salaried, hourly, parent].entries())
      edits.editStatement(id, people[at] ?? "", lines);
}

/** Low and high of a person's estimate (cents), and the names of the lines that open it. */
async function estimateOf(person: number) {
  const { id } = await world.row<{ id: string }>(
    "select id from individuals where connection_id = $1 and finch_individual_id = $2",
    [connection.connectionId, people[person] ?? ""],
  );
  const view = await getYtdPerson(testContext("employer_admin", connection.customerId), {
    individualId: id,
    query: YtdFilterInput.parse({ year, asOf: `${year}-12-31`, definition: "box1" }),
    of: "box1",
  });
  if (!("estimate" in view.box1)) throw new Error(view.box1.reason);
  const { lowCents, highCents, lines } = view.box1.estimate;
  const open = lines
    .filter((line) => line.lowCents !== line.highCents)
    .map(({ line }) => line.name)
    .sort();
  return { range: [lowCents, highCents], open };
}

beforeAll(async () => {
  connection = await world.connect({
    products: ["company", "directory", "payment", "pay_statement"],
    employees: 4,
    payments: 60,
  });
  await payThree();
  await world.publish(connection);
  await world.sync(connection);
});

describe("box 1 of three people, from Finch to the page:", () => {
  it("a salary with a 401(k), a Roth share, health cover and an HSA is one amount", async () => {
    // 2 × (4,000 − 250 − 75 − 50); Roth and match change nothing.
    expect(await estimateOf(0)).toEqual({ range: [725_000n, 725_000n], open: [] });
  });

  it("open lines make a range, which closes as the employer says what they are", async () => {
    // Low: 2 × (2,000 − 420). High: 2 × (2,000 + 300.25 + 40.10).
    expect(await estimateOf(1)).toEqual({
      range: [316_000n, 468_070n],
      open: ["1j7dfp", "Shift Premium", "Tools"],
    });
    const admin = testContext("employer_admin", connection.customerId);
    const { connectionId } = connection;
    const classify = (
      item: Pick<Parameters<typeof classifyItem>[1], "category" | "name" | "finchType" | "mappedType">,
    ) => classifyItem(admin, { connectionId, ...item, acceptClosedYears: true });
    await classify({ category: "earning", name: "Shift Premium", finchType: "other", mappedType: "bonus" });
    await classify({ category: "deduction", name: "1j7dfp", finchType: null, mappedType: "s125_medical" });
    // Low: 2 × (2,300.25 − 420). High: the tools may have been no wages.
    expect(await estimateOf(1)).toEqual({ range: [376_050n, 384_070n], open: ["Tools"] });
  });

  it("dependent care comes off up to the year's limit, and dues after tax not at all", async () => {
    // 2 × 61,500.01, less the limit of the year below of the 9,000 that were taken.
    const limit = { 2024: 500_000n, 2025: 500_000n, 2026: 750_000n }[year];
    if (limit === undefined) throw new Error(`No limit for ${year} here`);
    const box1 = 12_300_002n - limit;
    expect(await estimateOf(2)).toEqual({ range: [box1, box1], open: [] });
  });
});
