import type { Page } from "@playwright/test";
import {
  alertOn,
  connectFrame,
  consent,
  countRows,
  createEmployer,
  createPerson,
  database,
  expect,
  expectArrived,
  expectStatus,
  finish,
  logIn,
  passThrough,
  pressProvider,
  requestsAbout,
  runningCopy,
  sandboxConnectionsOf,
  sandboxControl,
  test,
  type Employer,
} from "@/e2e/support";
import { sha256 } from "@/lib/crypto/hash";
import { paths } from "@/lib/paths";

/** What is handed in at the end of Connect, and by whom: everything but the one right case is refused. */

interface HandIn {
  code: string;
  state: string;
}

/** Goes through Connect and keeps what the page wanted to hand in, as if the network had failed just then. */
async function holdCode(page: Page, employer: Employer): Promise<HandIn> {
  await page.route("**/api/finch/callback", (route) => route.abort());
  const failed = page.waitForEvent("requestfailed", {
    predicate: (request) => request.url().endsWith(paths.finchCallback()),
    timeout: 45_000,
  });
  await pressProvider(page, employer.id, "Gusto");
  await passThrough(connectFrame(page), null);
  const held = (await failed).postDataJSON() as HandIn;
  await page.unrouteAll({ behavior: "wait" });
  return held;
}

/** Hands in from the page's browser, past the page. */
async function handIn(
  page: Page,
  body: HandIn,
): Promise<{ status: number; answer: Record<string, unknown> }> {
  const { url } = runningCopy();
  const response = await page.request.post(`${url}${paths.finchCallback()}`, {
    data: body,
    headers: { origin: url },
  });
  return { status: response.status(), answer: (await response.json()) as Record<string, unknown> };
}

async function expectNothingStored(employer: Employer): Promise<void> {
  expect(await countRows("connections", employer.id)).toBe(0);
  expect(await countRows("access_tokens", employer.id)).toBe(0);
  expect(await countRows("sync_runs", employer.id)).toBe(0);
}

/** Finch was never told to end a connection: that would end the rightful owner's too. */
async function expectNotDisconnected(employer: Employer): Promise<void> {
  for (const { connection_id: id, disconnected_at: ended } of await sandboxConnectionsOf(employer.id)) {
    expect(ended).toBeNull();
    expect((await requestsAbout(id)).map(({ path }) => path)).not.toContain("/disconnect");
  }
}

test("the same code handed in again gives the first result, and is exchanged once", async ({
  employer,
  pageAs,
}) => {
  const page = await pageAs(employer.admin);
  const held = await holdCode(page, employer);
  const answers = await Promise.all([handIn(page, held), handIn(page, held), handIn(page, held)]);
  answers.push(await handIn(page, held));
  for (const { status, answer } of answers) expect([status, answer["kind"]]).toEqual([200, "connected"]);
  expect(new Set(answers.map(({ answer }) => answer["connectionId"])).size).toBe(1);
  expect(await countRows("connections", employer.id)).toBe(1);
  expect(await countRows("access_tokens", employer.id)).toBe(1);
  const [atFinch] = await sandboxConnectionsOf(employer.id);
  expect(atFinch?.tokens).toBe(1);
});

test("a state that Perch never gave out is refused", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  const { code } = await holdCode(page, employer);
  const { status, answer } = await handIn(page, { code, state: "a".repeat(43) });
  expect([status, answer["problem"]]).toEqual([404, "unknown_attempt"]);
  await expectNothingStored(employer);
  await expectNotDisconnected(employer);
});

test("a code of another employer's session is refused, and that employer keeps it", async ({
  employer,
  pageAs,
}) => {
  const other = await createEmployer();
  const page = await pageAs(employer.admin);
  const otherPage = await pageAs(other.admin);
  const [mine, theirs] = [await holdCode(page, employer), await holdCode(otherPage, other)];
  const { status, answer } = await handIn(page, { code: theirs.code, state: mine.state });
  expect([status, answer["problem"]]).toEqual([403, "wrong_customer"]);
  await expectNothingStored(employer);
  await expectNothingStored(other);
  await expectNotDisconnected(other);
});

test("code and state of one browser are worth nothing in another", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  const held = await holdCode(page, employer);
  const elsewhere = await pageAs(employer.admin);
  const colleague = await pageAs(await createPerson(employer.id, "employer_admin"));
  const stranger = await pageAs((await createEmployer()).admin);
  for (const [browser, problem] of [
    [elsewhere, "other_browser"],
    [colleague, "other_browser"],
    [stranger, "no_permission"],
  ] as const) {
    const { status, answer } = await handIn(browser, held);
    expect([status, answer["problem"]]).toEqual([403, problem]);
  }
  await expectNothingStored(employer);
  await expectNotDisconnected(employer);
  // None of that spent it.
  expect((await handIn(page, held)).answer["kind"]).toBe("connected");
});

test("a code that is too old is refused in words, with a way to go on", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  await pressProvider(page, employer.id, "Gusto");
  const connect = connectFrame(page);
  await consent(connect);
  await page.route("**/api/finch/callback", async (route) => {
    const { code } = route.request().postDataJSON() as HandIn;
    await sandboxControl("/codes/expire", { code });
    await route.continue();
  });
  await logIn(connect);
  await finish(connect);
  await expect(alertOn(page)).toContainText("Finch no longer accepts this sign-in");
  await expectNothingStored(employer);
  await page.unrouteAll();
  await page.getByRole("button", { name: "Connect again" }).click();
  await expect(connectFrame(page).getByRole("button", { name: "Agree and continue" })).toBeVisible();
});

