import type { Locator, Page } from "@playwright/test";
import { createTestConnection } from "@/db/seed/factories";
import {
  axe,
  connectGusto,
  createEmployer,
  createPerson,
  currentToken,
  database,
  expect,
  sandboxControl,
  test,
  type Employer,
} from "@/e2e/support";
import { paths } from "@/lib/paths";

/** What staff see of Finch and of the queue: gauges, every request, every job. */

const phone = { width: 360, height: 740 };
const desktop = { width: 1440, height: 900 };
const nothingHere = (page: Page) => page.getByRole("heading", { name: "Nothing to show here" });
const requestRows = (page: Page): Locator =>
  page.getByRole("table", { name: "Requests to Finch" }).getByRole("rowheader");

/** Requests as they are recorded, where a story is about many or old ones. */
async function record(employer: Employer, count: number, more: { outcome: string; status: number | null }) {
  const { id } = await createTestConnection(database(), { customerId: employer.id });
  await database()`
    insert into api_requests (customer_id, at, connection_id, endpoint, status, outcome, finch_request_id, duration_ms, bytes)
    select ${employer.id}, now() - n * interval '10 seconds', ${id}, 'GET /employer/company', ${more.status}, ${more.outcome},
      gen_random_uuid()::text, 100 + n, 2048 from generate_series(1, ${count}) n`;
  return id;
}

/** A job that fails at its only try, because nobody can send this mail. */
async function failingMail(employer: Employer): Promise<string> {
  const [mail] = await database()<{ id: string }[]>`
    insert into mail_outbox (template, recipient, parameters) values ('of-next-year', 'person@story.test', '{}') returning id`;
  const payload = { outboxId: mail?.id ?? "", customerId: employer.id };
  await database()`select graphile_worker.add_job('mail.send', ${JSON.stringify(payload)}::text::json, max_attempts => 1)`;
  return payload.outboxId;
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  await page.setViewportSize(phone);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide, `${page.url()} at 360 px`).toBeLessThanOrEqual(0);
  await page.setViewportSize(desktop);
}

test("a refused request is found from the list of all, with cause, remedy and the id that Finch asks for", async ({
  employer,
  pageAs,
}) => {
  const page = await pageAs(employer.admin);
  const connectionId = await connectGusto(page, employer.id);
  await sandboxControl("/faults", {
    operation: "GET /employer/company",
    token: await currentToken(employer.id),
    times: 20,
    kind: "status",
    status: 403,
    finch_code: "insufficient_account_permissions",
  });
  await page.goto(paths.connection(employer.id, connectionId));
  await page.getByRole("button", { name: "Sync now" }).first().click();
  await expect
    .poll(
      async () =>
        (
          await database()`select 1 from api_requests where connection_id = ${connectionId} and outcome = 'insufficient_permissions'`
        ).length,
      { timeout: 30_000 },
    )
    .toBeGreaterThan(0);

  const staff = await pageAs(await createPerson(null, "staff_support"));
  await staff.goto(paths.adminActivity({ connection: connectionId }));
  const causes = staff.getByRole("table", { name: "What failed" });
  await expect(causes.getByRole("row", { name: /Account may not see it/ })).toContainText(
    "The employer reconnects with an account that may see it",
  );
  await causes.getByRole("link", { name: "Account may not see it" }).click();
  await expect(staff).toHaveURL(/outcome=insufficient_permissions/);
  const row = staff.getByRole("table", { name: "Requests to Finch" }).getByRole("row").nth(1);
  await expect(row).toContainText("GET /employer/company");
  await expect(row).toContainText(employer.name);
  await row.getByText("Cause and remedy").click();
  await expect(row).toContainText("may not see this at the provider");
  await expect(row).toContainText("What to do");
  await expect(row.getByRole("button", { name: /^Copy Finch request / }).first()).toBeVisible();
  await row.getByRole("link", { name: "its sync" }).click();
  await expect(staff).toHaveURL(/run=/);
  await expect(requestRows(staff).first()).toBeVisible();
  await row.getByRole("link", { name: "Gusto" }).click();
  await expect(staff).toHaveURL(new RegExp(`${paths.connection(employer.id, connectionId)}$`));
});

