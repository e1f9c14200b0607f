import type { Page } from "@playwright/test";
import { createTestConnection, createTestIndividuals } from "@/db/seed/factories";
import { signIn } from "@/e2e/fixtures";
import { nextMailTo } from "@/e2e/fixtures/mailbox";
import {
  axe,
  clientOf,
  createPerson,
  database,
  demoUsers,
  expect,
  kindOf,
  readDemo,
  test,
} from "@/e2e/support";
import { paths } from "@/lib/paths";

/** Who has access to an employer, and how that changes. */

const phone = { width: 360, height: 740 };

const rowOf = (page: Page, who: string | RegExp) =>
  page.getByRole("table", { name: "Members" }).getByRole("row").filter({ hasText: who });

async function openMenu(page: Page, who: string): Promise<void> {
  await rowOf(page, who)
    .getByRole("button", { name: /^Actions for/ })
    .click();
}

const newAddress = () => `new-${crypto.randomUUID().slice(0, 8)}@story.test`;

test("an admin gives a role; the new person signs in by mail and finds what it opens", async ({
  browser,
  employer,
  pageAs,
}) => {
  const page = await pageAs(employer.admin, { steppedUp: true });
  await page.goto(paths.employer(employer.id));
  await page.getByRole("navigation", { name: employer.name }).getByRole("link", { name: "Team" }).click();
  await expect(page.getByText("1 person has access, 1 admin, 0 with a second factor.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "You are the only one here" })).toBeVisible();

  const email = newAddress();
  await page.getByRole("button", { name: "Give a role" }).click();
  const dialog = page.getByRole("dialog", { name: "Give somebody a role" });
  await dialog.getByRole("button", { name: "Give role" }).click();
  await expect(dialog.getByText("Choose a role.")).toBeVisible();
  await dialog.getByLabel("Mail address").fill("not an address");
  await dialog.getByLabel(/^Name/).fill("Nadia Holm");
  await dialog.getByRole("radio", { name: /^HR viewer/ }).check();
  await dialog.getByRole("button", { name: "Give role" }).click();
  await expect(dialog.getByText("Enter an address such as name@company.com.")).toBeVisible();
  await expect(dialog.getByLabel(/^Name/)).toHaveValue("Nadia Holm");
  await dialog.getByLabel("Mail address").fill(email);
  await dialog.getByRole("button", { name: "Give role" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(rowOf(page, "Nadia Holm")).toContainText("HR viewer");
  await expect(rowOf(page, "Nadia Holm")).toContainText("not known here");
  await expect(page.getByRole("heading", { name: "You are the only one here" })).toHaveCount(0);

  const mail = await nextMailTo(email);
  expect(mail.subject).toBe(`You have access to ${employer.name}`);
  expect(mail.text).toContain("HR viewer");
  expect(mail.links.map((link) => new URL(link).pathname)).toEqual(["/sign-in"]);

  const context = await browser.newContext();
  const theirs = await context.newPage();
  await signIn(theirs, email);
  await expect(theirs).toHaveURL(new RegExp(`${paths.employer(employer.id)}$`));
  const navigation = theirs.getByRole("navigation", { name: employer.name });
  await expect(navigation.getByRole("link", { name: "Directory" })).toBeVisible();
  await expect(navigation.getByRole("link", { name: "Team" })).toHaveCount(0);
  await context.close();

  await page.reload();
  await expect(rowOf(page, "Nadia Holm")).toContainText(/just now|s ago|min ago/);
});

test("a role that is removed is gone at once, also on an open page", async ({ employer, pageAs }) => {
  const viewer = await createPerson(employer.id, "hr_viewer");
  const theirs = await pageAs(viewer);
  await theirs.goto(paths.directory(employer.id));
  await expect(theirs.getByRole("heading", { name: "Directory" })).toBeVisible();

  const page = await pageAs(employer.admin, { steppedUp: true });
  await page.goto(paths.team(employer.id));
  await openMenu(page, viewer.email);
  await page.getByRole("menuitem", { name: "Remove HR viewer…" }).click();
  const dialog = page.getByRole("dialog", { name: /Remove HR viewer from/ });
  await expect(dialog.getByText(`${employer.name} disappears for this person.`)).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Remove role" })).toBeDisabled();
  await dialog.getByRole("textbox").fill(viewer.email);
  await dialog.getByRole("button", { name: "Remove role" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(rowOf(page, viewer.email)).toHaveCount(0);

  await theirs.goto(paths.directory(employer.id));
  await expect(theirs.getByRole("heading", { name: "Directory" })).toHaveCount(0);
  expect((await nextMailTo(viewer.email)).subject).toBe(`Your role at ${employer.name} ended`);
});

test("the last admin stays, and the page says why; with a second one the first may leave", async ({
  employer,
  pageAs,
}) => {
  const page = await pageAs(employer.admin, { steppedUp: true });
  await page.goto(paths.team(employer.id));
  await openMenu(page, "You");
  const remove = page.getByRole("menuitem", { name: /^Remove Employer admin…/ });
  await expect(remove).toHaveAttribute("aria-disabled", "true");
  await expect(remove).toContainText("You are the last employer admin of this employer.");
  await expect(page.getByRole("menuitem", { name: /^Recover account…/ })).toContainText(
    "You cannot recover your own account.",
  );
  // Reachable by keyboard, and pressing it does nothing.
  await remove.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("Escape");

  const second = await createPerson(employer.id, "employer_admin");
  await page.reload();
  await openMenu(page, "You");
  await page.getByRole("menuitem", { name: "Remove Employer admin…" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove Employer admin from yourself?" });
  await expect(dialog.getByText("Only another admin can give it back.")).toBeVisible();
  await dialog.getByRole("textbox").fill(employer.admin.email);
  await dialog.getByRole("button", { name: "Remove role" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto(paths.team(employer.id));
  await expect(page.getByRole("table", { name: "Members" })).toHaveCount(0);

  const theirs = await pageAs(second);
  await theirs.goto(paths.team(employer.id));
  await expect(rowOf(theirs, second.email)).toContainText("You");
  await expect(rowOf(theirs, employer.admin.email)).toHaveCount(0);
});

test("an account is recovered: factors and sessions go, everybody concerned is told", async ({
  employer,
  pageAs,
}) => {
  const person = await createPerson(employer.id, "payroll_manager");
  await database()`insert into passkeys (id, user_id, public_key, name) values (${person.id}, ${person.id}, 'x', 'Laptop')`;
  const theirs = await pageAs(person);
  await theirs.goto(paths.employer(employer.id));
  await expect(theirs.getByRole("main")).toBeVisible();

  const page = await pageAs(employer.admin, { steppedUp: true });
  await page.goto(paths.team(employer.id));
  await expect(rowOf(page, person.email)).toContainText("Set up");
  await openMenu(page, person.email);
  await page.getByRole("menuitem", { name: "Recover account…" }).click();
  const dialog = page.getByRole("dialog", { name: /^Recover the account of/ });
  await expect(dialog.getByText("within 10 minutes of signing in")).toBeVisible();
  await dialog.getByRole("textbox").fill(person.email);
  await dialog.getByRole("button", { name: "Recover account" }).click();
  await expect(dialog).toHaveCount(0);
  // Without a session nothing of the account is known, until the person comes again.
  await expect(rowOf(page, person.email)).toContainText("not known here");
  await expect(rowOf(page, person.email)).not.toContainText("Set up");

  await theirs.goto(paths.employer(employer.id));
  await expect(theirs).toHaveURL(/\/sign-in/);
  expect((await nextMailTo(person.email)).subject).toBe("Your second factors were removed");
  expect((await nextMailTo(employer.admin.email)).subject).toBe(
    `Second factors of ${person.email} were removed`,
  );
});

test("an employee is chosen in the directory of one connection, and invited", async ({
  employer,
  pageAs,
}) => {
  const connection = await createTestConnection(database(), { customerId: employer.id });
  await createTestIndividuals(database(), {
    customerId: employer.id,
    connectionId: connection.id,
    count: 30,
  });
  const page = await pageAs(employer.admin, { steppedUp: true });
  await page.goto(paths.team(employer.id));
  await page.getByRole("button", { name: "Give a role" }).click();
  const dialog = page.getByRole("dialog", { name: "Give somebody a role" });
  const email = newAddress();
  await dialog.getByLabel("Mail address").fill(email);
  await dialog.getByRole("radio", { name: /^Employee/ }).check();
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(dialog.getByText("Choose the person in the directory.")).toBeVisible();
  await dialog.getByRole("searchbox", { name: "Search people of Gusto" }).fill("first00023");
  await dialog.getByRole("radio", { name: /^First00023/ }).check();
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(dialog).toHaveCount(0);
  const mail = await nextMailTo(email);
  expect(mail.links.map((link) => new URL(link).pathname)).toEqual([
    expect.stringMatching(/^\/invite\/[\w-]{43}$/),
  ]);
  await expect(page.getByRole("table", { name: "Members" })).not.toContainText(email);
  // Another role for a member adds up.
  await openMenu(page, "You");
  await page.getByRole("menuitem", { name: "Give another role…" }).click();
  const more = page.getByRole("dialog", { name: /another role$/ });
  await more.getByRole("radio", { name: /^Payroll manager/ }).check();
  await more.getByLabel("Connections", { exact: true }).selectOption({ label: "Gusto only" });
  await more.getByRole("button", { name: "Give role" }).click();
  await expect(more).toHaveCount(0);
  await expect(rowOf(page, "You")).toContainText("Payroll manager · Gusto");
});

test("without a second factor nothing changes, and what was typed stays", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  await page.goto(paths.team(employer.id));
  await page.getByRole("button", { name: "Give a role" }).click();
  const dialog = page.getByRole("dialog", { name: "Give somebody a role" });
  await dialog.getByLabel("Mail address").fill("held@story.test");
  await dialog.getByRole("radio", { name: /^HR viewer/ }).check();
  await dialog.getByRole("button", { name: "Give role" }).click();
  const asked = page.getByRole("dialog").filter({ hasNot: page.getByLabel("Mail address") });
  // Radix listens for Escape an instant after the dialog is painted: by now it does.
  await expect(asked.getByRole("heading", { name: "Set up a second factor" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog.getByText("You closed the confirmation, so nothing was changed.")).toBeVisible();
  await expect(dialog.getByLabel("Mail address")).toHaveValue("held@story.test");
  const [row] =
    await database()`select count(*)::int as count from user_roles where customer_id = ${employer.id}`;
  expect(row).toEqual({ count: 1 });
});

test("only who may see the team finds it", async ({ employer }) => {
  const { acme } = await readDemo();
  const people = `${paths.teamPeople(acme.customerId)}?connectionId=${acme.connectionId}`;
  const users = await database()<{ id: string; email: string }[]>`
    select id, email from users where email in ${database()(Object.values(demoUsers))}`;
  for (const { id, email } of users) {
    const get = await clientOf(id);
    const may = email === demoUsers.admin;
    expect(kindOf(await get(paths.team(acme.customerId))), email).toBe(may ? "opens" : "does not exist");
    expect((await get(people)).status, email).toBe(may ? 200 : 404);
    expect(kindOf(await get(paths.team(employer.id))), email).toBe("does not exist");
  }
});

test("the page and its dialogs are accessible, also on a phone", async ({ employer, pageAs }) => {
  await createPerson(employer.id, "payroll_manager");
  const page = await pageAs(employer.admin, { steppedUp: true });
  await page.goto(paths.team(employer.id));
  await expect(page.getByRole("table", { name: "Members" })).toBeVisible();
  await axe(page);
  await page.setViewportSize(phone);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
  await axe(page);
  await openMenu(page, "You");
  await expect(page.getByRole("menu")).toBeVisible();
  await axe(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Give a role" }).click();
  const dialog = page.getByRole("dialog", { name: "Give somebody a role" });
  await dialog.getByRole("radio", { name: /^Payroll manager/ }).check();
  await expect(dialog.getByLabel("Connections", { exact: true })).toBeVisible();
  await axe(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
});
