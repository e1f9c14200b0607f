import { axe, createPerson, database, expect, expectPhone, test, type Employer } from "@/e2e/support";
import { createTestConnection, createTestIndividuals } from "@/db/seed/factories";
import {
  plantPayGroup,
  plantPayment,
  plantStatement,
  type TestPlace,
} from "@/lib/domain/payroll/payments/testing";
import { paths } from "@/lib/paths";

/** What employers come back for every pay day: payments, what is missing of them, everybody's part in one. */

const products = ["company", "directory", "individual", "employment", "payment", "pay_statement"];
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

async function connect(employer: Employer, people = 5): Promise<TestPlace> {
  const sql = database();
  const connection = await createTestConnection(sql, { customerId: employer.id, products });
  const place = { customerId: employer.id, connectionId: connection.id };
  await createTestIndividuals(sql, { ...place, count: people });
  return place;
}

/** A bi-weekly group with a run missing in the middle, an off-cycle one, one to come and one without a date. */
async function payHourly(place: TestPlace) {
  const sql = database();
  const { finchId: group } = await plantPayGroup(sql, place, { name: "Hourly", frequency: "bi_weekly" });
  const runs: string[] = [];
  for (const days of [94, 80, 66, 38, 24, 10]) {
    const period: [string, string] = [daysAgo(days + 20), daysAgo(days + 7)];
    const people = days === 10 ? [2, 3, 4] : [1, 2, 3];
    runs.push(
      await plantPayment(sql, place, { payDate: daysAgo(days), period, group, people, gross: 300_000 }),
    );
  }
  const bonus = await plantPayment(sql, place, {
    payDate: daysAgo(17),
    frequencies: ["other"],
    gross: 50_000,
  });
  await plantStatement(sql, place, bonus, { person: 1, type: "off_cycle_payroll" });
  await plantPayment(sql, place, { payDate: daysAgo(-4), group, gross: 999_999 });
  await plantPayment(sql, place, { payDate: null, gross: 888_888 });
  return { last: runs.at(-1) ?? "", bonus };
}

