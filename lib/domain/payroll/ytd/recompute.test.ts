import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { startSandbox, type RunningSandbox } from "@/sandbox/server";
import { Stage } from "@/soak/mirror/stage";
import { Cases, type CaseVerdict } from "@/soak/payroll/cases";
import { makeCompany, provesCompany, type MadeCompany } from "@/soak/payroll/companies";
import { Scratch } from "@/soak/payroll/scratch";
import { randomOf } from "@/soak/random";

/** Plain SQL over Finch's answers against the pages; `npm run soak -- ytd-recompute` takes fifty companies and all cases. */

const database = useTestDatabase({ SYNC_POLL_MS: "20", QUOTA_CLOCK_RATE: "60" });
const timeout = 240_000;
let sandbox: RunningSandbox | undefined;
let stage: Stage;
let scratch: Scratch;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, initialSyncMs: 0, jobDelayMs: 0 });
  Object.assign(process.env, { FINCH_BASE_URL: sandbox.url, FINCH_CONNECT_URL: sandbox.url });
  stage = new Stage({ sql: database().sql("superuser"), workerUrl: database().urls.worker, sandbox });
  await stage.start();
  scratch = await Scratch.open(stage.sql);
});

afterAll(async () => {
  await stage?.stop();
  await sandbox?.close();
});

it.each([3, 5])("the wages and payments of company %d are equal to the cent", { timeout }, async (seed) => {
  const { differences, figures, drills, story } = await provesCompany(stage, scratch, randomOf(seed));
  expect(differences.join("\n"), story.join("\n")).toBe("");
  expect(figures).toBeGreaterThan(20);
  expect(drills).toBeGreaterThan(0);
});

describe("one cent or one hour more is seen", () => {
  /** A figure of either side, what tells its rows apart, and which of them are in what is asked. */
  const ofDated = "slip in (select id from ytd_proof.slips where pay_date is not null and not only_contract)";
  const broken = [
    ["wage_totals", "net_cents", "individual_id, year, currency", "year > 0"],
    ["wage_total_lines", "amount_cents", "individual_id, year, currency, line_key", "year > 0"],
    [
      "wage_total_lines",
      "hours",
      "individual_id, year, currency, line_key",
      "year > 0 and category = 'earning' and type = 'salary'",
    ],
    [
      "wage_day_sums",
      "amount_cents",
      "entity_id, day, currency, line_key",
      "day between date_trunc('year', current_date) and current_date and category = 'gross'",
    ],
    ["payments", "net_pay_cents", "id", "pay_date < current_date - 1 and deleted_at is null"],
    ["ytd_proof.slips", "gross", "id", "not only_contract and pay_date is not null"],
    ["ytd_proof.slips", "hours", "id", "not only_contract and pay_date is not null"],
    ["ytd_proof.lines", "amount", "slip, name", `category = 'tax' and name is not null and ${ofDated}`],
  ] as const;

  /** Those whose change by one is not among the differences; everything is put back. */
  async function unseenOf(
    { proof, grounds }: MadeCompany,
    figures: readonly (readonly [string, string, string, string])[],
  ) {
    const own = `customer_id = '${grounds[0]?.employer.customerId}'`;
    const unseen: string[] = [];
    for (const [table, column, keys, paid] of figures) {
      const where = `${table.includes(".") ? "true" : own} and ${paid} and ${column} is not null`;
      const first = `(${keys}) = (select ${keys} from ${table} where ${where} order by ${keys} limit 1)`;
      const change = (by: number) =>
        stage.sql.unsafe(`update ${table} set ${column} = ${column} + ${by} where ${where} and ${first}`);
      expect((await change(1)).count, table).toBeGreaterThan(0);
      if ((await proof.compare(null)).differences.length === 0) unseen.push(`${table}.${column}`);
      await change(-1);
    }
    return unseen;
  }

  it("in the pages and in the recompute", { timeout }, async () => {
    const made = await makeCompany(stage, scratch, randomOf(8));
    expect((await made.proof.compare(null)).differences).toEqual([]);
    expect(await unseenOf(made, broken)).toEqual([]);
    expect((await made.proof.compare(null)).differences).toEqual([]);
  });

  it("and so is a cent of a balance, and another type of the employer's own", { timeout }, async () => {
    const made = await makeCompany(stage, scratch, randomOf(8));
    await made.proof.speak();
    expect((await made.proof.compare(null)).differences).toEqual([]);
    const balances = [
      ["opening_balances", "amount_cents", "id", "removed_at is null"],
      ["ytd_proof.openings", "cents", "person, year, category", "category = 'gross'"],
    ] as const;
    expect(await unseenOf(made, balances)).toEqual([]);
    expect((await made.proof.compare(null)).differences).toEqual([]);
    const swapped = await stage.sql`update item_classifications
      set mapped_type = case mapped_type when 'salary' then 'bonus' else 'salary' end
      where customer_id = ${made.grounds[0]?.employer.customerId ?? ""} and category = 'earning'`;
    expect(swapped.count).toBeGreaterThan(0);
    expect((await made.proof.compare(null)).differences).not.toEqual([]);
  });
});

describe("a case of DOMAIN 7 is counted to the cent:", () => {
  const numbers = [...Array.from({ length: 18 }, (_, index) => 8 + index), 36];
  let verdicts: CaseVerdict[];

  beforeAll(async () => {
    const proved = await (await Cases.plant(stage, scratch, randomOf(1), numbers)).prove();
    verdicts = proved.cases;
    expect(proved.all.differences).toEqual([]);
  }, timeout);

  it.each(numbers)("%d", (number) => {
    const found = verdicts.find((verdict) => verdict.number === number);
    expect(found?.differences).toEqual([]);
  });
});
