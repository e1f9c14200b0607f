import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import {
  clientOf,
  connectGusto,
  createPerson,
  database,
  expect,
  finchIdOf,
  kindOf,
  requestsAbout,
  sandboxConnectionsOf,
  test,
  type Employer,
} from "@/e2e/support";
import { createTestConnection, createTestIndividuals } from "@/db/seed/factories";
import { paths } from "@/lib/paths";

/** Finding people, and what stands where there is nothing to show. */

async function fill(employer: Employer, count: number, products?: string[]) {
  const sql = database();
  const connection = await createTestConnection(sql, {
    customerId: employer.id,
    ...(products ? { products } : {}),
  });
  const ids = await createTestIndividuals(sql, {
    customerId: employer.id,
    connectionId: connection.id,
    count,
    lastNames: 100_000,
  });
  return { connection, ids };
}

const names = (page: Page) => page.getByRole("table", { name: "People" }).getByRole("rowheader");

test("search, filter, order and page are in the address: reload and Back show the same", async ({
  employer,
  pageAs,
}) => {
  await fill(employer, 130);
  const page = await pageAs(employer.admin);
  await page.goto(paths.directory(employer.id));
  await expect(names(page)).toHaveCount(50);
  await expect(names(page).first()).toContainText("Last00001");
  await expect(page.getByText("1 to 50 of 130")).toBeVisible();

  await page.getByRole("link", { name: "Next" }).click();
  await expect(page.getByText("51 to 100 of 130")).toBeVisible();
  await expect(names(page).first()).toContainText("Last00051");
  await page.reload();
  await expect(names(page).first()).toContainText("Last00051");
  await page.goBack();
  await expect(names(page).first()).toContainText("Last00001");

  await page.getByRole("columnheader", { name: "Name" }).getByRole("link").click();
  await expect(names(page).first()).toContainText("Last00130");
  await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "descending");

  await page.getByRole("button", { name: "Department" }).click();
  await page.getByRole("checkbox", { name: "Finance" }).check();
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/department=Finance/);
  await expect(page.getByText("1 to 22 of 22 that match")).toBeVisible();

  await page.getByRole("searchbox", { name: "Search people" }).fill("Last00110");
  await expect(names(page)).toHaveCount(1);
  await expect(page).toHaveURL(/q=Last00110/);
  await page.reload();
  await expect(names(page)).toHaveText(/Last00110/);

  await page.getByRole("searchbox", { name: "Search people" }).fill("nobody at all");
  await expect(page.getByRole("heading", { name: "Nobody matches these filters" })).toBeVisible();
  await page.getByRole("link", { name: "Clear the search" }).click();
  await expect(names(page)).toHaveCount(50);
});

test("the export holds the people that were searched for, and no cell runs as a formula", async ({
  employer,
  pageAs,
}) => {
  const { ids } = await fill(employer, 60);
  await database()`
    update individuals set title = '=HYPERLINK("https://evil.test")' where customer_id = ${employer.id} and id = ${ids[5] ?? ""}`;
  const page = await pageAs(employer.admin);
  await page.goto(`${paths.directory(employer.id)}?active=yes`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  const lines = readFileSync(await download.path(), "utf8")
    .trimEnd()
    .split(/\r?\n/);
  expect(lines).toHaveLength(1 + 60 - 5);
  expect(lines[0]).toContain('"Name","Work email","Title"');
  expect(lines.join("\n")).not.toContain("Last00011");
  expect(lines.join("\n")).not.toMatch(/4417/);
  expect(lines.filter((line) => line.includes("HYPERLINK"))).toHaveLength(1);
  expect(lines.join("\n")).not.toMatch(/(^|,)"?=/m);
  expect(lines.join("\n")).toContain("'=HYPERLINK");
});

test("a profile tells apart: not provided, hidden by role, no access, not read yet", async ({
  employer,
  pageAs,
}) => {
  const { ids } = await fill(employer, 3, ["company", "directory", "individual", "employment"]);
  const [unread = "", person = ""] = ids;
  const sql = database();
  await sql`delete from sealed_values where customer_id = ${employer.id}`;
  await sql`update individuals set class_code = null where customer_id = ${employer.id}`;
  await sql`update individuals set employment_fetched_at = null where customer_id = ${employer.id} and id = ${unread}`;
  const definition = (page: Page, term: string) =>
    page
      .getByRole("term")
      .filter({ hasText: new RegExp(`^${term}$`) })
      .locator("xpath=following-sibling::dd[1]");

  const page = await pageAs(employer.admin);
  await page.goto(paths.individual(employer.id, person));
  await expect(definition(page, "Class code")).toHaveText("not provided by Gusto");
  await expect(definition(page, "SSN")).toHaveText("no access");
  await expect(definition(page, "Gender")).toHaveText("Female");
  await page.goto(paths.individual(employer.id, unread));
  await expect(definition(page, "Start date")).toHaveText("syncing");

  const viewer = await pageAs(await createPerson(employer.id, "hr_viewer"));
  await viewer.goto(paths.individual(employer.id, person));
  await expect(viewer.getByText("Your role does not include income.")).toBeVisible();
  await expect(viewer.getByText("Your role does not include protected traits.")).toBeVisible();
  await expect(definition(viewer, "SSN")).toHaveText("hidden");
  await expect(definition(viewer, "Date of birth")).toContainText("1985");
});

test("a disconnect with the typed name hides the data from everybody at once", async ({
  employer,
  pageAs,
}) => {
  const page = await pageAs(employer.admin, { steppedUp: true });
  const connectionId = await connectGusto(page, employer.id);
  const finchId = await finchIdOf(employer.id, connectionId);
  const colleague = await createPerson(employer.id, "payroll_manager");
  const other = await pageAs(colleague);
  await other.goto(paths.directory(employer.id));
  const profile = (await names(other).first().getByRole("link").getAttribute("href")) ?? "";
  const person = await names(other).first().innerText();

  await page.goto(paths.connection(employer.id, connectionId));
  await page.getByRole("button", { name: "Disconnect Gusto…" }).click();
  const dialog = page.getByRole("dialog", { name: "Disconnect Gusto?" });
  await dialog.getByRole("textbox").fill("Gust");
  await expect(dialog.getByRole("button", { name: "Disconnect", exact: true })).toBeDisabled();
  await dialog.getByRole("textbox").fill("Gusto");
  await dialog.getByRole("button", { name: "Disconnect", exact: true }).click();
  await expect(page.getByRole("main")).toContainText(
    /Access was ended by .+ hidden from everyone and will be deleted on/,
  );

  await other.reload();
  await expect(other.getByRole("heading", { name: "Nobody is here yet" })).toBeVisible();
  const ask = await clientOf(colleague.id);
  expect(kindOf(await ask(profile))).toBe("does not exist");
  expect(
    (await ask(`/api/e/${employer.id}/search?q=${encodeURIComponent(person.slice(0, 3))}`)).text,
  ).not.toContain(person);
  expect((await ask(paths.directoryExport(employer.id))).text).not.toContain(person);
  expect((await ask(paths.employer(employer.id))).text).not.toContain(person);
  // Finch is told once, by the worker.
  await expect
    .poll(async () => (await sandboxConnectionsOf(employer.id))[0]?.disconnected_at, { timeout: 15_000 })
    .not.toBeNull();
  const told = (await requestsAbout(finchId)).filter(({ path }) => path === "/disconnect");
  expect(told).toHaveLength(1);
});
