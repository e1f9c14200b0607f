import type { Page } from "@playwright/test";
import {
  axe,
  centsOf,
  createPerson,
  database,
  expect,
  expectPhone,
  payOf,
  test,
  type Employer,
} from "@/e2e/support";
import { createTestIndividuals } from "@/db/seed/factories";
import { wages, type TestLine, type TestSlip } from "@/lib/domain/payroll/ytd/testing";
import { paths } from "@/lib/paths";

/** Wages of the year by person: what counts, how far it is complete, and which lines make each figure. */

const year = 2025;
const [first, second] = ["2025-01-10", "2025-01-24"];
/** The provider was read last before the next run was due. */
const readThrough = new Date("2025-01-31T12:00:00Z");
const ytd = (employer: Employer, query = "") => `${paths.ytd(employer.id)}?year=${year}${query}`;
const people = (page: Page) => page.getByRole("table", { name: "Wages by person" });
const rowOf = (page: Page, name: string) => people(page).getByRole("row").filter({ hasText: name });

const line = (
  category: TestLine["category"],
  type: string | null,
  name: string,
  cents: bigint,
): TestLine => ({
  ...{ category, type, name, cents, currency: "usd" },
  ...(category === "deduction" ? { preTax: true } : {}),
  ...(category === "tax" ? { employer: false } : {}),
});

/** 3,500.00 of salary and bonus, less 350.00 of tax and 100.00 into a 401(k). */
const bonusSlip = (person: string): TestSlip => ({
  ...wages(person, second, 350_000n),
  netCents: 305_000n,
  lines: [
    line("earning", "salary", "Salary", 300_000n),
    line("earning", "bonus", "Spring bonus", 50_000n),
    line("tax", "federal", "Federal Income Tax", 35_000n),
    line("deduction", "401k", "401(k)", 10_000n),
  ],
});

/** Ada with a bonus in the second of two runs, Ben without. */
async function twoPeople(employer: Employer) {
  const world = payOf(employer);
  const connectionId = await world.connect({ dataRetrievedAt: readThrough });
  await world.entity(connectionId, "", "Larkspur Dental", "12-3456789");
  const ada = await world.person(connectionId, { first: "Ada", last: "Marsh" });
  const ben = await world.person(connectionId, { first: "Ben", last: "Moss" });
  await world.run(connectionId, first, [wages(ada.id, first, 300_000n), wages(ben.id, first, 400_000n)]);
  await world.run(connectionId, second, [bonusSlip(ada.id), wages(ben.id, second, 400_000n)]);
  await world.keepTotals();
  return { world, connectionId, ada, ben };
}