test("filters stand in the address, figures and charts follow them, and pages add up", async ({
  employer,
  pageAs,
}) => {
  const connectionId = await record(employer, 60, { outcome: "ok", status: 200 });
  await database()`update api_requests set outcome = 'timeout', status = null, finch_request_id = null
    where connection_id = ${connectionId} and duration_ms > 150`;
  const page = await pageAs(await createPerson(null, "staff_admin"));
  await page.goto(paths.adminActivity());
  await page.getByRole("button", { name: "Employer", exact: true }).click();
  await page.getByRole("radio", { name: employer.name }).click();
  await expect(page).toHaveURL(new RegExp(`employer=${employer.id}`));
  await expect(page.getByText(/^60 requests to Finch/)).toBeVisible();
  await expect(requestRows(page)).toHaveCount(50);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(requestRows(page)).toHaveCount(10);
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(requestRows(page)).toHaveCount(50);

  await expect(page.getByRole("img", { name: /^Error rate by time\. Highest \d/ })).toBeVisible();
  await expect(
    page
      .getByRole("img", { name: /^Latency by time\. Highest p95/ })
      .locator("svg")
      .first(),
  ).toBeVisible();
  await page.getByText("The same as a table").click();
  const numbers = page.getByRole("table", { name: "Requests by time" });
  const counts = await numbers.locator("tbody tr td:nth-child(2)").allTextContents();
  expect(counts.map(Number).reduce((sum, each) => sum + each, 0)).toBe(60);

  await page.getByRole("button", { name: "Outcome" }).click();
  await page.getByRole("checkbox", { name: "Failed, whatever the cause" }).check();
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/outcome=failed/);
  await expect(requestRows(page)).toHaveCount(10);
  await expect(page.getByRole("table", { name: "What failed" })).toContainText("No answer in time");
  await page.reload();
  await expect(requestRows(page)).toHaveCount(10);
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(page).toHaveURL(new RegExp(`${paths.adminActivity()}$`));
});

test("a Finch request id is found by its beginning, in all days that are kept", async ({
  employer,
  pageAs,
}) => {
  const requestId = crypto.randomUUID();
  await record(employer, 1, { outcome: "ok", status: 200 });
  await database()`update api_requests set at = now() - interval '12 days', finch_request_id = ${requestId} where customer_id = ${employer.id}`;
  const page = await pageAs(await createPerson(null, "staff_support"));
  await page.goto(paths.adminActivity());
  const search = page.getByRole("searchbox", { name: "Search by Finch request id" });
  await search.fill(requestId.slice(0, 13));
  // Before the page's script runs it is a form like any other.
  await search.press("Enter");
  await expect(page).toHaveURL(/q=/);
  await expect(requestRows(page)).toHaveCount(1);
  await expect(page.getByRole("link", { name: employer.name })).toBeVisible();
  await page.goto(paths.adminActivity({ q: crypto.randomUUID() }));
  await expect(page.getByRole("heading", { name: "No request matches these filters" })).toBeVisible();
});

test("a live page shows what comes, and does not keep the session awake", async ({ employer, pageAs }) => {
  const person = await createPerson(null, "staff_support");
  const page = await pageAs(person);
  await page.goto(paths.adminActivity({ employer: employer.id }));
  await expect(page.getByRole("heading", { name: "No request matches these filters" })).toBeVisible();
  await page.getByRole("button", { name: "Live" }).click();
  await expect(page).toHaveURL(/live=1/);
  await expect(page.getByText("This page refreshes every 5 seconds.")).toHaveCount(1);
  await database()`update sessions set last_seen_at = now() - interval '10 minutes' where user_id = ${person.id}`;
  await record(employer, 3, { outcome: "ok", status: 200 });
  await expect(requestRows(page)).toHaveCount(3, { timeout: 20_000 });
  const [session] = await database()`
    select last_seen_at < now() - interval '9 minutes' as idle from sessions where user_id = ${person.id}`;
  expect(session?.["idle"]).toBe(true);
  await page.getByRole("button", { name: "Live, every 5 s" }).click();
  await expect(page).not.toHaveURL(/live=1/);
});

test("a job that was given up tells why, and is started again once that is mended", async ({
  employer,
  pageAs,
}) => {
  const outboxId = await failingMail(employer);
  const page = await pageAs(await createPerson(null, "staff_support"));
  const failures = page.getByRole("table", { name: "Failed jobs" });
  const row = failures.getByRole("row", { name: /Send a mail, of next year/ });
  await expect(async () => {
    await page.goto(paths.adminJobs({ employer: employer.id }));
    await expect(row).toContainText("Given up", { timeout: 2_000 });
  }).toPass();
  await expect(row).toContainText("1 of 1 tries");
  await expect(row).toContainText("Another service did not answer");
  await expect(row).toContainText("A person waits for this mail");
  await expect(row).toContainText("UPSTREAM");
  await expect(row).toContainText(employer.name);

  await database()`update mail_outbox set sent_at = now() where id = ${outboxId}`;
  await row.getByRole("button", { name: /^Start again/ }).click();
  await expect(page.getByText("1 job started again")).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("heading", { name: "No failed job matches" })).toBeVisible({
      timeout: 2_000,
    });
  }).toPass();

  const admin = await pageAs(await createPerson(null, "staff_admin"));
  await admin.goto(`${paths.adminAudit()}?what=installation`);
  await expect(admin.getByRole("table", { name: "Audit entries" })).toContainText(
    "started failed work again: Send a mail (1 job)",
  );
});

