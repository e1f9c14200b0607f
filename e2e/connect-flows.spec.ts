import {
  alertOn,
  cardOf,
  chooseAccount,
  connectFrame,
  connectGusto,
  consent,
  currentToken,
  enterCode,
  expect,
  expectArrived,
  expectStatus,
  finchIdOf,
  finish,
  leave,
  logIn,
  pressProvider,
  runningCopy,
  sandboxControl,
  setStatusAtFinch,
  test,
} from "@/e2e/support";
import { paths } from "@/lib/paths";

/** Each way through Finch Connect that Finch documents for its sandbox, as an employer's admin. */

test("a login with a second factor connects", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  await pressProvider(page, employer.id, "Gusto");
  const connect = connectFrame(page);
  await consent(connect);
  await logIn(connect, { password: "mfa" });
  await enterCode(connect, "12");
  await expect(connect.getByRole("alert")).toContainText("The code has six digits.");
  await enterCode(connect, "123456");
  await finish(connect);
  await expectArrived(page, employer.id);
  await expectStatus(page, employer.id, "Gusto", "Healthy");
});

test("a login that reaches several companies connects the chosen one", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  await pressProvider(page, employer.id, "Gusto");
  const connect = connectFrame(page);
  await consent(connect);
  await logIn(connect, { password: "account_selection" });
  await chooseAccount(connect, 1);
  await finish(connect);
  await expectArrived(page, employer.id);
  await expect(await expectStatus(page, employer.id, "Gusto", "Healthy")).toContainText(
    `${employer.name} (Canada)`,
  );
});

test("a login with both asks for the code, then for the company", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  await pressProvider(page, employer.id, "Gusto");
  const connect = connectFrame(page);
  await consent(connect);
  await logIn(connect, { password: "mfa_account_selection" });
  await enterCode(connect);
  await chooseAccount(connect, 0);
  await finish(connect);
  await expectArrived(page, employer.id);
});

test("an API token connects, after a wrong one was told", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  await pressProvider(page, employer.id, "Humaans");
  const connect = connectFrame(page);
  await consent(connect);
  await connect.getByLabel("API token").fill("bad_token");
  await connect.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(connect.getByRole("alert")).toContainText("did not accept this");
  await connect.getByLabel("API token").fill("good_token");
  await connect.getByRole("button", { name: "Connect", exact: true }).click();
  await finish(connect);
  await expectArrived(page, employer.id);
});

test("a sign-in at the provider's own page connects, after it was cancelled once", async ({
  employer,
  pageAs,
}) => {
  const page = await pageAs(employer.admin);
  await pressProvider(page, employer.id, "Rippling");
  const connect = connectFrame(page);
  await consent(connect);
  await connect.getByRole("button", { name: "Go through the page of Rippling first" }).click();
  await connect.getByRole("button", { name: "Cancel" }).click();
  await expect(connect.getByRole("alert")).toContainText("Access was not allowed.");
  await connect.getByRole("button", { name: "Go through the page of Rippling first" }).click();
  await connect.getByRole("button", { name: "Allow access" }).click();
  await finish(connect);
  await expectArrived(page, employer.id);
});

test("an assisted provider is set up by people, and syncs by itself when they are done", async ({
  employer,
  pageAs,
}) => {
  const page = await pageAs(employer.admin);
  await pressProvider(page, employer.id, "ADP Total Source");
  const connect = connectFrame(page);
  await consent(connect);
  await connect.getByLabel("Your email address").fill("owner@example.test");
  await connect.getByRole("button", { name: "Finish" }).click();
  await expect(connect.getByRole("alert")).toContainText("The administrator is not confirmed.");
  await connect.getByLabel("I added the administrator").check();
  await connect.getByRole("button", { name: "Finish" }).click();
  await finish(connect);
  const connectionId = await expectArrived(page, employer.id);
  const card = await expectStatus(page, employer.id, "ADP Total Source", "Setting up");
  await expect(card).toContainText("This is done by people and may take up to 14 days.");

  await setStatusAtFinch(await finchIdOf(employer.id, connectionId), "connected");
  await page.goto(paths.connection(employer.id, connectionId));
  await page.getByRole("button", { name: "Sync now" }).first().click();
  await expectStatus(page, employer.id, "ADP Total Source", "Healthy");
});

