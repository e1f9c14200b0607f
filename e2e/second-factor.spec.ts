import type { Page } from "@playwright/test";
import { createTestConnection } from "@/db/seed/factories";
import { nextMailTo } from "@/e2e/fixtures";
import {
  axe,
  createPerson,
  demoUsers,
  expect,
  findUser,
  runningCopy,
  test,
  type Employer,
} from "@/e2e/support";
import { addVirtualAuthenticator, codeOf, stepUpDialog } from "@/e2e/support/second-factor";
import { database } from "@/e2e/support/database";
import { paths } from "@/lib/paths";

/** Second factors as people meet them: setting one up, showing it, losing it. */

const list = (page: Page) => page.getByRole("list", { name: "Second factors" });
const codesDialog = (page: Page) => page.getByRole("dialog", { name: "Keep your recovery codes" });

/** Presses "Make a new set", and says yes to losing the old one. */
async function renewCodes(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Make a new set" }).click();
  const asked = page.getByRole("dialog", { name: "Make new recovery codes?" });
  await expect(asked).toContainText(/Your \d+ old codes stop working/);
  await asked.getByRole("button", { name: "Make new codes" }).click();
}

async function keepCodes(page: Page): Promise<string[]> {
  const dialog = codesDialog(page);
  const codes = dialog.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  const shown = await codes.allInnerTexts();
  await page.keyboard.press("Escape");
  await expect(dialog.getByRole("button", { name: "Close" })).toBeHidden();
  await dialog.getByRole("button", { name: "I have kept them" }).click();
  await expect(dialog).toBeHidden();
  return shown;
}

async function addPasskey(page: Page): Promise<string[]> {
  await page.goto(paths.accountSecurity());
  await page.getByRole("button", { name: "Add a passkey" }).click();
  const codes = await keepCodes(page);
  await expect(list(page).getByRole("listitem")).toHaveCount(1);
  return codes;
}

/** From the connection's page to the press that ends it. */
async function pressDisconnect(page: Page, employer: Employer, connectionId: string): Promise<void> {
  await page.goto(paths.connection(employer.id, connectionId));
  await page.getByRole("button", { name: "Disconnect Gusto…" }).click();
  const dialog = page.getByRole("dialog", { name: "Disconnect Gusto?" });
  await dialog.getByRole("textbox").fill("Gusto");
  await dialog.getByRole("button", { name: "Disconnect", exact: true }).click();
}

/** A connection as it stands in the database: how one begins and ends at Finch is told elsewhere. */
const haveGusto = async ({ id }: Employer) => (await createTestConnection(database(), { customerId: id })).id;

async function isDisconnected(connectionId: string): Promise<boolean> {
  const [row] = await database()<{ over: boolean }[]>`
    select disconnected_at is not null as over from connections where id = ${connectionId}`;
  return row?.over === true;
}

const expectDisconnected = (page: Page) =>
  expect(page.getByRole("main")).toContainText("hidden from everyone and will be deleted on");

/** As after ten minutes: the session's step-up no longer counts. */
const forgetStepUps = (userId: string) =>
  database()`update sessions set step_up_at = null where user_id = ${userId}`;

const auditOf = async (userId: string) =>
  (
    await database()<{ action: string }[]>`
    select action from audit_log where actor_id = ${userId} order by seq`
  ).map(({ action }) => action);

test("a passkey is set up, confirms a disconnect and signs in", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  const device = await addVirtualAuthenticator(page);
  await test.step("set up right after signing in, with recovery codes", async () => {
    await page.goto(paths.accountSecurity());
    await expect(page.getByText("Your mailbox alone opens your account")).toBeVisible();
    await axe(page);
    await addPasskey(page);
    expect(await device.credentials()).toBe(1);
    expect((await nextMailTo(employer.admin.email)).subject).toContain("A second factor was added");
    await axe(page);
  });

  await test.step("asked for where it was not shown for ten minutes", async () => {
    const connectionId = await haveGusto(employer);
    await forgetStepUps(employer.admin.id);
    await pressDisconnect(page, employer, connectionId);
    const dialog = stepUpDialog(page);
    await expect(dialog.getByRole("button", { name: "Use your passkey" })).toBeFocused();
    await axe(page);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("alert").filter({ hasText: "You closed the confirmation" })).toBeVisible();
    expect(await isDisconnected(connectionId)).toBe(false);
    await page.getByRole("button", { name: "Disconnect", exact: true }).click();
    await dialog.getByRole("button", { name: "Use your passkey" }).click();
    await expectDisconnected(page);
  });

  await test.step("signs in, and counts as shown", async () => {
    await page.context().clearCookies();
    await page.goto(paths.signIn(paths.accountSecurity()));
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await expect(page).toHaveURL(new RegExp(`${paths.accountSecurity()}$`));
    await renewCodes(page);
    await expect(codesDialog(page)).toContainText("The codes before these no longer work.");
  });
  expect(await auditOf(employer.admin.id)).toEqual(
    expect.arrayContaining(["factor.add", "session.step_up", "user.sign_in", "recovery_code.renew"]),
  );
});

