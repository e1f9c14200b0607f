import type { Locator, Page } from "@playwright/test";
import {
  axe,
  connectGusto,
  createPerson,
  currentToken,
  database,
  expect,
  requestsAbout,
  finchIdOf,
  sandboxControl,
  test,
} from "@/e2e/support";
import { paths } from "@/lib/paths";

/** The page of a connection: its syncs, step by step, what they could not read, and what a person decides. */

const section = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });
const stepRow = (page: Page, name: string): Locator =>
  page.getByRole("list", { name: "Steps" }).first().getByRole("listitem").filter({ hasText: name });
const syncNow = (page: Page): Locator => page.getByRole("button", { name: "Sync now" }).first();

async function open(page: Page, customerId: string, connectionId: string): Promise<void> {
  await page.goto(paths.connection(customerId, connectionId));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Gusto");
}

/** Presses Sync now, and waits until that sync has ended. */
async function syncToItsEnd(page: Page): Promise<void> {
  await syncNow(page).click();
  await expect(section(page, "Sync")).toBeVisible();
  await expect(section(page, "Last sync")).toContainText(/Done with \d+ requests/, { timeout: 30_000 });
}

/** Somebody who is in the directory here and whom Finch does not know, so that each read of them fails. */
async function addUnknownPerson(customerId: string, connectionId: string): Promise<void> {
  await database()`
    insert into individuals (customer_id, connection_id, finch_individual_id, first_name, last_name, sort_name, search_text,
      is_active, directory_fetched_at, fetched_at)
    values (${customerId}, ${connectionId}, ${crypto.randomUUID()}, 'Hanna', 'Abebe', 'abebe hanna', 'hanna abebe', true,
      now() + interval '1 day', now())`;
}

test("a sync shows its steps while it runs, and stays in the history with its requests", async ({
  employer,
  pageAs,
}) => {
  const page = await pageAs(employer.admin);
  const connectionId = await connectGusto(page, employer.id);
  await open(page, employer.id, connectionId);
  await syncToItsEnd(page);

  await expect(stepRow(page, "Directory: done")).toContainText("20 people");
  await expect(stepRow(page, "Payments: done")).toContainText(/\d+ payments/);
  await expect(stepRow(page, "Documents: skipped")).toContainText("Not shared when Gusto was connected.");
  await expect(page.getByRole("list", { name: "Steps" }).getByRole("listitem")).toHaveCount(13);

  const products = page.getByRole("table", { name: "Products" });
  await expect(products.getByRole("row", { name: /^Payments/ })).toContainText("Up to date");
  await expect(products.getByRole("row", { name: /^Documents/ })).toContainText("not shared");

  const history = section(page, "Syncs");
  await expect(history.getByRole("row").filter({ hasText: "Done" })).toHaveCount(2);
  await history.getByRole("link", { name: /./ }).first().click();
  await expect(history.getByRole("link", { expanded: true })).toHaveCount(1);
  await expect(history.getByRole("listitem").filter({ hasText: "Access and products: done" })).toBeVisible();

  const requests = page.getByRole("table", { name: "Requests to Finch" });
  const told = await requestsAbout(await finchIdOf(employer.id, connectionId));
  expect(told.length).toBeGreaterThan(20);
  await expect(requests.getByRole("button", { name: /^Copy Finch request/ }).first()).toBeAttached();
  await section(page, "Requests to Finch").getByRole("link", { name: "Failed 0" }).click();
  await expect(section(page, "Requests to Finch")).toContainText("None of them failed.");
});

test("the refreshes at Finch are counted, and a spent one says when the next is", async ({
  employer,
  pageAs,
}) => {
  const page = await pageAs(employer.admin);
  const connectionId = await connectGusto(page, employer.id);
  await open(page, employer.id, connectionId);
  await expect(page.getByText("1 of 1 refreshes left at Finch")).toBeVisible();
  await syncToItsEnd(page);
  await expect(stepRow(page, "Finch’s own updates")).toContainText("Finch fetched newer data");
  await expect(
    page.getByText(/No refresh left at Finch, next .* Sync now reads what it has\./),
  ).toBeVisible();
  await syncNow(page).click();
  await expect(
    page.getByText("Finch has no refresh left right now: what it has already is read."),
  ).toBeVisible();
});

