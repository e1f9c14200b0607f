import type { Page } from "@playwright/test";
import { axe, createPerson, database, expect, test, type Employer } from "@/e2e/support";
import { createTestConnection, createTestIndividuals } from "@/db/seed/factories";
import { paths } from "@/lib/paths";

/** The rules behind totals and estimates: box 1, yearly limits, own types of pay items, Finch's rules. */

const products = ["company", "directory", "individual", "employment", "payment", "pay_statement"];
const thisYear = new Date().getUTCFullYear();

interface Planted {
  connectionId: string;
}

/** A premium without a type in two years, and a salary that has one. */
async function plantItems(employer: Employer): Promise<Planted> {
  const sql = database();
  const { id: connectionId } = await createTestConnection(sql, { customerId: employer.id, products });
  const [person = ""] = await createTestIndividuals(sql, { customerId: employer.id, connectionId, count: 1 });
  const line = async (year: number, name: string, type: string, cents: number) => {
    await sql`insert into wage_day_sums (customer_id, connection_id, entity_id, day, currency, line_key, category, type, name,
        amount_cents, hours, count, missing)
      values (${employer.id}, ${connectionId}, '', ${`${year}-01-16`}, 'usd', md5(${name + type}), 'earning', ${type}, ${name},
        ${cents}, 0, 2, 0)`;
    await sql`insert into wage_total_lines (customer_id, connection_id, individual_id, year, currency, line_key, category, type, name,
      amount_cents, hours, lines, without_amount, first_pay_date, last_pay_date)
    values (${employer.id}, ${connectionId}, ${person}, ${year}, 'usd', md5(${name + type}), 'earning', ${type}, ${name},
      ${cents}, 0, 2, 0, ${`${year}-01-02`}, ${`${year}-01-16`})`;
  };
  await line(thisYear - 1, "Shift Premium", "other", 40_000);
  await line(thisYear, "Shift Premium", "other", 25_000);
  await line(thisYear, "Salary", "salary", 900_000);
  return { connectionId };
}

async function expectPhone(page: Page): Promise<void> {
  await page.setViewportSize({ width: 360, height: 740 });
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wide, `${page.url()} scrolls sideways at 360 px`).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1440, height: 900 });
}

test("an item without a type is classified, with what it changes, and put back", async ({
  employer,
  pageAs,
}) => {
  await plantItems(employer);
  const page = await pageAs(employer.admin);
  await page.goto(paths.payItems(employer.id));
  const table = page.getByRole("table", { name: "Pay items" });
  const row = table.getByRole("row").filter({ hasText: "Shift Premium" });
  await expect(table.getByRole("rowheader").first()).toContainText("Shift Premium");
  await expect(row).toContainText("unclassified");
  await axe(page);
  await expectPhone(page);

  await page.getByRole("button", { name: "Classify Shift Premium" }).click();
  const dialog = page.getByRole("dialog", { name: "Shift Premium" });
  await dialog.getByRole("button", { name: "Review what changes" }).click();
  await expect(dialog.getByText("Choose a type.")).toBeVisible();
  await dialog.getByLabel("Counts as").selectOption({ label: "Bonus" });
  await dialog.getByRole("button", { name: "Review what changes" }).click();
  await expect(dialog.getByText("These lines count as Bonus instead of Other earning.")).toBeVisible();
  const changes = dialog.getByRole("table", { name: "What changes" });
  await expect(changes).toContainText("$0.00 to $250.00 → $250.00");
  await expect(dialog.getByRole("heading", { name: /This changes a closed year/ })).toBeVisible();
  await axe(page);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText(/Say that you know/)).toBeVisible();
  await dialog.getByRole("checkbox").check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(row).toContainText("Bonus");

  await page.getByRole("button", { name: "Change Shift Premium" }).click();
  await dialog.getByRole("button", { name: "Undo this classification" }).click();
  await expect(dialog.getByText("These lines count as Other earning instead of Bonus.")).toBeVisible();
  await dialog.getByRole("checkbox").check();
  await dialog.getByRole("button", { name: "Undo the classification" }).click();
  await expect(row).toContainText("unclassified");
});

