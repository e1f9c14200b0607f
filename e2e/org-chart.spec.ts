import type { Page } from "@playwright/test";
import { database, expect, test, type Employer } from "@/e2e/support";
import { createTestConnection } from "@/db/seed/factories";
import { paths } from "@/lib/paths";

/** Who reports to whom. */

interface Line {
  id: string;
  manager?: string;
  active?: boolean;
}

async function fill(employer: Employer, lines: readonly Line[]) {
  const sql = database();
  const connection = await createTestConnection(sql, { customerId: employer.id });
  const rows = lines.map(({ id, manager = null, active = true }) => ({ id, manager, active }));
  await sql`
    insert into individuals (customer_id, connection_id, finch_individual_id, first_name, last_name, sort_name, search_text,
      manager_finch_id, is_active, title, fetched_at)
    select ${employer.id}, ${connection.id}, x.id, 'First', x.id, lower(x.id), lower(x.id), x.manager, x.active, 'Analyst', now()
    from jsonb_to_recordset(${sql.json(rows)}) as x (id text, manager text, active boolean)`;
  return connection;
}

const tree = (page: Page) => page.getByRole("tree", { name: "Org chart" });
const item = (page: Page, name: string) => tree(page).getByRole("treeitem", { name: new RegExp(name) });

const small: readonly Line[] = [
  { id: "Ada" },
  { id: "Ben", manager: "Ada" },
  { id: "Cora", manager: "Ben" },
  { id: "Lost", manager: "nobody" },
  { id: "Ring", manager: "Rung" },
  { id: "Rung", manager: "Ring" },
  { id: "Own", manager: "Own" },
  { id: "Away", manager: "Ada", active: false },
];

test("the chart opens from the directory, with several tops, and says what makes no tree", async ({
  employer,
  pageAs,
}) => {
  await fill(employer, small);
  const page = await pageAs(employer.admin);
  await page.goto(paths.directory(employer.id));
  await page.getByRole("link", { name: "Chart" }).click();
  await expect(tree(page).getByRole("treeitem")).toHaveCount(4);
  await expect(item(page, "Ada")).toHaveAttribute("aria-expanded", "false");
  await expect(page.getByText("1 person names a manager who is not in the directory")).toBeVisible();
  await expect(page.getByText("1 circle of people who manage each other")).toBeVisible();
  await expect(page.getByText("1 person is their own manager")).toBeVisible();
  await page.getByRole("link", { name: "With 1 who left" }).click();
  await expect(page.getByRole("link", { name: "With who left" })).toHaveAttribute("aria-current", "true");
  await item(page, "Ada").locator("[data-toggle]").click();
  await expect(item(page, "Away")).toContainText("left");
});

test("by the keyboard branches open and close, letters find names, and Enter opens the person", async ({
  employer,
  pageAs,
}) => {
  await fill(employer, small);
  const page = await pageAs(employer.admin);
  await page.goto(paths.orgChart(employer.id));
  await tree(page).focus();
  await expect(item(page, "Ada")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowRight");
  await expect(item(page, "Ben")).toHaveAttribute("aria-level", "2");
  await page.keyboard.press("ArrowRight");
  await expect(item(page, "Ben")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowRight");
  await expect(item(page, "Cora")).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await expect(item(page, "Cora")).toHaveCount(0);
  await page.keyboard.press("o");
  await expect(item(page, "Own")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Own");
});

test("a search opens the branch in which somebody stands", async ({ employer, pageAs }) => {
  await fill(employer, small);
  const page = await pageAs(employer.admin);
  await page.goto(paths.orgChart(employer.id));
  await page.getByRole("searchbox", { name: "Find somebody in the chart" }).fill("cora");
  await page.getByRole("link", { name: /First Cora/ }).click();
  await expect(page).toHaveURL(/person=/);
  await expect(item(page, "Cora")).toHaveAttribute("aria-level", "3");
  await expect(item(page, "Cora")).toHaveAttribute("aria-selected", "true");
});

test("10,000 people below one manager scroll without 10,000 elements", async ({ employer, pageAs }) => {
  const pad = (n: number) => `P${String(n).padStart(5, "0")}`;
  await fill(employer, [
    { id: "Ada" },
    ...Array.from({ length: 10_000 }, (_, n) => ({ id: pad(n), manager: "Ada" })),
  ]);
  const page = await pageAs(employer.admin);
  await page.goto(paths.orgChart(employer.id));
  await expect(item(page, "P00000")).toHaveAttribute("aria-setsize", "10000");
  await tree(page).focus();
  await page.keyboard.press("End");
  await expect(item(page, "P09999")).toBeVisible();
  expect(await tree(page).getByRole("treeitem").count()).toBeLessThan(120);
  await page.keyboard.press("Home");
  await expect(item(page, "Ada")).toBeVisible();
});