test("wages of a year: what counts is in the address, and every figure is the sum of its lines", async ({
  employer,
  pageAs,
}) => {
  await twoPeople(employer);
  const page = await pageAs(employer.admin);
  await page.goto(paths.employer(employer.id));
  await page.getByRole("link", { name: "YTD wages", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Year to date", level: 1 })).toBeVisible();
  await page.getByLabel("Year", { exact: true }).selectOption(String(year));
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/year=2025/);
  await expect(rowOf(page, "Marsh, Ada")).toContainText(/2 of 2(?!\d)/);
  await expect(rowOf(page, "Marsh, Ada")).toContainText("6,500.00");
  await expect(rowOf(page, "Marsh, Ada")).toContainText("5,750.00");
  await expect(page.getByRole("region", { name: "Totals of everybody" })).toContainText("$14,500.00");
  await expect(people(page).getByRole("row").last()).toContainText("14,500.00");
  await axe(page);
  await expectPhone(page);

  await people(page).getByRole("columnheader", { name: "Gross" }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=gross/);
  await expect(people(page).getByRole("rowheader").first()).toContainText("Moss, Ben");
  await page.getByLabel("As of").fill("2025-01-15");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/asof=2025-01-15/);
  await expect(rowOf(page, "Marsh, Ada")).toContainText("3,000.00");
  await expect(page.getByText(/Scheduled and not counted: 2 statements of \$7,500\.00 gross/)).toBeVisible();
  await page.reload();
  await expect(rowOf(page, "Marsh, Ada")).toContainText(/1 of 1(?!\d)/);
  await page.goto(ytd(employer));

  await rowOf(page, "Marsh, Ada").getByRole("link", { name: "6,500.00" }).click();
  await expect(page.getByRole("heading", { name: "Marsh, Ada", level: 1 })).toBeVisible();
  const figures = page.getByRole("region", { name: "Figures" });
  for (const [label, table, sum] of [
    ["Gross pay", /^Lines behind gross pay/, 650_000],
    ["Deductions", /^Lines behind deductions/, 10_000],
    ["Bonus", /^Lines behind earnings, bonus/, 50_000],
    ["Taxes withheld", /^Lines behind taxes withheld/, 65_000],
  ] as const) {
    await figures.getByRole("link", { name: label }).click();
    const lines = page.getByRole("table", { name: table });
    await expect(lines).toBeVisible();
    const amounts = await lines.locator("tbody tr td:last-child").allTextContents();
    expect(amounts.reduce((total, text) => total + centsOf(text), 0)).toBe(sum);
    expect(centsOf(await lines.locator("tfoot td").last().innerText())).toBe(sum);
  }
  await axe(page);
  await expectPhone(page);
  await page.getByRole("link", { name: "Jan 24, 2025" }).click();
  await expect(page.getByRole("article", { name: "Pay statement of Ada Marsh" })).toBeVisible();
});

test("plan compensation counts the earnings that were chosen, in the year of the plan", async ({
  employer,
  pageAs,
}) => {
  await twoPeople(employer);
  const page = await pageAs(employer.admin);
  await page.goto(ytd(employer));
  await page.getByRole("link", { name: "Plan compensation" }).click();
  await expect(page).toHaveURL(/def=plan/);
  await page.getByText("All earnings count").click();
  await page.getByRole("checkbox", { name: /Salary/ }).check();
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/name=Salary/);
  await expect(rowOf(page, "Marsh, Ada").getByRole("link", { name: "6,000.00" }).first()).toBeVisible();
  await page.getByRole("link", { name: "Plan year" }).click();
  await page.getByLabel("Plan year begins").selectOption({ label: "July" });
  await page.getByLabel("Year", { exact: true }).selectOption("2024");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByText("By pay date, Jul 1, 2024 to Jun 30, 2025")).toBeVisible();
  await expect(rowOf(page, "Marsh, Ada").getByRole("link", { name: "6,000.00" }).first()).toBeVisible();
  await axe(page);
  await expectPhone(page);
});

test("box 1 is a range with a reason for every kind of line, and none without an EIN", async ({
  employer,
  pageAs,
}) => {
  const { world, connectionId, ada } = await twoPeople(employer);
  const eve = await world.person(connectionId, { last: "Zed", entityId: "no-ein" });
  await world.entity(connectionId, "no-ein", "Larkspur Lab", null);
  await world.run(connectionId, second, [wages(eve.id, second, 100_000n)], { entityId: "no-ein" });
  const mileage = line("earning", "reimbursement", "Mileage", 20_000n);
  await world.run(connectionId, second, [{ ...wages(ada.id, second, 20_000n), lines: [mileage] }]);
  await world.keepTotals();
  const page = await pageAs(employer.admin);
  await page.goto(ytd(employer));
  await page.getByRole("link", { name: "Box 1 range" }).click();
  await expect(rowOf(page, "Marsh, Ada")).toContainText("6,400.00");
  await expect(rowOf(page, "Marsh, Ada")).toContainText("6,600.00");
  await axe(page);
  await expectPhone(page);
  await rowOf(page, "Marsh, Ada").getByRole("link", { name: "6,400.00" }).click();
  const table = page.getByRole("table", { name: "Box 1 line by line" });
  await expect(table.getByRole("rowheader").first()).toContainText("Earning, ");
  await expect(table.getByRole("rowheader").nth(-2)).toContainText("Tax, ");
  await expect(table.getByRole("row", { name: /^401\(k\)/ })).toContainText("subtracted");
  await expect(table.getByRole("row", { name: /^Mileage/ })).toContainText("Payroll does not say which");
  await expect(table.getByRole("row", { name: /^Box 1, estimate/ })).toContainText(
    "1 kind of line opens the range",
  );
  await axe(page);
  await expectPhone(page);
  await page.getByRole("link", { name: "The rules" }).click();
  await expect(page.getByRole("heading", { name: "How box 1 is estimated" })).toBeVisible();
  await page.goto(`${paths.ytdPerson(employer.id, eve.id)}?year=${year}&def=box1&of=box1`);
  await expect(page.getByText(/^No estimate\./)).toContainText("EIN");
});

