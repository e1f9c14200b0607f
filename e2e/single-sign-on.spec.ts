import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { axe, createEmployer, database, expect, test } from "@/e2e/support";
import { startSingleSignOn, type SingleSignOn } from "@/e2e/support/single-sign-on";
import { platformCustomerId } from "@/lib/domain/context";
import { useUpLimit } from "@/lib/domain/limits/testing";
import { paths } from "@/lib/paths";

/** Staff at their identity provider, in a browser: signing in, being nobody, confirming a step. */

let sso: SingleSignOn;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  test.setTimeout(120_000);
  sso = await startSingleSignOn();
});
test.afterAll(() => sso?.stop());

const at = (path: string) => new URL(path, sso.appUrl).href;

async function addStaff(): Promise<{ id: string; subject: string }> {
  const subject = `iris-${randomUUID()}`;
  const [user] = await database()<{ id: string }[]>`
    insert into users (email) values (gen_random_uuid() || '@staff.invalid') returning id`;
  if (!user) throw new Error("no user");
  await database()`insert into accounts (user_id, type, provider, provider_account_id)
    values (${user.id}, 'oidc', ${sso.issuer.issuer}, ${subject})`;
  await database()`insert into user_roles (customer_id, user_id, role)
    values (${platformCustomerId}, ${user.id}, 'staff_admin')`;
  return { id: user.id, subject };
}

async function signIn(page: Page, subject: string, claims: Record<string, unknown> = {}) {
  sso.issuer.person = { subject, claims };
  await page.goto(at(paths.signIn(paths.adminCustomers())));
  await page.getByRole("link", { name: "Continue with single sign-on" }).click();
}

const sessionCookie = async (page: Page) =>
  (await page.context().cookies(sso.appUrl)).find(({ name }) => name.startsWith("perch-session"));

test("staff sign in at their identity provider and land where they wanted to go", async ({ page }) => {
  const { id, subject } = await addStaff();
  await page.goto(at(paths.signIn()));
  await expect(page.getByRole("link", { name: "Continue with single sign-on" })).toBeVisible();
  await axe(page);
  await signIn(page, subject, { name: "Iris Tern" });
  await expect(page).toHaveURL(at(paths.adminCustomers()));
  await expect(page.getByText("Iris Tern")).toBeVisible();
  expect(await sessionCookie(page)).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  const [session] = await database()`select method from sessions where user_id = ${id}`;
  expect(session?.["method"]).toBe("oidc");

  await page.goBack();
  expect(page.url()).not.toContain("code=");
});

test("an unknown person is told of no access, also with the address of an employer's admin", async ({
  page,
}) => {
  const { admin } = await createEmployer();
  await signIn(page, `stranger-${randomUUID()}`, { email: admin.email, email_verified: true });
  await expect(page.getByRole("heading", { name: "No access here" })).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText(admin.email);
  await axe(page);
  expect(await sessionCookie(page)).toBeUndefined();
});

test("the address that leads back works once, and in no other browser", async ({ page, browser }) => {
  const { subject } = await addStaff();
  sso.issuer.person = { subject };
  let back = "";
  page.on("request", (request) => {
    if (request.url().startsWith(at(paths.oidcCallback()))) back = request.url();
  });
  await signIn(page, subject);
  await expect(page).toHaveURL(at(paths.adminCustomers()));
  for (const other of [page, await (await browser.newContext()).newPage()]) {
    await other.goto(back);
    await expect(other.getByRole("heading", { name: "Signing in did not finish" })).toBeVisible();
  }
});

test("a link from another site begins no visit", async ({ request }) => {
  const answer = await request.get(at(paths.oidcSignIn()), {
    headers: { "Sec-Fetch-Site": "cross-site" },
    maxRedirects: 0,
  });
  expect(answer.headers()["location"]).toBe(paths.signIn());
  expect(answer.headers()["set-cookie"]).toBeUndefined();
});

test("a step is confirmed by signing in there anew, and by nobody else", async ({ page }) => {
  const [{ id, subject }, colleague] = [await addStaff(), await addStaff()];
  await signIn(page, subject);
  await expect(page).toHaveURL(at(paths.adminCustomers()));
  const before = await sessionCookie(page);
  const steppedUp = async () =>
    (await database()`select step_up_at from sessions where user_id = ${id}`)[0]?.["step_up_at"];
  const confirm = () =>
    page.evaluate((href) => window.location.assign(href), paths.oidcStepUp(paths.adminConnections()));

  sso.issuer.person = { subject: colleague.subject };
  await confirm();
  await expect(page.getByRole("heading", { name: "That was somebody else" })).toBeVisible();
  expect(await steppedUp()).toBeNull();

  sso.issuer.person = { subject };
  await page.goto(at(paths.adminCustomers()));
  await confirm();
  await expect(page).toHaveURL(at(paths.adminConnections()));
  expect(await steppedUp()).not.toBeNull();
  expect((await sessionCookie(page))?.value).not.toBe(before?.value);
});

test("a network that began too many visits is told to wait, and the provider is not asked", async ({
  page,
}) => {
  const { id, subject } = await addStaff();
  await useUpLimit(database(), "oidc", "127.0.0.1");
  await signIn(page, subject);
  await expect(page.getByRole("heading", { name: "Too many tries" })).toBeVisible();
  await database()`delete from rate_limits where key like 'oidc:%'`;
  await axe(page);
  expect(await database()`select from sessions where user_id = ${id}`).toEqual([]);
  await signIn(page, subject);
  await expect(page).toHaveURL(at(paths.adminCustomers()));
});
