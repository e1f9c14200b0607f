import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { createTestConnection, createTestIndividuals } from "@/db/seed/factories";
import { axe, createEmployer, createPerson, database, expect, test, type Employer } from "@/e2e/support";
import { paths } from "@/lib/paths";

/** What was done, told in words, and whether it can be believed. */

const phone = { width: 360, height: 740 };
const desktop = { width: 1440, height: 900 };
const entries = (page: Page) => page.getByRole("table", { name: "Audit entries" }).getByRole("rowheader");
const nothingHere = (page: Page) => page.getByRole("heading", { name: "Nothing to show here" });

async function withPeople(employer: Employer): Promise<void> {
  const sql = database();
  const { id } = await createTestConnection(sql, { customerId: employer.id });
  await createTestIndividuals(sql, { customerId: employer.id, connectionId: id, count: 3 });
}

/** Entries as the verbs write them. */
async function write(customerId: string, userId: string, action: string, details: object): Promise<void> {
  await database().begin(async (tx) => {
    await tx`select set_config('app.customer_id', ${customerId}, true)`;
    await tx`select audit_append('user', ${userId}, ${action}, 'user', ${userId}, ${tx.json({ ...details })})`;
  });
}

async function download(page: Page, name: string): Promise<{ file: string; text: string }> {
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name }).click();
  const file = await waiting;
  return { file: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
}