test("an unknown passkey and a finger that is not there sign nobody in", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  const device = await addVirtualAuthenticator(page);
  await addPasskey(page);
  await page.context().clearCookies();
  await device.setVerified(false);
  await page.goto(paths.signIn());
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByText("the request was closed or took too long")).toBeVisible();
  await device.setVerified(true);
  await database()`delete from passkeys where user_id = ${employer.admin.id}`;
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByText("This passkey opens no account here.")).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`${paths.signIn()}$`));
});

test("the first setup happens inside the press that needs it", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  const connectionId = await haveGusto(employer);
  await pressDisconnect(page, employer, connectionId);
  const dialog = page.getByRole("dialog", { name: "Set up a second factor" });
  await axe(page);
  await dialog.getByRole("button", { name: /^Authenticator app/ }).click();
  await expect(dialog.getByRole("img", { name: "QR code for your authenticator app" })).toBeVisible();
  const label = await dialog.getByRole("button", { name: /^Copy key/ }).getAttribute("aria-label");
  const key = label?.split(" ").at(-1) ?? "";
  const field = dialog.getByLabel("Code of your authenticator app");
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute("autocomplete", "one-time-code");
  await field.fill("12 34");
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("Enter the 6 digits")).toBeVisible();
  await axe(page);
  await field.fill(codeOf(key));
  await page.keyboard.press("Enter");
  expect(await keepCodes(page)).toHaveLength(10);
  await expectDisconnected(page);
});

