import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { createTestConnection, createTestIndividuals } from "@/db/seed/factories";
import { axe, centsOf, database, expect, payOf, test } from "@/e2e/support";
import { readCsv, readXlsx } from "@/lib/domain/export/testing";
import { plantPayment } from "@/lib/domain/payroll/payments/testing";
import { wages } from "@/lib/domain/payroll/ytd/testing";
import { paths } from "@/lib/paths";

/** Tables of pay as files: what the page shows, what was asked for above it, and what changed since. */

const year = 2025;
const days = ["2025-01-10", "2025-01-24"] as const;

/** Presses one entry of the export menu; gives the file as another reader reads it. */
async function take(page: Page, entry: RegExp) {
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const waiting = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: entry }).click();
  const download = await waiting;
  const bytes = readFileSync(await download.path());
  const fileName = download.suggestedFilename();
  async function* chunks() {
    yield new Uint8Array(bytes);
  }
  if (fileName.endsWith(".xlsx"))
    return { fileName, ...(await readXlsx({ fileName, format: "xlsx", chunks: chunks() })) };
  return { fileName, ...(await readCsv({ fileName, format: "csv", chunks: chunks() })) };
}

test("wages leave as CSV and XLSX as the page shows them, with what was asked for above", async ({
  employer,
  pageAs,
}) => {
  const world = payOf(employer);
  const connectionId = await world.connect({ dataRetrievedAt: new Date("2025-01-31T12:00:00Z") });
  const ada = await world.person(connectionId, { first: "Ada", last: "=HYPERLINK(1)" });
  const ben = await world.person(connectionId, { first: "Ben", last: "Moss" });
  for (const day of days)
    await world.run(connectionId, day, [wages(ada.id, day, 300_001n), wages(ben.id, day, 400_000n)]);
  await world.keepTotals();
  const page = await pageAs(employer.admin);
  await page.goto(`${paths.ytd(employer.id)}?year=${year}&asof=2025-01-15`);
  const table = page.getByRole("table", { name: "Wages by person" });
  await expect(table.locator("tbody tr")).toHaveCount(2);
  const shown = await table.locator("tbody tr td:nth-child(3)").allInnerTexts();
  for (const format of ["CSV", "Excel \\(XLSX\\)"]) {
    const file = await take(page, new RegExp(`^${format} ?: Wages by person`));
    const head = new Map(file.head);
    expect(head.get("Definition")).toContain("wages without 1099 lines");
    expect([...head.values()].join(" ")).toContain("2025-01-15");
    const gross = file.rows.map((row) => Math.round(Number(row["Gross"]) * 100));
    expect(gross.toSorted()).toEqual(shown.map(centsOf).toSorted());
    expect(file.rows.some((row) => row["Name"]?.includes("=HYPERLINK"))).toBe(true);
  }
  const lines = await take(page, /^CSV ?: The lines behind them/);
  expect(lines.rows.length).toBeGreaterThanOrEqual(4);
});

test("payments leave as the filter shows them, and then what changed since", async ({ employer, pageAs }) => {
  const sql = database();
  const { id: connectionId } = await createTestConnection(sql, {
    customerId: employer.id,
    products: ["directory", "payment", "pay_statement"],
  });
  const place = { customerId: employer.id, connectionId };
  await createTestIndividuals(sql, { ...place, count: 2 });
  const payment = await plantPayment(sql, place, { payDate: days[0], gross: 12_345 });
  await plantPayment(sql, place, { payDate: "2024-12-27", gross: 77_777 });
  const page = await pageAs(employer.admin);
  await page.goto(`${paths.payroll(employer.id)}?year=${year}`);
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const menu = page.getByRole("menu");
  await expect(menu.getByText("No export of yours with this filter is kept.").first()).toBeVisible();
  await axe(page);
  await page.keyboard.press("Escape");
  const whole = await take(page, /^CSV ?: Payments/);
  expect(whole.rows.map((row) => [row["Payment id"], row["Gross"]])).toEqual([[payment, "123.45"]]);
  const book = await take(page, /^Excel \(XLSX\) ?: Payments/);
  expect(book.rows.map((row) => Number(row["Gross"]))).toEqual([123.45]);

  await sql`update payments set gross_pay_cents = 12346 where id = ${payment}`;
  await plantPayment(sql, place, { payDate: days[1], gross: 500 });
  await page.reload();
  const changes = await take(page, /^Changes since .*CSV ?: Payments/);
  expect(changes.rows.map((row) => [row["Change"], row["Gross"]])).toEqual(
    expect.arrayContaining([
      ["changed: before", "123.45"],
      ["changed: after", "123.46"],
      ["new", "5.00"],
    ]),
  );
  const actions = await sql<{ action: string }[]>`
    select action from audit_log where customer_id = ${employer.id} order by seq`;
  expect(actions.filter(({ action }) => action === "payroll.export")).toHaveLength(3);
});