test("two records become one person after somebody decided, and two again after an undo", async ({
  employer,
  pageAs,
}) => {
  const world = payOf(employer);
  const sql = database();
  for (const payDate of [first, second]) {
    const connectionId = await world.connect({ dataRetrievedAt: readThrough });
    const [person = ""] = await createTestIndividuals(sql, {
      customerId: employer.id,
      connectionId,
      count: 1,
    });
    await world.run(connectionId, payDate, [wages(person, payDate, 100_000n)]);
  }
  await world.keepTotals();
  const page = await pageAs(employer.admin);
  await page.goto(ytd(employer));
  await expect(people(page).locator("tbody tr")).toHaveCount(2);
  await page.getByRole("link", { name: "Linked records" }).click();
  const main = page.getByRole("main");
  await expect(main).toContainText("same birth date");
  await expect(main).toContainText("One follows the other: paid until Jan 10, 2025, then from Jan 24, 2025.");
  await axe(page);
  await expectPhone(page);
  await page.getByRole("button", { name: "One person" }).click();
  await expect(page.getByRole("heading", { name: "One person" })).toBeVisible();
  await page.goto(ytd(employer));
  await expect(people(page).locator("tbody tr")).toHaveCount(2);
  await page.getByRole("link", { name: "One person" }).click();
  await expect(people(page).locator("tbody tr")).toHaveCount(1);
  await expect(rowOf(page, "First00001")).toContainText("2 linked records");
  await expect(rowOf(page, "First00001")).toContainText("2,000.00");

  await page.goto(paths.ytdLinks(employer.id));
  await page.getByRole("button", { name: "Undo the link" }).click();
  await expect(main).toContainText(`Undone by ${employer.admin.email.split("@")[0]}`);
  await page.goto(ytd(employer, "&people=together"));
  await expect(people(page).locator("tbody tr")).toHaveCount(2);
  const actions = await sql<{ action: string }[]>`
    select action from audit_log where customer_id = ${employer.id} order by seq`;
  expect(actions.map(({ action }) => action)).toEqual(
    expect.arrayContaining([expect.stringMatching(/link\.confirm/), expect.stringMatching(/link\.undo/)]),
  );
});

