import { mailsTo, nextMailTo } from "@/e2e/fixtures";
import {
  clientWith,
  connectGusto,
  database,
  demoUsers,
  employerPages,
  expect,
  readDemo,
  runningCopy,
  test,
} from "@/e2e/support";
import { paths } from "@/lib/paths";

/** Signing in and out; what a mail scanner, an attacker and a person at a shared screen find. */

test("an unknown address gets the same answer, and no mail", async ({ page }) => {
  const known = demoUsers.viewer;
  const unknown = "nobody@elsewhere.test";
  const before = await mailsTo(known);
  const said: string[] = [];
  for (const address of [unknown, known]) {
    await page.goto(paths.signIn());
    await page.getByLabel("Work email").fill(address);
    await page.getByRole("button", { name: "Send me a sign-in link" }).click();
    await expect(page.getByRole("heading", { name: "Look in your mail" })).toBeVisible();
    const text = await page.getByRole("main").innerText();
    said.push(text.replaceAll(address, "…").replace(/[A-Z2-9]{4}-[A-Z2-9]{4}|in \d+ s/g, "…"));
  }
  expect(said[0]).toBe(said[1]);
  // The later request was answered with its mail, so the earlier one has been decided too.
  await nextMailTo(known, before);
  expect(await mailsTo(unknown)).toEqual([]);
});

test("a link that scanners opened still works, once, and another browser needs the code", async ({
  page,
  browser,
  employer,
}) => {
  await page.goto(paths.signIn());
  await page.getByLabel("Work email").fill(employer.admin.email);
  await page.getByRole("button", { name: "Send me a sign-in link" }).click();
  const code = (await page.getByLabel(/^Sign-in code:/).innerText()).trim();
  const mail = await nextMailTo(employer.admin.email);
  const link = mail.links.find((each) => each.includes(paths.signInConfirm())) ?? "";
  const scanner = clientWith(null);
  for (const method of ["HEAD", "GET", "GET", "GET", "GET", "GET"])
    expect((await scanner(link, { method })).status).toBe(200);

  const other = await (await browser.newContext({ baseURL: runningCopy().url })).newPage();
  await other.goto(link);
  await expect(other.getByRole("main")).not.toContainText(employer.admin.email);
  await other.getByLabel("Sign-in code").fill("AAAA-AAAA");
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByText(/That is not the code/)).toBeVisible();
  await other.getByLabel("Sign-in code").fill(code);
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other).toHaveURL(new RegExp(`${paths.employer(employer.id)}$`));

  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link is over" })).toBeVisible();
  const [stored] = await database()<{ count: number }[]>`
    select count(*)::int as count from sessions where user_id = ${employer.admin.id}`;
  expect(stored?.count).toBe(1);
  await other.context().close();
});

test("after signing out, Back and the address show nothing", async ({ pageAs, employer }) => {
  const page = await pageAs(employer.admin);
  await connectGusto(page, employer.id);
  await page.goto(paths.directory(employer.id));
  const name = await page.getByRole("rowheader").first().innerText();
  await page.getByRole("button", { name: "Account menu" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByText(name)).toHaveCount(0);
  await page.goto(paths.directory(employer.id));
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
});

test("a role that is taken away is gone with the next press", async ({ pageAs, employer }) => {
  const page = await pageAs(employer.admin);
  await page.goto(paths.connectNew(employer.id));
  await expect(page.getByRole("heading", { name: "Connect payroll" })).toBeVisible();
  await database()`delete from user_roles where user_id = ${employer.admin.id}`;
  await page.goto(paths.connections(employer.id));
  await expect(page).toHaveURL(/\/sign-in/);
});

test("another employer's addresses lead nowhere", async ({ pageAs, employer }) => {
  const { acme } = await readDemo();
  const page = await pageAs(employer.admin);
  for (const path of Object.values(employerPages(acme)).filter((each) => each.startsWith("/e/"))) {
    const response = await page.request.get(path);
    expect(response.status(), path).toBe(404);
  }
  await page.goto(paths.directory(acme.customerId));
  await expect(page.getByRole("heading", { name: "Nothing to show here" })).toBeVisible();
});
