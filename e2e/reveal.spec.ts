import type { Page } from "@playwright/test";
import { nextMailTo } from "@/e2e/fixtures";
import {
  asPayload,
  axe,
  clientOf,
  createPerson,
  currentToken,
  database,
  expect,
  kindOf,
  readCompany,
  readDemo,
  readPeople,
  test,
} from "@/e2e/support";
import { reveal, shown } from "@/e2e/support/reveal";
import { addVirtualAuthenticator, stepUpDialog } from "@/e2e/support/second-factor";
import { paths } from "@/lib/paths";

/** Sealed numbers as people see them: for a minute, with a reason, and nowhere else. */

const reason = "Correcting a W-2 or 1099";
const digits = (text: string) => text.replace(/\D/g, "");

interface KnownPerson {
  id: string;
  name: string;
  ssn: string;
}

/** The demo's employer, with an administrator of this story alone: limits count by person. */
async function acmeOf() {
  const { acme } = await readDemo();
  const admin = await createPerson(acme.customerId, "employer_admin");
  return { id: acme.customerId, name: acme.name, connectionId: acme.connectionId, admin };
}

/** Somebody whose SSN the sandbox gives out, as both sides know them. */
async function someone(employer: { id: string }): Promise<KnownPerson> {
  const { people } = await readPeople(await currentToken(employer.id));
  const person = people.find(({ ssn }) => ssn);
  if (!person?.ssn) throw new Error("The sandbox gives no SSN.");
  const [row] = await database()<{ id: string; name: string }[]>`
    select id, concat_ws(' ', coalesce(preferred_name, first_name), last_name) as name from individuals
    where customer_id = ${employer.id} and finch_individual_id = ${person.id}`;
  if (!row) throw new Error("That person is not in the mirror.");
  return { ...row, ssn: person.ssn };
}

interface Answer {
  method: string;
  cacheControl: string | null;
  body: string;
}

declare global {
  interface Window {
    readAnswers?: Answer[];
  }
}

/**
 * Every answer that the page's script gets from its next document on; gives those whose body holds the
 * digits. Read in the page: outside of it a browser may have let go of a body before it is asked for.
 */
async function watch(page: Page): Promise<(number: string) => Promise<Answer[]>> {
  await page.addInitScript(() => {
    const answers: Answer[] = (window.readAnswers = []);
    const ask = window.fetch.bind(window);
    window.fetch = async (...request) => {
      const response = await ask(...request);
      const cacheControl = response.headers.get("cache-control");
      const method = request[1]?.method ?? "GET";
      void response
        .clone()
        .text()
        .then((body) => answers.push({ method, cacheControl, body }));
      return response;
    };
  });
  return async (number) =>
    (await page.evaluate(() => window.readAnswers ?? [])).filter(({ body }) => digits(body).includes(number));
}

