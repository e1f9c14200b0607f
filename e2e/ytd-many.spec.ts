import type { Page } from "@playwright/test";
import { createTestIndividuals } from "@/db/seed/factories";
import { axe, database, expect, expectPhone, payOf, test, type Employer } from "@/e2e/support";
import { wages } from "@/lib/domain/payroll/ytd/testing";
import { paths } from "@/lib/paths";

/** Wages of the year of nobody, of more people than a page has, and of more than are added up at once. */

const year = 2025;
const first = "2025-01-10";
/** The provider was read last before the next run was due. */
const readThrough = new Date("2025-01-31T12:00:00Z");
const ytd = (employer: Employer, query = "") => `${paths.ytd(employer.id)}?year=${year}${query}`;
const people = (page: Page) => page.getByRole("table", { name: "Wages by person" });

test("without pay the page says why; 120 people are read fifty at a time", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  await page.goto(paths.ytd(employer.id));
  await expect(page.getByRole("heading", { name: "No wages are here yet" })).toBeVisible();
  await axe(page);
  const world = payOf(employer);
  const connectionId = await world.connect({ dataRetrievedAt: readThrough });
  await page.goto(ytd(employer));
  await expect(page.getByRole("heading", { name: "No pay in this period" })).toBeVisible();

  const ids = await createTestIndividuals(database(), { customerId: employer.id, connectionId, count: 120 });
  const run = await world.run(
    connectionId,
    first,
    ids.map((id, at) => ({ ...wages(id, first, BigInt(100_000 + at)), lines: [] })),
  );
  await world.keepTotals();
  await page.goto(ytd(employer));
  await expect(page.getByText("1 to 50 of 120")).toBeVisible();
  await expect(people(page).locator("tbody tr")).toHaveCount(50);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page.getByText("51 to 100 of 120")).toBeVisible();
  await expect(page).toHaveURL(/after=/);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page.getByText("101 to 120 of 120")).toBeVisible();
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(page.getByText("51 to 100 of 120")).toBeVisible();
  await page.getByRole("searchbox", { name: "Search people" }).fill("Last00117");
  await expect(page.getByText("1 to 1 of 1")).toBeVisible();
  await page.goto(`${paths.payrollPayment(employer.id, run)}?sort=gross&dir=desc`);
  await expect(page.getByText("1 to 50 of 120")).toBeVisible();
  await page.getByRole("link", { name: "Last page" }).click();
  await expect(page.getByText("71 to 120 of 120")).toBeVisible();
  const slips = page.getByRole("table", { name: "Pay statements" });
  await expect(slips.getByRole("rowheader")).toHaveCount(50);
  await expect(slips.getByRole("row").last()).toContainText("$1,000.00");
});

test("estimates of a thousand people are added up while their list is there already", async ({
  employer,
  pageAs,
}) => {
  const world = payOf(employer);
  const connectionId = await world.connect({ dataRetrievedAt: readThrough });
  await world.entity(connectionId, "", "Larkspur Dental", "12-3456789");
  const count = 1_001;
  const ids = await createTestIndividuals(database(), { customerId: employer.id, connectionId, count });
  await world.run(
    connectionId,
    first,
    ids.map((id) => wages(id, first, 100_000n)),
  );
  await world.keepTotals();
  const page = await pageAs(employer.admin);
  const html = await (await page.request.get(ytd(employer, "&def=box1"))).text();
  const at = ["Wages by person", "Being added up for everybody", "estimates of 1,001 people"].map((words) =>
    html.indexOf(words),
  );
  expect(Math.min(...at)).toBeGreaterThan(0);
  expect(Math.max(...at)).toBe(at[2]);
  await page.goto(ytd(employer, "&def=box1"));
  const totals = page.getByRole("region", { name: "Totals of everybody" });
  await expect(totals).toContainText("estimates of 1,001 people");
  await expect(totals).toContainText("$1,001,000.00");
  await axe(page);
  await expectPhone(page);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(page.getByText("51 to 100 of 1,001")).toBeVisible();
  await expect(totals).toContainText("estimates of 1,001 people");
  await expect(totals).toHaveCount(1);
});