test("an administrator finds what they did in words, and filters stay in the address", async ({
  employer,
  pageAs,
}) => {
  await withPeople(employer);
  const page = await pageAs(employer.admin);
  await page.goto(paths.directory(employer.id));
  await download(page, "Export CSV");
  await write(employer.id, employer.admin.id, "role.grant", { role: "hr_viewer", reason: "Joins on Monday" });

  await page.getByRole("navigation").getByRole("link", { name: "Audit" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Audit" })).toBeVisible();
  await expect(entries(page)).toHaveCount(2);
  await expect(entries(page).nth(1)).toContainText("exported the directory (3 people)");
  await expect(entries(page).nth(0)).toContainText("the role HR viewer");
  await expect(page.getByRole("region", { name: "State of the audit" })).toContainText(/Verified|check out/);
  await expect(page.getByText("Joins on Monday", { exact: true })).toBeHidden();
  await page.getByText("Reason: Joins on Monday").click();
  await expect(page.getByText("Joins on Monday", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "What" }).click();
  await page.getByRole("checkbox", { name: "Exports" }).check();
  await page.getByRole("button", { name: "Show" }).click();
  await expect(entries(page)).toHaveCount(1);
  await expect(page).toHaveURL(/what=exports/);
  await page.reload();
  await expect(entries(page)).toHaveCount(1);
  await expect(page.getByText("1 entry", { exact: true })).toBeVisible();

  await page.getByLabel("From").fill("2020-01-01");
  await page.getByLabel("to", { exact: true }).fill("2020-01-31");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("heading", { name: "No entry matches these filters" })).toBeVisible();
  await expect(page).toHaveURL(/what=exports.*to=2020-01-31/);
  await page.getByRole("link", { name: "Clear the filters" }).click();
  await expect(entries(page)).toHaveCount(2);
});

test("an export holds what the filters show, and is the next entry", async ({ employer, pageAs }) => {
  await write(employer.id, employer.admin.id, "role.grant", { role: "hr_viewer" });
  await write(employer.id, employer.admin.id, "customer.create", { name: "=1+1" });
  const page = await pageAs(employer.admin);
  await page.goto(`${paths.audit(employer.id)}?what=team`);
  await expect(entries(page)).toHaveCount(1);
  const { file, text } = await download(page, "Export CSV");
  expect(file).toMatch(/-audit-\d{4}-\d\d-\d\d\.csv$/);
  expect(text).toContain("role.grant");
  expect(text).not.toContain("customer.create");
  await page.goto(paths.audit(employer.id));
  await expect(entries(page).first()).toContainText("exported the audit (1 entry)");
});

test("long audits are read by pages", async ({ employer, pageAs }) => {
  for (let at = 0; at < 60; at += 1)
    await write(employer.id, employer.admin.id, "role.grant", { role: "hr_viewer" });
  const page = await pageAs(employer.admin);
  await page.goto(paths.audit(employer.id));
  await expect(entries(page)).toHaveCount(50);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(entries(page)).toHaveCount(10);
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(entries(page)).toHaveCount(50);
});

test("an entry that was changed in the database is told in alarm", async ({ employer, pageAs }) => {
  await write(employer.id, employer.admin.id, "role.grant", { role: "hr_viewer" });
  await write(employer.id, employer.admin.id, "role.grant", { role: "hr_viewer" });
  await database()`update audit_log set target_id = 'somebody else' where customer_id = ${employer.id} and seq = 1`;
  const page = await pageAs(employer.admin);
  await page.goto(paths.audit(employer.id));
  await expect(page.getByRole("alert").filter({ hasText: "This audit does not verify" })).toContainText(
    "Entry #1 was changed after it was written.",
  );
  await expect(entries(page).nth(1)).toContainText("Not as it was written");
  await axe(page);
  await database()`delete from audit_details where customer_id = ${employer.id}`;
  await page.reload();
  await expect(page.getByText("Its details were erased; the entry itself is complete.")).toHaveCount(2);
});

test("whoever may not read an audit finds none", async ({ employer, pageAs }) => {
  const other = await createEmployer();
  const roles = await Promise.all([
    createPerson(employer.id, "hr_viewer"),
    createPerson(employer.id, "payroll_manager"),
    createPerson(null, "staff_support"),
  ]);
  for (const person of [...roles, other.admin]) {
    const page = await pageAs(person);
    const answer = await page.goto(paths.audit(employer.id));
    expect(answer?.status()).toBe(404);
    await expect(nothingHere(page)).toBeVisible();
    expect((await page.request.get(paths.auditExport(employer.id))).status()).toBe(404);
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(
      page.locator(`a[href="${paths.audit(employer.id)}"], a[href="${paths.adminAudit()}"]`),
    ).toHaveCount(0);
    for (const path of [paths.adminAudit(), paths.adminAuditChains(), paths.adminAuditOf(employer.id)])
      expect((await page.goto(path))?.status()).toBe(404);
  }
});

test("staff read the platform's audit, every employer's without its details, and the state of all chains", async ({
  employer,
  pageAs,
}) => {
  await write(employer.id, employer.admin.id, "role.grant", {
    role: "hr_viewer",
    reason: "Vera asked for it on Monday",
  });
  const staff = await createPerson(null, "staff_admin");
  const page = await pageAs(staff);
  await page.goto(paths.admin());
  await page.getByRole("link", { name: "Audit", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Audit of the platform" })).toBeVisible();
  await page.getByRole("link", { name: "All chains" }).click();
  await page.getByRole("searchbox", { name: "Search employers" }).fill(employer.name);
  await page.getByRole("link", { name: employer.name }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Audit of ${employer.name}` })).toBeVisible();
  await expect(entries(page)).toHaveCount(1);
  await expect(page.getByText("Its details are for the employer alone.")).toBeVisible();
  await expect(page.getByText("Vera asked")).toHaveCount(0);
  const { text } = await download(page, "Export CSV");
  expect(text).not.toContain("Vera asked");
  const theirs = await pageAs(employer.admin);
  await theirs.goto(paths.audit(employer.id));
  await expect(entries(theirs).first()).toContainText("exported the audit");
});

test("pages of audit and retention are accessible, in both themes and on a phone", async ({
  employer,
  pageAs,
}) => {
  await write(employer.id, employer.admin.id, "role.grant", { role: "hr_viewer", reason: "Joins on Monday" });
  const staff = await createPerson(null, "staff_admin");
  const [admin, platform] = [await pageAs(employer.admin), await pageAs(staff)];
  for (const [page, path] of [
    [admin, paths.audit(employer.id)],
    [admin, `${paths.audit(employer.id)}?what=exports`],
    [platform, paths.adminAudit()],
    [platform, paths.adminAuditChains()],
    [platform, paths.adminAuditOf(employer.id)],
    [platform, paths.adminRetention()],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await axe(page);
    await page.setViewportSize(phone);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, `${path} at 360 px`).toBeLessThanOrEqual(0);
    await page.setViewportSize(desktop);
  }
});

test("support sees what is kept how long", async ({ pageAs }) => {
  const page = await pageAs(await createPerson(null, "staff_support"));
  await page.goto(paths.admin());
  await page.getByRole("link", { name: "Retention" }).click();
  await expect(page.getByRole("table", { name: "What is kept how long" })).toContainText("Audit entries");
  await expect(page.getByRole("cell", { name: "7 years", exact: true })).toBeVisible();
});
