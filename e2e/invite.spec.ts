import type { Browser, Page } from "@playwright/test";
import { createTestConnection, createTestIndividuals } from "@/db/seed/factories";
import { mailsTo, nextMailTo } from "@/e2e/fixtures";
import {
  axe,
  clientOf,
  clientWith,
  createPerson,
  database,
  databaseTexts,
  expect,
  fileTexts,
  kindOf,
  runningCopy,
  test,
  type Employer,
} from "@/e2e/support";
import { paths } from "@/lib/paths";

/** An employee's way in: invited for one person by an administrator, accepted behind a mailed link, ended by anybody who may. */

const phone = { width: 360, height: 740 };
const newAddress = () => `ada-${crypto.randomUUID().slice(0, 8)}@home.test`;

interface Place {
  employer: Employer;
  connectionId: string;
  /** Two people of the directory. */
  people: { id: string; name: string }[];
}

async function withPeople(employer: Employer): Promise<Place> {
  const connection = await createTestConnection(database(), { customerId: employer.id });
  await createTestIndividuals(database(), {
    customerId: employer.id,
    connectionId: connection.id,
    count: 2,
  });
  const people = await database()<{ id: string; name: string }[]>`
    select id, first_name || ' ' || last_name as name from individuals where customer_id = ${employer.id} order by sort_name`;
  return { employer, connectionId: connection.id, people: [...people] };
}

const personOf = (place: Place, at = 0) => place.people[at] ?? { id: "", name: "" };
const access = (page: Page) => page.getByRole("region", { name: "Own access" });

/** Invites from the person's profile; gives the link of the mail. */
async function invite(page: Page, place: Place, email: string, at = 0): Promise<string> {
  const { id, name } = personOf(place, at);
  const before = await mailsTo(email);
  await page.goto(paths.individual(place.employer.id, id));
  await access(page)
    .getByRole("button", { name: /^Invite/ })
    .click();
  const dialog = page.getByRole("dialog", { name: `Invite ${name}` });
  await dialog.getByLabel("Mail address").fill(email);
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(access(page)).toContainText(email);
  return linkOf(email, before);
}

async function linkOf(email: string, before: Awaited<ReturnType<typeof mailsTo>> = []): Promise<string> {
  const mail = await nextMailTo(email, before);
  const link = mail.links.find((href) => href.includes("/invite/"));
  if (!link) throw new Error(`The mail "${mail.subject}" has no invitation:\n${mail.text}`);
  return link;
}

async function onPhone(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: runningCopy().url, viewport: phone, isMobile: true });
  return context.newPage();
}

const accept = (page: Page) => page.getByRole("button", { name: "Accept invitation" });
const over = (page: Page) => page.getByRole("heading", { name: "This invitation is over" });