test("a role that is lost during the sign-in stores nothing", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  await pressProvider(page, employer.id, "Gusto");
  const connect = connectFrame(page);
  await consent(connect);
  await database()`
    update user_roles set role = 'hr_viewer' where customer_id = ${employer.id} and user_id = ${employer.admin.id}`;
  await logIn(connect);
  await finish(connect);
  await expect(alertOn(page)).toContainText("Your role no longer includes connecting");
  await expectNothingStored(employer);
  await expectNotDisconnected(employer);
});

test("a tab that was closed after the sign-in loses nothing: the next press takes it up", async ({
  employer,
  pageAs,
}) => {
  const page = await pageAs(employer.admin);
  await holdCode(page, employer);
  const next = await page.context().newPage();
  await page.close();
  await pressProvider(next, employer.id, "Gusto");
  const connect = connectFrame(next);
  await expect(connect.getByRole("heading", { name: "Reconnect Gusto" })).toBeVisible();
  await consent(connect);
  await logIn(connect);
  await finish(connect);
  await expectArrived(next, employer.id);
  await expectStatus(next, employer.id, "Gusto", "Healthy");
  expect(await countRows("connections", employer.id)).toBe(1);
  expect(await sandboxConnectionsOf(employer.id)).toHaveLength(1);
});

test("a connection that another employer holds is refused and stays theirs", async ({ employer, pageAs }) => {
  const owner = await createEmployer();
  const page = await pageAs(employer.admin);
  // Between the sign-in and the exchange it turns out to be the other's.
  await page.route("**/api/finch/callback", async (route) => {
    const [atFinch] = await sandboxConnectionsOf(employer.id);
    await database()`
      insert into lookups (kind, hash, customer_id, row_id)
      values ('finch_connection', ${sha256(atFinch?.connection_id ?? "")}, ${owner.id}, gen_random_uuid())`;
    await route.continue();
  });
  await pressProvider(page, employer.id, "Gusto");
  await passThrough(connectFrame(page), null);
  await expect(alertOn(page)).toContainText("This payroll account cannot be connected to this employer");
  await expectNothingStored(employer);
  await expectNotDisconnected(employer);
  const kept = await database()<{ customer_id: string }[]>`
    select customer_id from lookups where kind = 'finch_connection' and customer_id in (${employer.id}, ${owner.id})`;
  expect(kept.map((row) => row.customer_id)).toEqual([owner.id]);
});

/** How often the page has handed something in. */
function countHandIns(page: Page): () => number {
  let handed = 0;
  page.on("request", (request) => (handed += request.url().endsWith(paths.finchCallback()) ? 1 : 0));
  return () => handed;
}

/** What Connect would say, from an origin and, where `inFrame`, from the frame's own window. */
async function say(
  page: Page,
  messages: { kind: "success" | "closed"; origin: string; inFrame: boolean }[],
): Promise<void> {
  await page.evaluate((asked) => {
    const frame = document.querySelector<HTMLIFrameElement>("#finch-connect-iframe")?.contentWindow ?? null;
    for (const { kind, origin, inFrame } of asked) {
      const data = { name: "finch-auth-message-v2", kind, code: "stolen", state: "forged" };
      window.dispatchEvent(new MessageEvent("message", { data, origin, source: inFrame ? frame : window }));
    }
  }, messages);
}

test("a message that is not from Connect's own frame changes nothing", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  const handed = countHandIns(page);
  await pressProvider(page, employer.id, "Gusto");
  const connect = connectFrame(page);
  await expect(connect.getByRole("button", { name: "Agree and continue" })).toBeVisible();
  const { url, sandboxUrl } = runningCopy();
  const evil = [`${sandboxUrl}.evil.test`, `${sandboxUrl}0`, new URL(url).origin, "null", ""];
  const kinds = ["success", "closed"] as const;
  await say(page, [
    ...evil.flatMap((origin) => kinds.map((kind) => ({ kind, origin, inFrame: true }))),
    ...kinds.map((kind) => ({ kind, origin: sandboxUrl, inFrame: false })),
  ]);
  await page.evaluate(() => {
    for (const kind of ["success", "closed"])
      window.postMessage({ name: "finch-auth-message-v2", kind, code: "stolen", state: "forged" }, "*");
  });
  // The frame is still there, and the right person still gets through.
  await passThrough(connect, null);
  await expectArrived(page, employer.id);
  expect(handed()).toBe(1);
});

test("an answer of Connect itself with another attempt's state hands nothing in, and says so", async ({
  employer,
  pageAs,
}) => {
  const page = await pageAs(employer.admin);
  const handed = countHandIns(page);
  await pressProvider(page, employer.id, "Gusto");
  const connect = connectFrame(page);
  await expect(connect.getByRole("button", { name: "Agree and continue" })).toBeVisible();
  await say(page, [{ kind: "success", origin: runningCopy().sandboxUrl, inFrame: true }]);
  await expect(alertOn(page)).toContainText("Finch Connect ended with an error");
  expect(handed()).toBe(0);
  await expectNothingStored(employer);
  await page.getByRole("button", { name: "Connect again" }).click();
  await passThrough(connect, "Gusto");
  await expectArrived(page, employer.id);
  expect(handed()).toBe(1);
});
