import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import {
  axe,
  centsOf,
  clientOf,
  createPerson,
  database,
  demoUserId,
  demoUsers,
  expect,
  expectPhone,
  kindOf,
  payOf,
  readDemo,
  readPdf,
  test,
} from "@/e2e/support";
import { wages, type TestSlip } from "@/lib/domain/payroll/ytd/testing";
import { paths } from "@/lib/paths";

/** A pay statement as people know a payslip: on the screen, on paper, as a file, and for whom it is. */

const days = ["2025-01-10", "2025-01-24", "2025-02-07"] as const;

/** 3,000.00 less tax, a 401(k) and a garnishment; the employer pays FICA and a match on top. */
const slip = (person: string, payDate: string): TestSlip => ({
  ...wages(person, payDate, 300_000n),
  netCents: 210_000n,
  lines: [
    ["earning", "salary", "Salary", 300_000n],
    ["tax", "federal", "Federal Income Tax", 60_000n, { employer: false }],
    ["tax", "fica", "FICA (Employer)", 22_950n, { employer: true }],
    ["deduction", "401k", "401(k)", 20_000n, { preTax: true }],
    ["deduction", "garnishment", "Garnishment", 10_000n, { preTax: false }],
    ["contribution", "401k", "401(k) match", 9_000n],
  ].map(([category, type, name, cents, more = {}]) => ({
    ...{ category, type, name, cents, currency: "usd" },
    ...(more as object),
  })) as TestSlip["lines"],
});

interface Slip {
  id: string;
  paymentId: string;
}

const slipsOf = (individualId: string) => database()<Slip[]>`
  select id, payment_id as "paymentId" from pay_statements where individual_id = ${individualId} order by pay_date`;

/** The statement of the employer's demo that was paid last. */
async function lastOf(individualId: string): Promise<Slip> {
  const [last] = await database()<Slip[]>`
    select id, payment_id as "paymentId" from pay_statements
    where individual_id = ${individualId} and pay_date <= current_date and deleted_at is null order by pay_date desc limit 1`;
  if (!last) throw new Error("Nobody was paid yet.");
  return last;
}

const group = (page: Page, name: string) => page.getByRole("table", { name, exact: true });

async function takePdf(page: Page) {
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: "PDF" }).click();
  const file = await waiting;
  return {
    file: file.suggestedFilename(),
    ...(await readPdf(new Uint8Array(readFileSync(await file.path())))),
  };
}