test("an employee is invited, accepts on a phone, signs in, and finds the own pages alone", async ({
  browser,
  employer,
  pageAs,
}) => {
  const place = await withPeople(employer);
  const { id, name } = personOf(place);
  const page = await pageAs(employer.admin, { steppedUp: true });
  await page.goto(paths.individual(employer.id, id));
  await access(page).getByRole("button", { name: "Invite" }).click();
  const dialog = page.getByRole("dialog", { name: `Invite ${name}` });
  // Payroll's address is offered, and never filled in by itself.
  await expect(dialog.getByLabel("Mail address")).toHaveValue("");
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(dialog.getByText("Enter an address such as name@company.com.")).toBeVisible();
  await dialog.getByRole("button", { name: /^Use .+@work\.test$/ }).click();
  await expect(dialog.getByLabel("Mail address")).toHaveValue(/@work\.test$/);
  await axe(page);
  const email = newAddress();
  await dialog.getByLabel("Mail address").fill(email);
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(access(page)).toContainText("Invited");
  await axe(page);

  const link = await linkOf(email);
  const scanner = clientWith(null);
  for (const method of ["HEAD", "GET", "GET", "GET", "GET", "GET"]) {
    const { status, headers, text } = await scanner(link, { method });
    expect([status, headers.get("x-robots-tag")]).toEqual([200, "noindex, nofollow"]);
    expect(text).not.toContain(email);
    for (const word of name.split(" ")) expect(text).not.toContain(word);
  }

  const theirs = await onPhone(browser);
  await theirs.goto(link);
  const main = theirs.getByRole("main");
  await expect(main).toContainText(`${employer.name} invites you`);
  await expect(main).toContainText("a•••@h•••.test");
  await expect(main).toContainText(employer.admin.email.split("@")[0] ?? "");
  expect(await theirs.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
  await axe(theirs);
  await accept(theirs).click();
  await expect(theirs.getByRole("heading", { name: "Look in your mail" })).toBeVisible();
  await expect(main).toContainText("The invitation is accepted.");
  await expect(main).not.toContainText(email);
  await axe(theirs);
  await expect.poll(async () => (await mailsTo(email)).map(({ subject }) => subject)).toHaveLength(2);
  const signIn = (await mailsTo(email))
    .flatMap(({ links }) => links)
    .find((href) => href.includes("/sign-in/"));
  await theirs.goto(signIn ?? "");
  await main.getByRole("button", { name: "Sign in" }).click();
  await expect(theirs).toHaveURL(new RegExp(`/me\\?as=${id}$`));
  await expect(theirs.getByRole("heading", { level: 1 })).toContainText(name);
  expect((await theirs.goto(paths.individual(employer.id, id)))?.status()).toBe(404);
  await theirs.goto(link);
  await expect(over(theirs)).toBeVisible();
  await axe(theirs);

  await page.reload();
  await expect(access(page)).toContainText("Has access");
  expect((await nextMailTo(employer.admin.email)).subject).toBe(`Your invitation for ${name} was accepted`);
  await access(page).getByRole("button", { name: "End access" }).click();
  await access(page).getByRole("button", { name: "End access" }).click();
  await expect(access(page)).toContainText("Nobody sees this person's own pages.");
  await theirs.goto(paths.me());
  await expect(theirs.getByRole("heading", { level: 1 })).not.toContainText(name);
  await theirs.context().close();
});

test("an invitation is for its address alone: another one is told so, signs out and comes back", async ({
  employer,
  pageAs,
}) => {
  const place = await withPeople(employer);
  const page = await pageAs(employer.admin, { steppedUp: true });
  const link = await invite(page, place, newAddress());
  const other = await createPerson(employer.id, "payroll_manager");
  const theirs = await pageAs(other);
  await theirs.goto(link);
  const main = theirs.getByRole("main");
  await expect(main).toContainText(`This browser is signed in as ${other.email}`);
  await expect(accept(theirs)).toHaveCount(0);
  await axe(theirs);
  await theirs.getByRole("button", { name: "Sign out and come back here" }).click();
  await expect(accept(theirs)).toBeVisible();
  await expect(theirs).toHaveURL(link);
  const rows = await database()`
    select role from user_roles where customer_id = ${employer.id} and user_id = ${other.id}`;
  expect([...rows]).toEqual([{ role: "payroll_manager" }]);
});

test("whoever is signed in with the address needs one press, and switches between several persons", async ({
  employer,
  pageAs,
}) => {
  const place = await withPeople(employer);
  const person = await createPerson(employer.id, "hr_viewer");
  const page = await pageAs(employer.admin, { steppedUp: true });
  const links = [await invite(page, place, person.email, 0), await invite(page, place, person.email, 1)];
  const theirs = await pageAs(person);
  for (const [at, link] of links.entries()) {
    await theirs.goto(link);
    await accept(theirs).click();
    await expect(theirs).toHaveURL(new RegExp(`/me\\?as=${personOf(place, at).id}$`));
    await expect(theirs.getByRole("heading", { level: 1 })).toContainText(personOf(place, at).name);
  }
  const jobs = theirs.getByRole("group", { name: "Which of your jobs" });
  await expect(jobs.getByRole("link")).toHaveCount(2);
  await jobs.locator("a:not([aria-current])").click();
  await expect(theirs.getByRole("heading", { level: 1 })).toContainText(personOf(place, 0).name);
  const mine = theirs.getByRole("navigation").getByRole("link", { name: "My profile" });
  await expect(mine).toHaveAttribute("href", paths.meAs(personOf(place, 0).id));
  const get = await clientOf(person.id);
  expect(kindOf(await get(paths.meAs(crypto.randomUUID())))).toBe("does not exist");
});

test("what is taken back, sent again or of an inviter who left opens nothing, and says no more than an unknown link", async ({
  employer,
  page,
  pageAs,
}) => {
  const place = await withPeople(employer);
  const admin = await pageAs(employer.admin, { steppedUp: true });
  const email = newAddress();
  const first = await invite(admin, place, email);
  const before = await mailsTo(email);
  await access(admin).getByRole("button", { name: "Send again" }).click();
  await expect(admin.getByText("Invitation sent again")).toBeVisible();
  const second = await linkOf(email, before);
  expect(second).not.toBe(first);
  // The line of the old one is gone.
  await admin.reload();
  await access(admin).getByRole("button", { name: "Take back" }).click();
  await access(admin).getByRole("button", { name: "Take back" }).click();
  await expect(access(admin)).toContainText("Nobody sees this person's own pages.");

  const leaver = await createPerson(employer.id, "employer_admin");
  const third = await invite(await pageAs(leaver, { steppedUp: true }), place, newAddress());
  await page.goto(third);
  await expect(accept(page)).toBeVisible();
  await database()`delete from user_roles where user_id = ${leaver.id}`;
  // The page was open: the press finds it over, too.
  await accept(page).click();
  await expect(over(page)).toBeVisible();

  const said = new Set<string>();
  for (const link of [first, second, third, `${runningCopy().url}${paths.invitation("x".repeat(43))}`]) {
    await page.goto(link);
    await expect(over(page)).toBeVisible();
    said.add(await page.getByRole("main").innerText());
  }
  expect(said.size).toBe(1);
});

test("invitations and access stand in one list, for those who invite", async ({ employer, pageAs }) => {
  const place = await withPeople(employer);
  const { connectionId } = place;
  const holder = await createPerson(employer.id, "employee", {
    connectionId,
    individualId: personOf(place, 1).id,
  });
  const admin = await pageAs(employer.admin, { steppedUp: true });
  const email = newAddress();
  await invite(admin, place, email);
  await admin.goto(paths.team(employer.id));
  await expect(admin.getByRole("table", { name: "Members" })).not.toContainText(holder.email);
  await admin.getByRole("link", { name: "Access and invitations" }).click();
  const table = admin.getByRole("table", { name: "Employees with access" });
  const rowOf = (who: string) => table.getByRole("row").filter({ hasText: who });
  await expect(rowOf(email)).toContainText("Invited");
  await expect(rowOf(holder.email)).toContainText("Has access");
  await axe(admin);
  await admin.goto(`${paths.teamEmployees(employer.id)}?state=active`);
  await expect(rowOf(email)).toHaveCount(0);
  await rowOf(holder.email).getByRole("button", { name: "End access" }).click();
  await rowOf(holder.email).getByRole("button", { name: "End access" }).click();
  await expect(admin.getByRole("heading", { name: "Nobody matches" })).toBeVisible();
  await admin.goto(paths.teamEmployees(employer.id));
  await admin.setViewportSize(phone);
  expect(await admin.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
  await axe(admin);

  for (const role of ["hr_viewer", "payroll_manager"]) {
    const get = await clientOf((await createPerson(employer.id, role)).id);
    expect(kindOf(await get(paths.teamEmployees(employer.id))), role).toBe("does not exist");
    const profile = await get(paths.individual(employer.id, personOf(place).id));
    expect(profile.text).not.toContain("Own access");
    expect(profile.text).not.toContain(email);
  }
});

test("the link stands in no log and no table", async ({ browser, employer, pageAs }) => {
  const place = await withPeople(employer);
  const page = await pageAs(employer.admin, { steppedUp: true });
  const person = await createPerson(employer.id, "hr_viewer");
  const link = await invite(page, place, person.email);
  const token = link.slice(link.lastIndexOf("/") + 1);
  const theirs = await onPhone(browser);
  await theirs.goto(link);
  await accept(theirs).click();
  await expect(theirs.getByRole("heading", { name: "Look in your mail" })).toBeVisible();
  const found: string[] = [];
  for await (const { where, text } of databaseTexts()) if (text.includes(token)) found.push(where);
  let logs = 0;
  for (const { where, text } of fileTexts()) {
    if (where.endsWith(".eml")) continue;
    logs += 1;
    if (text.includes(token)) found.push(where);
  }
  expect(found).toEqual([]);
  expect(logs).toBeGreaterThan(1);
  await theirs.context().close();
});