test("an administrator enters what was paid before; it is marked, changed and taken out again", async ({
  employer,
  pageAs,
}) => {
  const { ada } = await twoPeople(employer);
  const drill = `${paths.ytdPerson(employer.id, ada.id)}?year=${year}`;
  const page = await pageAs(employer.admin);
  await page.goto(drill);
  await page.getByRole("button", { name: "Enter a balance" }).click();
  const dialog = page.getByRole("dialog", { name: `Enter an opening balance of ${year}` });
  await dialog.getByLabel("Amount").fill("twelve");
  await dialog.getByLabel("Last pay date in it").fill("2025-01-03");
  await dialog.getByRole("button", { name: "Enter balance" }).click();
  await expect(dialog.getByText("Enter an amount such as 12,345.67.")).toBeVisible();
  await expect(dialog.getByLabel("Last pay date in it")).toHaveValue("2025-01-03");
  await axe(page);
  await dialog.getByLabel("Amount").fill("1,200.50");
  await dialog.getByLabel("Where it is from").fill("Final register of the provider before");
  await dialog.getByRole("button", { name: "Enter balance" }).click();
  await expect(dialog).toHaveCount(0);
  const balances = page.getByRole("table", { name: "Opening balances" });
  await expect(balances.getByRole("row", { name: /Gross pay/ })).toContainText("$1,200.50");
  // What was entered is in no line.
  await expect(page.getByRole("table", { name: /^Lines behind gross pay/ })).toContainText("$6,500.00");
  await axe(page);
  await page.goto(ytd(employer));
  await expect(rowOf(page, "Marsh, Ada")).toContainText("incl. 1,200.50 entered");
  await expect(rowOf(page, "Marsh, Ada")).toContainText("7,700.50");

  await page.goto(drill);
  await balances.getByRole("button", { name: "Change", exact: true }).click();
  const change = page.getByRole("dialog", { name: `Change gross pay of ${year}` });
  await expect(change.getByLabel("Amount")).toHaveValue("1200.50");
  await change.getByLabel("Amount").fill("1,300.00");
  await change.getByRole("button", { name: "Save" }).click();
  await expect(balances).toContainText("$1,300.00");
  const manager = await pageAs(await createPerson(employer.id, "payroll_manager"));
  await manager.goto(drill);
  await expect(manager.getByRole("table", { name: "Opening balances" })).toContainText("$1,300.00");
  await expect(manager.getByRole("button", { name: /^(Enter a balance|Change|Take out)$/ })).toHaveCount(0);
  await balances.getByRole("button", { name: "Take out" }).click();
  await balances.getByRole("button", { name: "Take out" }).click();
  await expect(page.getByText("None. Every figure is made of statements.")).toBeVisible();
});

test("what is not here is said at the total, at the row and at the figure", async ({ employer, pageAs }) => {
  const world = payOf(employer);
  const connectionId = await world.connect({ dataRetrievedAt: readThrough });
  await world.entity(connectionId, "", "Larkspur Dental", "12-3456789");
  const ada = await world.person(connectionId, { first: "Ada", last: "Marsh" });
  const ben = await world.person(connectionId, { first: "Ben", last: "Moss" });
  await world.run(connectionId, first, [wages(ada.id, first, 300_000n), wages(ben.id, first, 400_000n)]);
  const names = [ada.finchId, ben.finchId];
  await world.run(connectionId, second, [wages(ben.id, second, 400_000n)], { state: "pending", names });
  await world.keepTotals();
  const page = await pageAs(employer.admin);
  await page.goto(ytd(employer));
  await expect(page.getByRole("heading", { name: "Not complete: 1 person lacks statements" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("1 run of Larkspur Dental");
  await expect(page.getByRole("region", { name: "Totals of everybody" })).toContainText("≥");
  await expect(rowOf(page, "Marsh, Ada")).toContainText(/1 of 2(?!\d)/);
  await expect(rowOf(page, "Marsh, Ada")).toContainText("≥ 3,000.00");
  await expect(rowOf(page, "Moss, Ben")).toContainText(/2 of 2(?!\d)/);
  await page.getByText("What these figures cover").click();
  await expect(page.getByRole("table", { name: "Coverage" })).toContainText("not complete");
  await axe(page);
  await expectPhone(page);
  await page.getByRole("link", { name: "Incomplete only" }).click();
  await expect(page).toHaveURL(/incomplete=yes/);
  await expect(people(page).getByRole("rowheader").filter({ hasText: "Moss" })).toHaveCount(0);
  await rowOf(page, "Marsh, Ada").getByRole("link", { name: "Marsh, Ada" }).click();
  await expect(page.getByRole("heading", { name: "1 statement is not here" })).toBeVisible();
  await axe(page);

  await database()`update payments set statements_state = 'failed' where customer_id = ${employer.id} and pay_date = ${second}`;
  await page.goto(ytd(employer));
  await expect(page.getByRole("main")).toContainText("do not file from these rows");
});
