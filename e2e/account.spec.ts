import type { Page } from "@playwright/test";
import {
  axe,
  clientWith,
  createPerson,
  createSession,
  database,
  demoUsers,
  expect,
  readDemo,
  runningCopy,
  test,
} from "@/e2e/support";
import { paths } from "@/lib/paths";

/** Where one is signed in: seeing it, ending it, and what a changed role does to an open page. */

const phone = { width: 360, height: 740 };

/** Asks without a browser, with the session that a cookie names. */
const askWith = ({ name, value }: { name: string; value: string }) => clientWith(`${name}=${value}`);

const sessionCookie = async (page: Page) =>
  (await page.context().cookies()).find(({ name }) => name.startsWith("perch-session"))?.value;

test("two browsers stand on the sessions page; ending one signs it out", async ({ pageAs, employer }) => {
  const [here, there] = [await pageAs(employer.admin), await pageAs(employer.admin)];
  await there.goto(paths.connections(employer.id));
  await database()`update sessions set user_agent =
    'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0', ip = '203.0.113.9'
    where user_id = ${employer.admin.id}`;
  await here.goto(paths.account());
  await expect(here.getByText("You have 2 open sessions.")).toBeVisible();
  const rows = here.getByRole("table", { name: "Sessions" }).getByRole("row");
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText("This browser");
  await expect(rows.nth(2)).toContainText("Firefox 144 on Linux");
  await expect(rows.nth(2)).toContainText("203.0.113.9");
  await axe(here);
  await here.setViewportSize(phone);
  expect(
    await here.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBeLessThanOrEqual(0);
  await here.getByRole("button", { name: "End Firefox 144 on Linux" }).click();
  await expect(here.getByText("You are signed in with this browser alone.")).toBeVisible();
  await expect(rows).toHaveCount(2);

  await there.goto(paths.connections(employer.id));
  await expect(there).toHaveURL(/\/sign-in\?callbackUrl=/);
  await here.reload();
  await expect(here.getByRole("heading", { name: "Sessions", level: 1 })).toBeVisible();
});

test("all others end at once, after asking, and a mail tells of it", async ({ pageAs, employer }) => {
  const here = await pageAs(employer.admin);
  const others = [await createSession(employer.admin.id), await createSession(employer.admin.id)];
  await here.goto(paths.account());
  await here.getByRole("button", { name: "End all others" }).click();
  const dialog = here.getByRole("dialog", { name: "End 2 other sessions?" });
  await axe(here);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(here.getByText("You have 3 open sessions.")).toBeVisible();
  await here.getByRole("button", { name: "End all others" }).click();
  await dialog.getByRole("button", { name: "End 2 other sessions" }).click();
  await expect(here.getByText("You are signed in with this browser alone.")).toBeVisible();
  for (const cookie of others) {
    const answer = await askWith(cookie)(paths.account());
    expect(answer.status).toBe(307);
    expect(answer.headers.get("location")).toContain("/sign-in");
  }
  const [mail] = await database()`select template from mail_outbox where recipient = ${employer.admin.email}`;
  expect(mail?.["template"]).toBe("sessions-ended");
});

test("beside the second factors all other sessions can be ended", async ({ pageAs, employer }) => {
  const here = await pageAs(employer.admin);
  const other = await createSession(employer.admin.id);
  await here.goto(paths.accountSecurity());
  await expect(here.getByText("You have 1 other open session.")).toBeVisible();
  await here.getByRole("button", { name: "End all others" }).click();
  await axe(here);
  await here.getByRole("button", { name: "End 1 other session" }).click();
  await expect(here.getByText("1 session ended")).toBeVisible();
  await expect(here.getByRole("button", { name: "End all others" })).toBeHidden();
  expect((await askWith(other)(paths.account())).status).toBe(307);
});

test("everybody reaches the page from the account menu, and sees only what is theirs", async ({ pageAs }) => {
  const { acme } = await readDemo();
  const homes = {
    [demoUsers.viewer]: paths.employer(acme.customerId),
    [demoUsers.staff]: paths.admin(),
    [demoUsers.employee]: paths.me(),
  };
  for (const [email, home] of Object.entries(homes)) {
    const page = await pageAs(email);
    await page.goto(home);
    await page.getByRole("button", { name: "Account menu" }).click();
    await page.getByRole("menuitem", { name: "Your account" }).click();
    await expect(page.getByRole("heading", { name: "Sessions", level: 1 })).toBeVisible();
    const back = page.getByRole("navigation").getByRole("link").filter({ hasNotText: "Perch" });
    await expect(back.filter({ hasText: "Administration" })).toHaveCount(email === demoUsers.staff ? 1 : 0);
    await expect(back.filter({ hasText: "My profile" })).toHaveCount(email === demoUsers.employee ? 1 : 0);
  }
});

test("a changed role gives an open page a new token with its next step, without a detour to be seen", async ({
  pageAs,
  employer,
}) => {
  const page = await pageAs(employer.admin);
  await page.goto(paths.connections(employer.id));
  const before = await sessionCookie(page);
  await database()`select renew_sessions_of(${employer.admin.id})`;
  await page.getByRole("navigation").getByRole("link", { name: "Directory" }).click();
  await expect(page).toHaveURL(new RegExp(`${paths.directory(employer.id)}$`));
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect.poll(() => sessionCookie(page)).not.toBe(before);
  const rotated = await sessionCookie(page);

  await database()`select renew_sessions_of(${employer.admin.id})`;
  await page.goto(`${paths.directory(employer.id)}?q=vega`);
  await expect(page).toHaveURL(/\/directory\?q=vega$/);
  const again = await sessionCookie(page);
  expect(again).not.toBe(rotated);
  // The tab that lost the race still gets through; after a moment the old token is nobody's.
  const cookie = { name: `perch-session-${new URL(runningCopy().url).port}`, value: rotated ?? "" };
  expect((await askWith(cookie)(paths.connections(employer.id))).status).toBe(200);
  await database()`update sessions set rotated_at = rotated_at - interval '31 seconds' where user_id = ${employer.admin.id}`;
  expect((await askWith(cookie)(paths.connections(employer.id))).status).toBe(307);
  expect((await askWith({ ...cookie, value: again ?? "" })(paths.connections(employer.id))).status).toBe(200);
});

test("an action and a read of a page renew the token in place", async ({ pageAs, employer }) => {
  const page = await pageAs(employer.admin);
  await createSession(employer.admin.id);
  await page.goto(paths.account());
  const before = await sessionCookie(page);
  await database()`select renew_sessions_of(${employer.admin.id})`;
  await page.getByRole("button", { name: /^End (?!all)/ }).click();
  await expect(page.getByText("You are signed in with this browser alone.")).toBeVisible();
  const after = await sessionCookie(page);
  expect(after).not.toBe(before);

  await database()`select renew_sessions_of(${employer.admin.id})`;
  const answer = await page.request.get(`/api/e/${employer.id}/connections`);
  expect(answer.status()).toBe(200);
  expect(await sessionCookie(page)).not.toBe(after);
});

test("the way to a new token leads to no other origin, and a HEAD changes nothing", async ({ employer }) => {
  const cookie = await createSession(employer.admin.id);
  const ask = askWith(cookie);
  await database()`select renew_sessions_of(${employer.admin.id})`;
  await ask("/api/auth/renew?callbackUrl=/e", { method: "HEAD" });
  const due = () => database()`select rotate_due from sessions where user_id = ${employer.admin.id}`;
  expect((await due())[0]?.["rotate_due"]).toBe(true);
  for (const evil of [
    "https://evil.test",
    "//evil.test",
    "/\\evil.test",
    "/api/auth/renew?callbackUrl=/",
    "",
  ]) {
    const answer = await ask(`/api/auth/renew?callbackUrl=${encodeURIComponent(evil)}`);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("/");
  }
  expect((await due())[0]?.["rotate_due"]).toBe(false);
  expect((await clientWith(null)("/api/auth/renew?callbackUrl=/e")).headers.get("set-cookie")).toBeNull();
});

test("somebody of another employer cannot end a session by its id", async ({ pageAs, employer }) => {
  const stranger = await createPerson(null, "staff_admin");
  const page = await pageAs(stranger);
  await createSession(stranger.id);
  await createSession(employer.admin.id);
  const [target] = await database()<
    { id: string }[]
  >`select id from sessions where user_id = ${employer.admin.id}`;
  await page.goto(paths.account());
  // The press of one's own row, with somebody else's id in it.
  await page.route("**/account", async (route) => {
    const body = route.request().postData();
    if (route.request().method() !== "POST" || !body) return route.continue();
    await route.continue({ postData: JSON.stringify([{ sessionId: target?.id }]) });
  });
  await page.getByRole("button", { name: /^End (?!all)/ }).click();
  await expect(page.getByText("The session was not ended")).toBeVisible();
  expect(await database()`select id from sessions where id = ${target?.id ?? ""}`).toHaveLength(1);
});