test("somebody whom Finch does not know is named with what helps, and staff see the name only", async ({
  employer,
  pageAs,
}) => {
  const page = await pageAs(employer.admin);
  const connectionId = await connectGusto(page, employer.id);
  await addUnknownPerson(employer.id, connectionId);
  await open(page, employer.id, connectionId);
  await syncToItsEnd(page);
  await stepRow(page, "Individual: needs attention").getByRole("link", { name: "1 without data" }).click();

  const items = section(page, "Without data");
  const row = items.getByRole("row", { name: /Hanna Abebe Individual/ });
  await expect(row).toContainText("Gusto no longer knows this person.");
  await expect(row).toContainText("individual_not_found");
  await expect(row).toContainText("Look at Gusto. If this person is there, sync again");
  await items.getByRole("link", { name: "Employment 1" }).click();
  await expect(page).toHaveURL(/items=employment/);
  await expect(items.getByRole("row")).toHaveCount(2);
  await axe(page);
  await items.getByRole("link", { name: "Hanna Abebe" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Hanna Abebe");

  const staff = await pageAs(await createPerson(null, "staff_support"));
  await open(staff, employer.id, connectionId);
  const theirs = section(staff, "Without data");
  await expect(theirs).toContainText("Hanna Abebe");
  await expect(theirs.getByRole("link", { name: "Hanna Abebe" })).toHaveCount(0);
  const payments = staff.getByRole("table", { name: "Products" }).getByRole("row", { name: /^Payments/ });
  await expect(payments.getByRole("cell").nth(1), "records of pay are not for staff").toHaveText("");
});

test("a sync that waits for Finch says so, and can be cancelled where it stands", async ({
  employer,
  pageAs,
}) => {
  const page = await pageAs(employer.admin);
  const connectionId = await connectGusto(page, employer.id);
  const token = await currentToken(employer.id);
  await sandboxControl("/faults", {
    operation: "GET /employer/directory",
    token,
    times: 1000,
    kind: "pending",
  });
  await open(page, employer.id, connectionId);
  await syncNow(page).click();
  await expect(stepRow(page, "Directory: waiting")).toContainText("looks again");
  await page.reload();
  await expect(stepRow(page, "Directory: waiting")).toBeVisible();

  const cancel = page.getByRole("button", { name: "Cancel sync" });
  await cancel.click();
  await expect(page.getByRole("button", { name: "Let it run" })).toBeFocused();
  await axe(page);
  await page.keyboard.press("Escape");
  await expect(cancel).toBeFocused();
  await cancel.press("Enter");
  await page.getByRole("button", { name: "Cancel it" }).click();
  await expect(section(page, "Last sync")).toContainText("stopped this sync. What had arrived stays.");
  await expect(stepRow(page, "Company: done")).toBeVisible();
  await expect(stepRow(page, "Employment: skipped")).toContainText("not reached");
  await expect(syncNow(page)).toBeEnabled();
  await expect(section(page, "Syncs")).toContainText("Cancelled");
});

test("an empty answer is held until somebody lets the data go, and data that comes back ends it", async ({
  employer,
  pageAs,
}) => {
  test.setTimeout(120_000);
  const page = await pageAs(employer.admin);
  const connectionId = await connectGusto(page, employer.id);
  await database()`
    insert into sync_holds (customer_id, connection_id, product, rows, request_id)
    values (${employer.id}, ${connectionId}, 'payments', 26, 'held-request')`;
  const viewer = await pageAs(await createPerson(employer.id, "hr_viewer"));
  await open(viewer, employer.id, connectionId);
  await expect(viewer.getByText("Finch now answers with nothing where there were 26 payments")).toBeVisible();
  await expect(viewer.getByText("An administrator of this employer can do that.")).toBeVisible();
  await expect(viewer.getByRole("button", { name: "They are gone" })).toHaveCount(0);

  await open(page, employer.id, connectionId);
  await axe(page);
  await page.getByRole("button", { name: "They are gone" }).click();
  await page.getByRole("button", { name: "Remove them" }).click();
  await expect(page.getByText("Finch now answers with nothing")).toHaveCount(0);
  // The payments are there at Finch, so the sync that looks once more finds them: only the timeline still tells of it.
  await expect(page.getByText(/that 26 payments may go/)).toHaveCount(1, { timeout: 45_000 });
  await expect(section(page, "Last sync")).toContainText(/Done with \d+ requests/);
  await expect(
    page.getByRole("table", { name: "Products" }).getByRole("row", { name: /^Payments/ }),
  ).toContainText("Up to date", { timeout: 30_000 });
});