test("payments: what was paid, what comes, what is missing, and every filter in the address", async ({
  employer,
  pageAs,
}) => {
  await payHourly(await connect(employer));
  const page = await pageAs(employer.admin);
  await page.goto(paths.employer(employer.id));
  await page.getByRole("link", { name: "Payroll", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Payroll", level: 1 })).toBeVisible();
  await page.goto(`${paths.payroll(employer.id)}?year=all`);
  const paid = page.getByRole("table", { name: "Payments", exact: true });
  await expect(paid.getByRole("rowheader")).toHaveCount(7);
  await expect(paid).toContainText("off-cycle");
  await expect(paid).not.toContainText("9,999.99");
  await expect(page.getByRole("table", { name: "Scheduled payments" })).toContainText("9,999.99");
  await expect(page.getByRole("table", { name: "Payments without a pay date" })).toContainText("8,888.88");
  await expect(page.getByRole("heading", { name: "An expected payment is missing" })).toBeVisible();
  const groups = page.getByRole("table", { name: "Pay groups" });
  await expect(groups).toContainText("1 joined, 1 left");
  await expect(groups).toContainText("scheduled");
  await axe(page);
  await expectPhone(page);

  await page.getByRole("button", { name: "Kind" }).click();
  await page.getByRole("radio", { name: "Off-cycle" }).click();
  await expect(page).toHaveURL(/kind=off_cycle/);
  await expect(paid.getByRole("rowheader")).toHaveCount(1);
  await page.reload();
  await expect(paid.getByRole("rowheader")).toHaveCount(1);
  await page.goBack();
  await expect(paid.getByRole("rowheader")).toHaveCount(7);
  await page.goto(`${paths.payroll(employer.id)}?year=all&state=failed`);
  await expect(page.getByRole("heading", { name: "No payment matches these filters" })).toBeVisible();
  await page.getByRole("link", { name: "Clear the filters" }).click();
  await expect(paid.getByRole("rowheader")).toHaveCount(7);
});

test("a payment: totals checked, statements searched and sorted, people who left and joined named", async ({
  employer,
  pageAs,
}) => {
  const sql = database();
  const place = await connect(employer);
  const { last } = await payHourly(place);
  for (const [person, net] of [
    [2, 60_000],
    [3, 80_000],
    [4, 70_001],
  ] as const)
    await plantStatement(sql, place, last, {
      person,
      net,
      method: person === 3 ? "check" : "direct_deposit",
      lines: [
        ["tax", 10_000, false],
        ["tax", 2_550, true],
      ],
    });
  const page = await pageAs(employer.admin);
  await page.goto(paths.payrollPayment(employer.id, last));
  const totals = page.getByRole("table", { name: "Totals checked" });
  await expect(totals.getByRole("row", { name: /Gross pay/ })).toContainText("Agrees");
  await expect(totals.getByRole("row", { name: /Net pay/ })).toContainText("−$1,400.01");
  const slips = page.getByRole("table", { name: "Pay statements" });
  await expect(slips.getByRole("rowheader")).toHaveCount(3);
  await slips.getByRole("columnheader", { name: "Net" }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=net/);
  await expect(slips.getByRole("rowheader").first()).toContainText("Last00002");
  await page.getByRole("button", { name: "Paid by" }).click();
  await page.getByRole("checkbox", { name: /Check/ }).check();
  await page.getByRole("button", { name: "Show" }).click();
  await expect(slips.getByRole("rowheader")).toHaveCount(1);
  await expect(slips.getByRole("rowheader")).toContainText("Last00003");
  await page.getByRole("searchbox", { name: "Search people" }).fill("nobody");
  await expect(page.getByRole("heading", { name: "No statement matches" })).toBeVisible();
  await page.getByRole("link", { name: "Clear the search" }).click();
  await expect(slips.getByRole("rowheader")).toHaveCount(3);
  const since = page.getByRole("region", { name: "Since the last run" });
  await expect(since).toContainText("Last00004");
  await expect(since).toContainText("Last00001");
  await axe(page);
  await expectPhone(page);
});

test("a payment that Finch is still fetching counts and names whom it lacks; a failed one says why", async ({
  employer,
  pageAs,
}) => {
  const sql = database();
  const place = await connect(employer);
  const pending = await plantPayment(sql, place, {
    payDate: daysAgo(3),
    people: [1, 2, 3],
    state: "pending",
  });
  await plantStatement(sql, place, pending, { person: 1 });
  const failed = await plantPayment(sql, place, {
    payDate: daysAgo(9),
    people: [1],
    state: "failed",
    error: { code: 404, name: "not_found" },
  });
  const page = await pageAs(employer.admin);
  await page.goto(paths.payrollPayment(employer.id, pending));
  await expect(page.getByRole("heading", { name: /2 people have no statement/ })).toBeVisible();
  await page.getByRole("link", { name: "See who" }).click();
  const missing = page.getByRole("table", { name: "People without a statement" });
  await expect(missing.getByRole("rowheader")).toHaveCount(2);
  await expect(missing).toContainText("Finch is fetching");
  await axe(page);
  await page.goto(paths.payrollPayment(employer.id, failed));
  await expect(page.getByText(/Gusto no longer knows this payment/).first()).toBeVisible();
});

test("an employer without payments is told why, and who may not see pay finds no such page", async ({
  employer,
  pageAs,
}) => {
  const page = await pageAs(employer.admin);
  await page.goto(paths.payroll(employer.id));
  await expect(page.getByRole("heading", { name: "No payroll is connected" })).toBeVisible();
  await connect(employer, 1);
  await page.goto(paths.payroll(employer.id));
  await expect(page.getByRole("heading", { name: "No payments arrived yet" })).toBeVisible();
  await axe(page);
  const viewer = await createPerson(employer.id, "hr_viewer");
  const theirs = await pageAs(viewer);
  await theirs.goto(paths.employer(employer.id));
  await expect(theirs.getByRole("link", { name: "Payroll", exact: true })).toHaveCount(0);
  await expect(theirs.getByText("Last payroll")).toHaveCount(0);
  await theirs.goto(paths.payroll(employer.id));
  await expect(theirs.getByRole("heading", { name: "Nothing to show here" })).toBeVisible();
});

test("the overview says the last payroll, the next pay date, the year so far and who is employed", async ({
  employer,
  pageAs,
}) => {
  await payHourly(await connect(employer));
  const page = await pageAs(employer.admin);
  await page.goto(paths.employer(employer.id));
  await expect(page.getByText(/Last payroll, .* gross/)).toBeVisible();
  await expect(page.getByText("Next pay date")).toBeVisible();
  await expect(page.getByText("scheduled").first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "Headcount" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Latest payments" }).getByRole("rowheader")).toHaveCount(5);
  await axe(page);
  await expectPhone(page);

  const missing = page.getByRole("heading", { name: "An expected payment of Hourly is missing" });
  await expect(missing).toHaveCount(1);
  await page.getByRole("link", { name: "See its calendar" }).click();
  await expect(
    page.getByText(/those that nobody entered are 4 business days before the pay date/),
  ).toBeVisible();
  await page.getByRole("button", { name: "No run that day" }).first().click();
  await page.getByRole("button", { name: "No run that day" }).last().click();
  await expect(page.getByText("No run that day, your team says")).toBeVisible();
  await page.goto(paths.employer(employer.id));
  await expect(page.getByText("Next pay date")).toBeVisible();
  await expect(missing).toHaveCount(0);
});