test("the rules of box 1 and the limits are there to read; an administrator confirms one", async ({
  employer,
  pageAs,
}) => {
  const page = await pageAs(employer.admin);
  await page.goto(paths.box1Rules(employer.id));
  await expect(page.getByRole("table", { name: "Deductions of the employee" })).toContainText(
    "Roth, of any plan",
  );
  await expect(page.getByRole("link", { name: /Finch, W-2 Box 1/ })).toBeVisible();
  await axe(page);
  await expectPhone(page);
  await page.getByRole("link", { name: "Yearly limits" }).click();
  const limits = page.getByRole("table", { name: "Yearly limits" });
  await expect(limits).toContainText("not entered");
  await axe(page);
  await expectPhone(page);
  await limits.getByRole("button", { name: "Confirm SIMPLE catch-up, enhanced of 2026" }).click();
  const dialog = page.getByRole("dialog", { name: "SIMPLE catch-up, enhanced, 2026" });
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await expect(dialog.getByText("Say where the figure stands, for example an IRS notice.")).toBeVisible();
  await dialog.getByLabel("Source").fill("IRS Notice 2025-67");
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("term").filter({ hasText: "IRS Notice 2025-67" })).toContainText(
    "entered by an administrator",
  );

  const manager = await pageAs(await createPerson(employer.id, "payroll_manager"));
  await manager.goto(paths.payLimits(employer.id));
  await expect(manager.getByRole("table", { name: "Yearly limits" })).toBeVisible();
  await expect(manager.getByRole("button", { name: /^(Confirm|Enter|Change) / })).toHaveCount(0);
});

test("a rule at Finch is looked at on past lines before Finch is asked", async ({ employer, pageAs }) => {
  await plantItems(employer);
  const page = await pageAs(employer.admin);
  await page.goto(paths.payItemRules(employer.id));
  await expect(page.getByRole("heading", { name: "No rules at Finch" })).toBeVisible();
  await axe(page);
  await expectPhone(page);
  await page.getByRole("button", { name: "Add a rule" }).click();
  const dialog = page.getByRole("dialog", { name: "A new rule" });
  await dialog.getByLabel("Name of the line").fill("Salary");
  await dialog.getByLabel("Name of label 1").fill("plan");
  await dialog.getByLabel("Value of label 1").fill("main");
  await dialog.getByRole("button", { name: "Review which lines" }).click();
  await expect(dialog.getByRole("table", { name: "Lines that are meant" })).toContainText("$9,000.00");
  await axe(page);
  await dialog.getByRole("button", { name: "Ask Finch" }).click();
  await expect(dialog).toHaveCount(0);
  // The connection of this story has no token.
  await expect(page.getByText("The connection was disconnected.")).toBeVisible({ timeout: 30_000 });
});

test("a rule at Finch is taken away as it was seen, with the lines that lose its labels", async ({
  employer,
  pageAs,
}) => {
  const { connectionId } = await plantItems(employer);
  const sql = database();
  await sql`insert into pay_statement_rules (customer_id, connection_id, entity_id, finch_rule_id, attributes, conditions, fetched_at)
    values (${employer.id}, ${connectionId}, '', 'rule-1', ${sql.json({ metadata: { plan: "main" } })},
      ${sql.json([{ field: "name", operator: "equals", value: "Salary" }])}, now())`;
  const page = await pageAs(employer.admin);
  await page.goto(paths.payItemRules(employer.id));
  const row = page
    .getByRole("table", { name: "Finch’s rules" })
    .getByRole("row")
    .filter({ hasText: "Salary" });
  await expect(row).toContainText("plan: main");
  await expectPhone(page);
  const remove = page.getByRole("button", { name: /^Delete the rule on/ });
  await remove.click();
  const dialog = page.getByRole("dialog", { name: "Delete this rule at Finch" });
  await expect(dialog.getByText("These lines lose the labels of the rule:")).toBeVisible();
  await expect(dialog.getByRole("table", { name: "Lines that are meant" })).toContainText("$9,000.00");
  await axe(page);
  // Somebody else changes the rule meanwhile.
  await sql`update pay_statement_rules set attributes = ${sql.json({ metadata: { plan: "second" } })}
    where customer_id = ${employer.id}`;
  await dialog.getByRole("button", { name: "Delete at Finch" }).click();
  await expect(dialog.getByRole("alert")).toContainText("This rule is other than when you opened it.");
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(row).toContainText("plan: second");
  await remove.click();
  await expect(dialog.getByRole("table", { name: "Lines that are meant" })).toContainText("$9,000.00");
  await dialog.getByRole("button", { name: "Delete at Finch" }).click();
  await expect(dialog).toHaveCount(0);
  // The connection of this story has no token.
  await expect(page.getByText("The connection was disconnected.")).toBeVisible({ timeout: 30_000 });
  await expect(row).toContainText("plan: second");
});

test("nobody without payroll finds these pages", async ({ employer, pageAs }) => {
  const viewer = await pageAs(await createPerson(employer.id, "hr_viewer"));
  for (const path of [paths.payItems, paths.payItemRules, paths.box1Rules, paths.payLimits]) {
    const answer = await viewer.goto(path(employer.id));
    expect(answer?.status(), path(employer.id)).toBe(404);
  }
});