test("an app's code works once, then a recovery code, and the last factor can be removed", async ({
  employer,
  pageAs,
}) => {
  const page = await pageAs(employer.admin);
  await page.goto(paths.accountSecurity());
  await page.getByRole("button", { name: "Add an authenticator app" }).click();
  const setup = page.getByRole("dialog", { name: "Add an authenticator app" });
  const label = await setup.getByRole("button", { name: /^Copy key/ }).getAttribute("aria-label");
  const key = label?.split(" ").at(-1) ?? "";
  await setup.getByLabel("Code of your authenticator app").fill(codeOf(key));
  await setup.getByRole("button", { name: "Set it up" }).click();
  const codes = await keepCodes(page);

  await test.step("renamed in place", async () => {
    await page.getByRole("button", { name: "Rename Authenticator app" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("My phone");
    await page.keyboard.press("Enter");
    await expect(list(page)).toContainText("My phone");
  });

  await test.step("a used code says so, the current one confirms", async () => {
    await forgetStepUps(employer.admin.id);
    await renewCodes(page);
    const dialog = stepUpDialog(page);
    const field = dialog.getByLabel("Code of your authenticator app");
    // Setting it up used one up. As if that had been the code of now, however long the way here took.
    const [code, step] = [codeOf(key), Math.floor(Date.now() / 30_000)];
    const marked = await database()`
      update totp_factors set last_step = ${step} where user_id = ${employer.admin.id} and last_step is not null
      returning id`;
    expect(marked).toHaveLength(1);
    await field.fill(code);
    await dialog.getByRole("button", { name: "Confirm", exact: true }).click();
    await expect(dialog.getByText("This code was used already")).toBeVisible();
    await expect(field).toBeFocused();
    await dialog.getByRole("button", { name: "Use a recovery code" }).click();
    await dialog.getByLabel("Recovery code").fill(codes[0]?.toLowerCase() ?? "");
    await axe(page);
    await page.keyboard.press("Enter");
    const renewed = await keepCodes(page);
    expect(renewed).not.toContain(codes[1]);
    await expect(page.getByText("10 of 10 left")).toBeVisible();
    await expect(page.getByRole("button", { name: "Make a new set" })).toBeFocused();
  });

  await test.step("the last one goes with a warning, and its recovery codes with it", async () => {
    await forgetStepUps(employer.admin.id);
    await page.getByRole("button", { name: "Remove My phone" }).click();
    const confirm = page.getByRole("dialog", { name: "Remove “My phone”?" });
    await expect(confirm).toContainText("It is your last second factor");
    await axe(page);
    await confirm.getByRole("button", { name: "Remove" }).click();
    const dialog = stepUpDialog(page);
    await dialog.getByLabel("Code of your authenticator app").fill(codeOf(key, 1));
    await dialog.getByRole("button", { name: "Confirm", exact: true }).click();
    await expect(page.getByText("Your mailbox alone opens your account")).toBeVisible();
  });
});

test("somebody who signed in long ago signs in again to set up the first factor, and comes back", async ({
  employer,
  pageAs,
}) => {
  const page = await pageAs(employer.admin, { minutesAgo: 11 });
  await page.goto(paths.accountSecurity());
  await expect(page.getByRole("button", { name: "Add a passkey" })).toHaveCount(0);
  await page.getByRole("button", { name: "Sign in again" }).click();
  await expect(page).toHaveURL(/\/sign-in\/sent/);
  const mail = await nextMailTo(employer.admin.email);
  const link = /http:\/\/\S+\/sign-in\/confirm\?token=[\w.-]+/.exec(mail.text)?.[0] ?? "";
  await page.goto(link);
  await page.getByRole("button", { name: /^Sign in/ }).click();
  await expect(page).toHaveURL(new RegExp(`${paths.accountSecurity()}$`));
  await expect(page.getByRole("button", { name: "Add a passkey" })).toBeVisible();
});

test("ten wrong codes stop the eleventh, in words, and a mail tells", async ({ employer, pageAs }) => {
  const colleague = await createPerson(employer.id, "employer_admin");
  const page = await pageAs(colleague);
  await page.goto(paths.accountSecurity());
  await page.getByRole("button", { name: "Add an authenticator app" }).click();
  const setup = page.getByRole("dialog", { name: "Add an authenticator app" });
  const field = setup.getByLabel("Code of your authenticator app");
  for (let tries = 0; tries < 10; tries += 1) {
    await field.fill(`00000${tries}`);
    await setup.getByRole("button", { name: "Set it up" }).click();
    await expect(setup.getByText("This code is not right")).toBeVisible();
    await expect(setup.getByRole("button", { name: "Set it up" })).toBeVisible();
  }
  await field.fill("000000");
  await setup.getByRole("button", { name: "Set it up" }).click();
  await expect(setup.getByRole("alert")).toContainText(
    "Too many wrong codes were entered. It works again in",
  );
  expect((await nextMailTo(colleague.email)).subject).toContain("Wrong codes were entered");
});

test("the local authenticator shows the demo accounts' codes, which work", async ({ pageAs }) => {
  const page = await pageAs(demoUsers.support);
  await page.goto(paths.devAuthenticator());
  await expect(page.getByRole("list", { name: "Codes" }).getByRole("listitem")).toHaveCount(8);
  await expect(page.getByText(/^New codes in \d+ s$/)).toBeVisible();
  await axe(page);
  const { id } = await findUser(demoUsers.support);
  const row = page.getByRole("listitem").filter({ hasText: demoUsers.support });
  // Another story, or this one on a copy that was kept, may have used the code up and made recovery codes.
  await database()`update totp_factors set last_step = null where user_id = ${id}`;
  await database()`delete from recovery_codes where user_id = ${id}`;
  const name = await row.getByRole("button").getAttribute("aria-label");
  const code = /\d{6}$/.exec(name ?? "")?.[0] ?? "";
  await page.goto(paths.accountSecurity());
  await page.getByRole("button", { name: "Make recovery codes" }).click();
  const dialog = stepUpDialog(page);
  await expect(dialog.getByRole("link", { name: "its code is in the local authenticator" })).toBeVisible();
  await dialog.getByLabel("Code of your authenticator app").fill(code);
  await dialog.getByRole("button", { name: "Confirm", exact: true }).click();
  await keepCodes(page);
});

test("the local authenticator does not exist for whom comes through a proxy", async ({ request }) => {
  const answer = await request.get(new URL(paths.devAuthenticator(), runningCopy().url).href, {
    headers: { "x-forwarded-for": "203.0.113.9" },
  });
  expect(answer.status()).toBe(404);
});