test("the page of jobs names the workers that live, and those that died with what they held", async ({
  pageAs,
}) => {
  await database()`insert into worker_reaps (worker_id, process, takes, reaped_by, jobs, kinds)
    values ('pool-of-a-story', 'd1ed0000', 'steps of syncs', 'pool', 3, '{"sync.step": 3}')`;
  const page = await pageAs(await createPerson(null, "staff_support"));
  await page.goto(paths.adminJobs());
  const workers = page.getByRole("region", { name: "Workers", exact: true });
  await expect(workers).toContainText("Alive");
  await expect(workers).toContainText("steps of syncs");
  const died = page.getByRole("region", { name: "Workers that died" });
  await expect(died.getByRole("listitem").filter({ hasText: "d1ed0000" })).toContainText(
    "3 jobs set free for others: 3 × Step of a sync",
  );
  await expect(page.getByRole("region", { name: "By the clock" })).toContainText(
    "Look for syncs that are due",
  );
  await database()`delete from worker_reaps where worker_id = 'pool-of-a-story'`;
});

/** A quota that nothing else asks for: nearly full, paused, and somebody waits in it. */
async function busyQuota(employer: Employer): Promise<string> {
  const key = `story-${employer.id.slice(0, 8)}`;
  const { id } = await createTestConnection(database(), { customerId: employer.id });
  await database()`
    insert into quota_endpoints (client_id, key, allowance, window_ms, address_set, paused_until)
    select client_id, ${key}, 20, 60000, 'ip', now() + interval '1 hour' from quota_endpoints where key = 'company'`;
  await database()`
    insert into quota_slots (client_id, key, slot_no, free_at)
    select client_id, key, n, now() + case when n <= 17 then interval '1 hour' else interval '0' end
    from quota_endpoints, generate_series(1, 20) n where key = ${key}`;
  await database()`
    insert into quota_tickets (id, client_id, key, priority, lane, turn, joined_at, customer_id, connection_id)
    select gen_random_uuid(), client_id, key, 0, ${id}, '-infinity', now() - interval '3 minutes', ${employer.id}, ${id}
    from quota_endpoints where key = ${key}`;
  return key;
}

async function forgetQuota(key: string): Promise<void> {
  for (const table of ["quota_tickets", "quota_slots", "quota_endpoints"])
    await database()`delete from ${database()(table)} where key = ${key}`;
}

test("the fleet page shows each window as a gauge, who waits in it, and until when", async ({
  employer,
  pageAs,
}) => {
  const key = await busyQuota(employer);
  const staff = await pageAs(await createPerson(null, "staff_support"));
  await staff.goto(paths.admin());
  const full = staff.getByRole("meter", { name: `Quota ${key}` });
  await expect(full).toHaveAttribute("aria-valuenow", "17");
  await expect(full).toHaveAttribute(
    "aria-valuetext",
    /^17 of 20 used in the last minute, 1 waiting, paused /,
  );
  const waiting = staff.getByRole("table", { name: "Who waits for Finch" });
  await expect(waiting.getByRole("row", { name: new RegExp(employer.name) })).toContainText("a person waits");
  await database()`update quota_slots set free_at = now() where key = ${key} and slot_no <= 10`;
  await expect(full).toHaveAttribute("aria-valuenow", "7");
  await forgetQuota(key);
  await expect(full).toHaveCount(0);
  for (const key of ["company", "directory", "individual", "employment", "payment", "pay-statement"])
    await expect(staff.getByRole("meter", { name: `Quota ${key}`, exact: true })).toHaveAttribute(
      "aria-valuetext",
      /^\d+ of \d+ used in the last /,
    );
  const address = staff.getByRole("meter", { name: "Quota all requests" });
  await expect(address).toHaveAttribute("aria-valuemax", "1000");
  await expect(staff.getByText(/^(Nothing waits for Finch\.|.*requests? left for)/)).toBeVisible();
  await expect(staff.getByRole("region", { name: "Queue", exact: true })).toContainText("alive");
  await expect(staff.getByRole("region", { name: "Nightly checks", exact: true })).toBeVisible();
});

test("whoever is no staff finds none of it", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  for (const path of [paths.adminActivity(), paths.adminJobs()]) {
    expect((await page.goto(path))?.status()).toBe(404);
    await expect(nothingHere(page)).toBeVisible();
  }
  expect((await page.request.get(paths.adminQuota())).status()).toBe(404);
});

test("these pages are accessible, full and empty, in both themes, on a phone and by keyboard", async ({
  employer,
  pageAs,
}) => {
  // Seven scans in two themes.
  test.slow();
  const connectionId = await record(employer, 30, { outcome: "rate_limited", status: 429 });
  await failingMail(employer);
  const other = await createEmployer();
  const page = await pageAs(await createPerson(null, "staff_admin"));
  for (const path of [
    paths.admin(),
    paths.adminActivity({ connection: connectionId }),
    paths.adminActivity({ employer: other.id }),
    paths.adminJobs(),
    paths.adminJobs({ employer: other.id }),
  ]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await axe(page);
    await expectNoSidewaysScroll(page);
  }
  await page.goto(paths.adminActivity({ connection: connectionId }));
  await page.getByText("Cause and remedy").first().click();
  await page.getByText("The same as a table").click();
  await axe(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("j");
  await expect(page).toHaveURL(new RegExp(`${paths.adminJobs()}$`));
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("activity");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${paths.adminActivity()}$`));
});