test("a wrong password is told in Connect, and the right one then connects", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  await pressProvider(page, employer.id, "Gusto");
  const connect = connectFrame(page);
  await consent(connect);
  await logIn(connect, { password: "bad_pass" });
  await expect(connect.getByRole("alert")).toContainText("Gusto did not accept this user name and password.");
  await logIn(connect, { user: "outage_user" });
  await expect(connect.getByRole("alert")).toContainText("Gusto cannot be reached right now.");
  await logIn(connect);
  await finish(connect);
  await expectArrived(page, employer.id);
});

test("closing Connect says that nothing happened, and the page goes on", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  await pressProvider(page, employer.id, "Gusto");
  await consent(connectFrame(page));
  await leave(connectFrame(page));
  await expect(alertOn(page)).toContainText("You left before the end");
  await expect(page.locator("iframe")).toHaveCount(0);
  await page.getByRole("button", { name: "Connect again" }).click();
  await expect(connectFrame(page).getByRole("button", { name: "Agree and continue" })).toBeVisible();
});

test("an error of Connect closes it and is told in plain words", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  // As if the session had run out before its page was loaded.
  await page.route(`${runningCopy().sandboxUrl}/authorize?*`, (route) =>
    route.continue({
      url: route
        .request()
        .url()
        .replace(/session=[^&]+/, "session=gone"),
    }),
  );
  await pressProvider(page, employer.id, "Gusto");
  await expect(alertOn(page)).toContainText("Finch Connect ended with an error");
  await expect(alertOn(page)).toContainText("unknown session");
  await page.unrouteAll();
  await page.getByRole("button", { name: "Connect again" }).click();
  await expect(connectFrame(page).getByRole("button", { name: "Agree and continue" })).toBeVisible();
});

test("Connect as a page of its own leaves, comes back and connects", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  await page.goto(paths.connectNew(employer.id));
  await page.getByLabel("Open Finch Connect as a page of its own").check();
  await page.getByRole("searchbox", { name: "Search providers" }).fill("Gusto");
  await page.getByRole("button", { name: /^Connect Gusto / }).click();
  await expect(page).toHaveURL(new RegExp(`^${runningCopy().sandboxUrl}/authorize`));
  await consent(page);
  await logIn(page);
  await finish(page);
  await expectArrived(page, employer.id);
  expect(page.url()).not.toMatch(/code=|state=/);
  await expectStatus(page, employer.id, "Gusto", "Healthy");
});

test("a page of its own that is left comes back with the reason", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  await page.goto(paths.connectNew(employer.id));
  await page.getByLabel("Open Finch Connect as a page of its own").check();
  await page.getByRole("button", { name: "Choose in Finch Connect" }).click();
  await leave(page);
  await expect(page.getByRole("main")).toContainText("You left before the end");
});

test("a login that the provider refuses needs action at once, and reconnecting heals it", async ({
  employer,
  pageAs,
}) => {
  const page = await pageAs(employer.admin);
  const connectionId = await connectGusto(page, employer.id);
  await setStatusAtFinch(await finchIdOf(employer.id, connectionId), "reauth");
  await cardOf(page, "Gusto").getByRole("button", { name: "Sync now: Gusto" }).click();
  const card = await expectStatus(page, employer.id, "Gusto", "Action needed");
  await expect(card).toContainText("Gusto no longer accepts the saved sign-in.");

  await card.getByRole("button", { name: "Reconnect Gusto" }).click();
  const connect = connectFrame(page);
  await expect(connect.getByRole("heading", { name: "Reconnect Gusto" })).toBeVisible();
  await consent(connect);
  await logIn(connect);
  await finish(connect);
  expect(await expectArrived(page, employer.id)).toBe(connectionId);
  await expectStatus(page, employer.id, "Gusto", "Healthy");
});

test("data that Finch is still fetching is waited for, and is no error", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  const connectionId = await connectGusto(page, employer.id);
  const token = await currentToken(employer.id);
  await sandboxControl("/faults", { operation: "GET /employer/directory", token, times: 2, kind: "pending" });
  await page.goto(paths.connection(employer.id, connectionId));
  await page.getByRole("button", { name: "Sync now" }).first().click();
  await expect(page.getByRole("listitem").filter({ hasText: "Directory: waiting" })).toBeVisible();
  await expectStatus(page, employer.id, "Gusto", "Healthy");
});
