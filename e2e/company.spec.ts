import { clientOf, createPerson, database, expect, kindOf, test, type Employer } from "@/e2e/support";
import { createTestConnection, createTestIndividuals } from "@/db/seed/factories";
import { biweeklyBefore, createTestPayGroup, createTestRuns } from "@/lib/domain/pay-groups/testing";
import { paths } from "@/lib/paths";

/** What payroll says of the company itself, its pay groups, and the employer's own calendar. */

const products = ["company", "directory", "individual", "employment", "payment"];
const today = new Date().toISOString().slice(0, 10);

async function fill(employer: Employer) {
  const sql = database();
  const connection = await createTestConnection(sql, { customerId: employer.id, products });
  const at = { customerId: employer.id, connectionId: connection.id };
  await createTestIndividuals(sql, { ...at, count: 70 });
  const departments = [
    { name: "Clinical", parent: null },
    { name: "Hygiene", parent: { name: "Clinical" } },
    { name: "North", parent: { name: "South" } },
    { name: "South", parent: { name: "North" } },
  ];
  const locations = [{ name: "Main office", line1: "1 Elm Street", city: "Reno", state: "NV" }];
  await sql`
    insert into companies (customer_id, connection_id, finch_company_id, legal_name, ein, entity_type, departments, locations, fetched_at)
    values (${employer.id}, ${connection.id}, 'company', 'Larkspur Dental LLC', '12-3456789', 'llc', ${sql.json(departments)},
      ${sql.json(locations)}, now())`;
  const members = Array.from({ length: 70 }, (_, n) => `finch-${n + 1}`);
  const group = await createTestPayGroup(sql, { ...at, members });
  await createTestPayGroup(sql, { ...at, name: "Mixed", frequencies: ["weekly", "monthly"] });
  await createTestRuns(sql, { ...at, finchPayGroupId: group.finchId, payDates: biweeklyBefore(today, 8) });
  return { connection, group };
}

test("an administrator reads the company: legal data, departments even in a circle, masked accounts", async ({
  employer,
  pageAs,
}) => {
  await fill(employer);
  const page = await pageAs(employer.admin);
  await page.goto(paths.employer(employer.id));
  await page.getByRole("link", { name: "Company" }).click();
  await expect(page.getByRole("heading", { name: "Larkspur Dental LLC" })).toBeVisible();
  await expect(page.getByText("12-3456789")).toBeVisible();
  await expect(page.getByText("Main office")).toBeVisible();
  await expect(page.getByText("Hygiene")).toBeVisible();
  await page.getByText("Clinical", { exact: true }).click();
  await expect(page.getByText("Hygiene")).toBeHidden();
  await expect(page.getByText("in a circle with South")).toBeVisible();
});

test("who may not see pay sees the company without accounts, and no pay groups", async ({
  employer,
  pageAs,
}) => {
  const { group } = await fill(employer);
  const viewer = await createPerson(employer.id, "hr_viewer");
  const page = await pageAs(viewer);
  await page.goto(paths.company(employer.id));
  await expect(page.getByText("Your role does not include bank accounts.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Pay groups and calendar" })).toHaveCount(0);
  const ask = await clientOf(viewer.id);
  for (const path of [paths.payGroups(employer.id), paths.payGroup(employer.id, group.id)])
    expect(kindOf(await ask(path))).toBe("does not exist");
});

test("a pay date is entered, changed, confirmed and removed, and stands before what is expected", async ({
  employer,
  pageAs,
}) => {
  await fill(employer);
  const page = await pageAs(await createPerson(employer.id, "payroll_manager"));
  await page.goto(paths.payGroups(employer.id));
  await expect(page.getByRole("row", { name: /Mixed/ })).toContainText("ambiguous");
  await page.getByRole("link", { name: "Salaried" }).click();
  const dates = page.getByRole("table", { name: "Pay dates" });
  const first = dates.getByRole("row").nth(1);
  await expect(first).toContainText("Expected, high confidence");

  await page
    .getByRole("button", { name: /^Confirm [A-Z][a-z]{2} / })
    .first()
    .click();
  await expect(first).toContainText("Confirmed");

  const inTenDays = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10);
  await page.getByRole("button", { name: "Enter a pay date" }).click();
  const dialog = page.getByRole("dialog", { name: "Enter a pay date" });
  await dialog.getByLabel("Pay date").fill(inTenDays);
  await dialog.getByLabel("Closes on").fill("2099-01-01");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("The run closes on or before the pay date.")).toBeVisible();
  await dialog.getByLabel("Closes on").fill("");
  await dialog.getByRole("button", { name: "Save" }).click();
  const entered = dates.getByRole("row").filter({ hasText: "Entered" });
  await expect(entered).toHaveCount(1);

  await entered.getByRole("button", { name: /^Change/ }).click();
  const change = page.getByRole("dialog", { name: "Change this pay date" });
  await change.getByLabel("Closes on").fill(inTenDays);
  await change.getByLabel("Closes at").fill("09:30");
  await change.getByRole("button", { name: "Save" }).click();
  await expect(entered).toContainText("9:30 am");

  await entered.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(entered).toHaveCount(0);
});

test("the people of a pay group are searched and turned", async ({ employer, pageAs }) => {
  const { group } = await fill(employer);
  const page = await pageAs(employer.admin);
  await page.goto(paths.payGroup(employer.id, group.id));
  const people = page.getByRole("table", { name: "People of this pay group" }).getByRole("rowheader");
  await expect(people).toHaveCount(50);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(people).toHaveCount(20);
  await page.getByRole("searchbox", { name: "Search people of this group" }).fill("Last00007");
  await expect(people).toHaveCount(1);
  await people.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Last00007");
});