test("a payslip: from gross to net, what was checked, the year beside each line, the ones around it", async ({
  employer,
  pageAs,
}) => {
  const world = payOf(employer);
  const connectionId = await world.connect();
  const ada = await world.person(connectionId, { first: "Ada", last: "Marsh" });
  const ben = await world.person(connectionId, { first: "Ben", last: "Moss" });
  for (const day of days) await world.run(connectionId, day, [slip(ada.id, day), wages(ben.id, day, 100n)]);
  await world.keepTotals();
  const second = (await slipsOf(ada.id))[1] ?? { id: "", paymentId: "" };
  const page = await pageAs(employer.admin);
  await page.goto(paths.payrollPayment(employer.id, second.paymentId));
  await page.getByRole("link", { name: "Marsh, Ada" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Ada Marsh");
  await expect(page.getByRole("group", { name: "From gross to net" })).toContainText("$2,100.00");
  await expect(group(page, "Earnings").getByRole("row", { name: /^Salary/ })).toContainText("6,000.00");
  await expect(group(page, "Taxes withheld")).not.toContainText("FICA");
  await expect(group(page, "Taxes paid by the employer")).toContainText("229.50");
  await expect(group(page, "Deductions before tax").getByRole("row", { name: /401/ })).toContainText(
    "400.00",
  );
  await expect(group(page, "Deductions after tax")).toContainText("100.00");
  await expect(group(page, "Employer contributions")).toContainText("90.00");
  const steps = await group(page, "Gross to net").locator("tbody tr td:last-child").allTextContents();
  expect(steps.map(centsOf)).toEqual([300_000, 280_000, 220_000, 210_000, 210_000]);
  await expect(page.getByText("Earnings add up to gross pay, to the cent")).toBeVisible();
  await expect(page.getByText(/Gross pay less taxes and deductions is net pay/)).toBeVisible();
  await axe(page);
  await expectPhone(page);

  await page.getByRole("link", { name: "Next: Feb 7, 2025" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("February 7, 2025");
  await expect(group(page, "Earnings").getByRole("row", { name: /^Salary/ })).toContainText("9,000.00");
  await expect(page.getByRole("link", { name: "Later" })).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("link", { name: "Previous: Jan 24, 2025" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("January 24, 2025");
  await page
    .getByRole("navigation", { name: "Statements of this payment" })
    .getByRole("link", { name: "Ben Moss" })
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Ben Moss");
});

test("a statement that adds up in no known way says so, and one without a date is in no year", async ({
  employer,
  pageAs,
}) => {
  const world = payOf(employer);
  const connectionId = await world.connect();
  const ada = await world.person(connectionId);
  await world.run(connectionId, days[0], [{ ...slip(ada.id, days[0]), netCents: 200_000n }]);
  await world.run(
    connectionId,
    null,
    [slip(ada.id, days[0])].map((each) => ({ ...each, payDate: null })),
  );
  await world.keepTotals();
  const [odd = { id: "", paymentId: "" }, undated = odd] = await slipsOf(ada.id);
  const page = await pageAs(employer.admin);
  await page.goto(paths.payStatement(employer.id, odd.paymentId, odd.id));
  await expect(group(page, "Gross to net").getByRole("row", { name: /^Not explained/ })).toContainText(
    "−100.00",
  );
  await expect(page.getByText(/Net pay is .*100\.00 apart/)).toBeVisible();
  await axe(page);
  await page.goto(paths.payStatement(employer.id, undated.paymentId, undated.id));
  await expect(page.getByRole("heading", { name: "Gusto gives no pay date" })).toBeVisible();
  await axe(page);
});

test("on paper a payslip is one white page without the application around it", async ({ pageAs }) => {
  const { acme } = await readDemo();
  const { id, paymentId } = await lastOf(acme.individualId);
  const page = await pageAs(demoUsers.admin);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(paths.payStatement(acme.customerId, paymentId, id));
  await expect(page.getByRole("button", { name: "Print" })).toBeVisible();
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const gone of [
    page.getByRole("navigation"),
    page.getByRole("button"),
    page.getByRole("link", { name: "PDF" }),
  ])
    await expect(gone).toHaveCount(0);
  await expect(group(page, "Earnings").getByRole("columnheader", { name: "Year to date" })).toBeVisible();
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(paper).toMatch(/^rgba?\(0, 0, 0, 0\)$|^rgb\(25\d, 25\d, 25\d\)$/);
  const { pages, text } = await readPdf(new Uint8Array(await page.pdf({ format: "Letter" })));
  expect(pages).toBe(1);
  expect(text).toContain("Gross to net, step by step");
});

test("the PDF holds as real text what the page shows, and leaves with its audit", async ({ pageAs }) => {
  const { acme } = await readDemo();
  const { id, paymentId } = await lastOf(acme.individualId);
  const page = await pageAs(demoUsers.admin);
  await page.goto(paths.payStatement(acme.customerId, paymentId, id));
  const article = await page.getByRole("article").innerText();
  const { file, text, pages } = await takePdf(page);
  expect(file).toMatch(/^[a-z-]+-payslip-\d{4}-\d\d-\d\d\.pdf$/);
  expect(pages).toBe(1);
  const squeezed = text.replace(/\s+/g, "");
  for (const words of (await page.getByRole("rowheader").allInnerTexts()).map((each) => each.split("\n")[0]))
    expect(squeezed).toContain((words ?? "").replace(/\s+/g, ""));
  const amounts = new Set(article.replace(/\n\./g, ".").match(/[\d,]+\.\d\d(?!\d|%)/g));
  expect(amounts.size).toBeGreaterThan(8);
  for (const amount of amounts) expect(squeezed, amount).toContain(amount);
  const [audited] = await database()<{ action: string }[]>`
    select action from audit_log where customer_id = ${acme.customerId} and action like '%export%'
    order by seq desc limit 1`;
  expect(audited?.action).toContain("export");
});

test("an employee finds the own slips and file, and nobody else's", async ({ pageAs }) => {
  const [own] = await database()<{ id: string; customer: string }[]>`
    select r.individual_id as id, r.customer_id as customer from user_roles r join users u on u.id = r.user_id
    where u.email = ${demoUsers.employee}`;
  const mine = await lastOf(own?.id ?? "");
  const { acme } = await readDemo();
  const other = await lastOf(acme.individualId);
  const page = await pageAs(demoUsers.employee);
  await page.goto(paths.me());
  await page.getByRole("link", { name: "My pay" }).first().click();
  await expect(page.getByRole("heading", { name: "My pay", level: 1 })).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Year to date, \d{4}/ })).toBeVisible();
  await expect(page.getByRole("navigation").getByRole("link", { name: /Payroll|YTD/ })).toHaveCount(0);
  await axe(page);
  await expectPhone(page);
  await page.getByRole("table", { name: "Pay statements" }).getByRole("link").last().click();
  await expect(page.getByRole("article")).toBeVisible();
  await axe(page);
  await expectPhone(page);
  await page.goto(paths.mePayStatement(mine.id));
  const { file, text } = await takePdf(page);
  expect(file).toMatch(/-payslip-/);
  expect(text).toContain("Salary");

  await page.goto(paths.mePayStatement(other.id));
  await expect(page.getByRole("article")).toHaveCount(0);
  const client = await clientOf(await demoUserId("employee"));
  for (const path of [
    paths.mePayStatement(other.id),
    paths.mePayStatementPdf(other.id),
    paths.payroll(acme.customerId),
    paths.ytd(acme.customerId),
    paths.payStatement(acme.customerId, mine.paymentId, mine.id),
    paths.payStatementPdf(acme.customerId, mine.paymentId, mine.id),
    paths.payrollExport(acme.customerId),
  ])
    expect(kindOf(await client(path)), path).toBe("does not exist");
  for (const path of [paths.mePayStatement(other.id), paths.mePayStatement(randomUUID())])
    expect((await client(path)).status, path).toBe(404);
});

test("an employee is told of which pay dates the own pay may be missing, and of no others", async ({
  employer,
  pageAs,
}) => {
  const world = payOf(employer);
  const connectionId = await world.connect();
  const ada = await world.person(connectionId, { first: "Ada", last: "Marsh" });
  const ben = await world.person(connectionId, { first: "Ben", last: "Moss" });
  await world.run(connectionId, days[0], [slip(ada.id, days[0])]);
  await world.run(connectionId, days[1], [], { state: "pending", names: [ada.finchId, ben.finchId] });
  await world.run(connectionId, days[2], [], { state: "pending", names: [ben.finchId] });
  await world.keepTotals();
  const own = await createPerson(employer.id, "employee", { connectionId, individualId: ada.id });
  const page = await pageAs(own);
  await page.goto(paths.mePay());
  await expect(page.getByRole("heading", { name: "Pay may be missing here" })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Jan 24, 2025" })).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText("Feb 7, 2025");
  await expect(page.getByRole("main")).not.toContainText("Ben");
  await axe(page);
  await expectPhone(page);
});

test("what is not there answers 404, whatever the page is of", async () => {
  const { acme } = await readDemo();
  const client = await clientOf(await demoUserId("admin"));
  const [at, nothing] = [acme.customerId, randomUUID()];
  const { paymentId } = await lastOf(acme.individualId);
  for (const path of [
    paths.payrollPayment(at, nothing),
    paths.payStatement(at, paymentId, nothing),
    paths.payGroup(at, nothing),
    paths.document(at, nothing),
    paths.ytdPerson(at, nothing),
    paths.individual(at, nothing),
  ])
    expect((await client(path)).status, path).toBe(404);
});

test("a viewer and support staff find no pay anywhere", async ({ pageAs }) => {
  const { acme } = await readDemo();
  const at = acme.customerId;
  const { id, paymentId } = await lastOf(acme.individualId);
  const doors = [
    paths.payroll(at),
    paths.payrollPayment(at, paymentId),
    paths.payStatement(at, paymentId, id),
    paths.payStatementPdf(at, paymentId, id),
    paths.payrollExport(at),
    paths.payrollPaymentExport(at, paymentId),
    paths.ytd(at),
    paths.ytdPerson(at, acme.individualId),
    paths.ytdLinks(at),
    paths.box1Rules(at),
    paths.payItems(at),
    paths.payGroups(at),
  ];
  for (const role of ["viewer", "support"] as const) {
    const client = await clientOf(await demoUserId(role));
    for (const path of doors) expect(kindOf(await client(path)), `${role} ${path}`).toBe("does not exist");
  }
  const viewer = await pageAs(demoUsers.viewer);
  await viewer.goto(paths.employer(at));
  await expect(viewer.getByRole("navigation").getByRole("link", { name: /Payroll|YTD/ })).toHaveCount(0);
  await expect(viewer.getByRole("main")).toContainText("People");
  await expect(viewer.getByRole("main")).not.toContainText("$");
  await viewer.goto(paths.individual(at, acme.individualId));
  await expect(viewer.getByRole("table", { name: "Pay statements" })).toHaveCount(0);
  await expect(viewer.getByRole("main")).not.toContainText("$");
  // A key that is pressed before the page listens is lost.
  await expect(async () => {
    await viewer.keyboard.press("Control+k");
    await expect(viewer.getByRole("combobox")).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await viewer.getByRole("combobox").fill("payroll");
  await expect(viewer.getByRole("option", { name: /Payroll|YTD/ })).toHaveCount(0);
  const support = await pageAs(demoUsers.support);
  await support.goto(paths.connection(at, acme.connectionId));
  await expect(support.getByRole("heading", { name: "Gusto", level: 1 })).toBeVisible();
  await expect(support.getByRole("link", { name: /^(Payroll|YTD wages|Pay)/ })).toHaveCount(0);
  await expect(support.getByRole("main")).not.toContainText("$");
});