test("an SSN is shown for a minute, after a reason and a second factor, and stands in the audit", async ({
  pageAs,
}) => {
  const employer = await acmeOf();
  const page = await pageAs(employer.admin);
  await addVirtualAuthenticator(page);
  const person = await someone(employer);
  await page.goto(paths.accountSecurity());
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByRole("button", { name: "I have kept them" }).click();
  await database()`update sessions set step_up_at = null where user_id = ${employer.admin.id}`;

  await page.clock.install();
  const answers = await watch(page);
  const opened = await page.goto(paths.individual(employer.id, person.id));
  expect(digits((await opened?.text()) ?? "")).not.toContain(digits(person.ssn));
  await expect(page.getByText(`ends in ${digits(person.ssn).slice(-4)}`)).toBeAttached();

  await test.step("a reason that says nothing is told apart", async () => {
    await page.getByRole("button", { name: `Reveal SSN of ${person.name}` }).click();
    const dialog = page.getByRole("dialog", { name: `Reveal the SSN of ${person.name}` });
    await expect(dialog.getByRole("textbox", { name: "Reason" })).toBeFocused();
    await dialog.getByRole("textbox", { name: "Reason" }).fill("short");
    await dialog.getByRole("button", { name: "Reveal for 60 seconds" }).click();
    await expect(dialog.getByText("Say why, in at least 8 characters")).toBeVisible();
    await axe(page);
    await dialog.getByRole("button", { name: reason }).click();
    await expect(dialog.getByRole("textbox", { name: "Reason" })).toHaveValue(reason);
    await dialog.getByRole("button", { name: "Reveal for 60 seconds" }).click();
  });

  await stepUpDialog(page).getByRole("button", { name: "Use your passkey" }).click();
  await expect(shown(page)).toBeVisible();
  expect(digits(await shown(page).innerText())).toBe(digits(person.ssn));
  await expect(page.getByRole("timer")).toContainText(/hides in \d+ s/);
  await expect(page.getByRole("button", { name: `Hide SSN of ${person.name}` })).toBeFocused();

  await test.step("the value came in one answer, which nothing keeps, and in no other", async () => {
    const number = digits(person.ssn);
    await expect.poll(async () => (await answers(number)).length).toBe(1);
    const [only] = await answers(number);
    expect(only?.method).toBe("POST");
    expect(only?.cacheControl).toContain("no-store");
    expect(page.url()).not.toContain(digits(person.ssn));
  });

  await test.step("it goes when the minute is over, out of the page too", async () => {
    await page.clock.fastForward(61_000);
    await expect(shown(page)).toHaveCount(0);
    expect(digits(await page.content())).not.toContain(digits(person.ssn));
    await expect(page.getByRole("button", { name: `Reveal SSN of ${person.name}` })).toBeFocused();
  });

  await test.step("and when the tab is hidden", async () => {
    await reveal(page, /^Reveal SSN/, reason);
    await expect(shown(page)).toBeVisible();
    await axe(page);
    await page.evaluate(() => {
      Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await expect(shown(page)).toHaveCount(0);
  });

  await page.goto(paths.audit(employer.id));
  await expect(page.getByRole("main").getByText(reason).first()).toBeVisible();
});

test("bank numbers of the connection open one at a time", async ({ pageAs }) => {
  const { connectionId, ...employer } = await acmeOf();
  const page = await pageAs(employer.admin, { steppedUp: true });
  const { accounts, ein } = await readCompany(await currentToken(employer.id));
  const account = accounts?.[0];
  await page.goto(paths.connection(employer.id, connectionId));
  const company = page.getByRole("region", { name: "Company" });
  await expect(company).toContainText(ein ?? "no EIN");
  await axe(page);
  await reveal(page, /^Reveal account number/, "Setting up a payroll debit");
  await expect(shown(page)).toHaveText(account?.account_number ?? "");
  await company.getByRole("button", { name: /^Hide account number/ }).click();
  await expect(shown(page)).toHaveCount(0);
  await reveal(page, /^Reveal routing number/, "Setting up a payroll debit");
  await expect(shown(page)).toHaveText(account?.routing_number ?? "");
  const rows = await database()<{ kind: string }[]>`
    select kind from reveals where user_id = ${employer.admin.id} order by created_at`;
  expect(rows.map(({ kind }) => kind)).toEqual(["account", "routing"]);
});

test("who may not reveal sees the last four, or that it is hidden, and no button", async ({ pageAs }) => {
  const { connectionId, ...employer } = await acmeOf();
  const person = await someone(employer);
  for (const role of ["hr_viewer", "payroll_manager"]) {
    const page = await pageAs(await createPerson(employer.id, role), { steppedUp: true });
    await page.goto(paths.individual(employer.id, person.id));
    await expect(page.getByRole("region", { name: "Identifiers" })).toContainText("hidden");
    await expect(page.getByRole("button", { name: /^Reveal/ })).toHaveCount(0);
    await page.goto(paths.connection(employer.id, connectionId));
    await expect(page.getByText("Your role does not include bank accounts.")).toBeVisible();
    await expect(page.getByRole("button", { name: /^Reveal/ })).toHaveCount(0);
  }
  const own = { connectionId, individualId: person.id };
  const self = await pageAs(await createPerson(employer.id, "employee", own));
  await self.goto(paths.me());
  const section = self.getByRole("region", { name: "Social Security number" });
  await expect(section).toContainText(`ends in ${digits(person.ssn).slice(-4)}`);
  await expect(self.getByRole("button", { name: /^Reveal/ })).toHaveCount(0);
});

test("a staff administrator breaks the glass, and the employer hears of it", async ({ pageAs }) => {
  const employer = await acmeOf();
  const person = await someone(employer);
  const why = "Payroll cannot be filed before midnight";
  const page = await pageAs(await createPerson(null, "staff_admin"), { steppedUp: true });
  await page.goto(paths.admin());
  await page.getByRole("link", { name: "Break glass" }).click();
  await page.getByRole("searchbox", { name: "Search employers" }).fill(employer.name);
  await expect(page).toHaveURL(/employer=Acme/);
  await expect(page.getByRole("link", { name: /^Choose / })).toHaveCount(1);
  await page.getByRole("link", { name: `Choose ${employer.name}` }).click();
  await expect(page.getByText("Nobody is listed before.")).toBeVisible();
  const [row] = await database()<{ name: string; last: string }[]>`
    select concat_ws(' ', first_name, last_name) as name, last_name as last from individuals where id = ${person.id}`;
  await page.getByRole("searchbox", { name: "Search people by name" }).fill(row?.name ?? "");
  await expect(page).toHaveURL(/q=/);
  await page
    .getByRole("link", { name: `Choose ${row?.name ?? ""}` })
    .first()
    .click();
  await page.getByRole("textbox", { name: "Reason" }).fill(why);
  await page.getByRole("textbox", { name: /^Type/ }).fill("Somebody Else");
  await page.getByRole("button", { name: "Open the SSN for 60 seconds" }).click();
  await expect(page.getByText("to confirm whose SSN it is")).toBeVisible();
  await axe(page);
  await page.getByRole("textbox", { name: /^Type/ }).fill(row?.name ?? "");
  await page.getByRole("button", { name: "Open the SSN for 60 seconds" }).click();
  await expect(shown(page)).toBeVisible();
  expect(digits(await shown(page).innerText())).toBe(digits(person.ssn));
  await axe(page);
  await page.getByRole("button", { name: "Hide", exact: true }).click();
  await expect(page.getByText("is hidden again")).toBeVisible();

  const mail = await nextMailTo(employer.admin.email);
  expect(mail.subject).toBe(`Perch staff opened an SSN of ${employer.name}`);
  const admin = await pageAs(employer.admin);
  await admin.goto(paths.audit(employer.id));
  await expect(admin.getByRole("main").getByText(why).first()).toBeVisible();
});

test("break-glass does not exist for support, and is not in their navigation", async ({ pageAs }) => {
  const support = await createPerson(null, "staff_support");
  const page = await pageAs(support);
  await page.goto(paths.admin());
  await expect(page.getByRole("link", { name: "Fleet health" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Break glass" })).toHaveCount(0);
  const get = await clientOf(support.id, { steppedUp: true });
  for (const asked of [{}, asPayload])
    expect(kindOf(await get(paths.adminBreakGlass(), asked))).toBe("does not exist");
});
