import type { Locator, Page } from "@playwright/test";
import {
  axe,
  connectFrame,
  connectGusto,
  demoUsers,
  employerPages,
  expect,
  platformPages,
  pressProvider,
  readDemo,
  test,
} from "@/e2e/support";
import { paths } from "@/lib/paths";

/** No violation of WCAG 2.2 AA in light and dark, nothing wider than a phone of 360 px, all of it by keyboard. */

const phone = { width: 360, height: 740 };
const desktop = { width: 1440, height: 900 };

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { wide, worst } = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    const widest = [...document.querySelectorAll("main *, header *")]
      .map((element) => ({
        right: Math.round(element.getBoundingClientRect().right),
        tag: element.outerHTML.slice(0, 120),
      }))
      .sort((a, b) => b.right - a.right)[0];
    return { wide: document.documentElement.scrollWidth - limit, worst: widest };
  });
  expect(
    wide,
    `${page.url()} scrolls sideways at 360 px; the widest: ${JSON.stringify(worst)}`,
  ).toBeLessThanOrEqual(0);
}

async function inspect(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "Something went wrong" })).toHaveCount(0);
  await axe(page);
  await page.setViewportSize(phone);
  await expectNoSidewaysScroll(page);
  await page.setViewportSize(desktop);
}

/** Presses Tab until the element has the focus, as somebody without a mouse would. */
async function tabTo(page: Page, target: Locator, limit = 60): Promise<void> {
  for (let presses = 0; presses < limit; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

test("public pages", async ({ page }) => {
  for (const path of [
    paths.signIn(),
    `${paths.signInConfirm()}?token=unknown`,
    paths.devMailbox(),
    paths.connectTrouble("other_browser"),
    paths.connectTrouble("signed_out"),
    paths.invitation("unknown"),
    "/no-such-page",
  ]) {
    await inspect(page, path);
  }
});

test("pages of a connected employer", async ({ pageAs }) => {
  const { acme } = await readDemo();
  const page = await pageAs(demoUsers.admin);
  const { overview = "", connections = "", connection = "", connectNew = "" } = employerPages(acme);
  for (const path of [overview, connections, connection, `${connectNew}?q=pay`]) await inspect(page, path);
  await inspect(page, paths.connectProblem(acme.customerId, { reason: "code_expired", request: "7b0c9f5e" }));
});

test("pages of people", async ({ pageAs }) => {
  const { acme } = await readDemo();
  const page = await pageAs(demoUsers.admin);
  const { directory = "", profile = "" } = employerPages(acme);
  for (const path of [directory, `${directory}?filter=department`, `${directory}?q=nobody-at-all`, profile])
    await inspect(page, path);
  const viewer = await pageAs(demoUsers.viewer);
  await inspect(viewer, profile);
});

test("pages of the company, of tax forms and of who reports to whom", async ({ pageAs }) => {
  const { acme } = await readDemo();
  const page = await pageAs(demoUsers.admin);
  await inspect(page, paths.payGroups(acme.customerId));
  await page.getByRole("table", { name: "Pay groups" }).getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: "Calendar" })).toBeVisible();
  for (const path of [
    page.url(),
    paths.company(acme.customerId),
    paths.documents(acme.customerId),
    paths.orgChart(acme.customerId),
    paths.orgChart(acme.customerId, { person: acme.individualId, left: "yes" }),
  ])
    await inspect(page, path);
});

test("the same pages of an employer without a connection", async ({ employer, pageAs }) => {
  const admin = await pageAs(employer.admin);
  const { id } = employer;
  for (const path of [paths.company(id), paths.payGroups(id), paths.documents(id), paths.orgChart(id)])
    await inspect(admin, path);
});

test("pages of an employer without a connection, and of somebody with two employers", async ({
  employer,
  pageAs,
}) => {
  const page = await pageAs(employer.admin);
  for (const path of [
    paths.employer(employer.id),
    paths.connections(employer.id),
    paths.directory(employer.id),
  ])
    await inspect(page, path);
  await inspect(await pageAs(demoUsers.peo), paths.chooseEmployer());
});

test("pages of staff and of an employee", async ({ pageAs }) => {
  const staff = await pageAs(demoUsers.staff);
  const { admin = "", adminCustomers = "", adminConnections = "", me = "" } = platformPages;
  for (const path of [admin, adminCustomers, adminConnections]) await inspect(staff, path);
  await inspect(await pageAs(demoUsers.employee), me);
});

test("Finch Connect over the page, and what opens over pages", async ({ employer, pageAs }) => {
  const page = await pageAs(employer.admin);
  await pressProvider(page, employer.id, "Gusto");
  await expect(connectFrame(page).getByRole("button", { name: "Agree and continue" })).toBeVisible();
  await axe(page);
  await page.goto(paths.connections(employer.id));
  await page.getByRole("button", { name: "Account menu" }).click();
  await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
  await axe(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Search or jump to" })).toBeVisible();
  await axe(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await axe(page);
});

test("by keyboard alone: skip link, table row, palette, keys and menu", async ({ pageAs }) => {
  const { acme } = await readDemo();
  const page = await pageAs(demoUsers.admin);
  await page.goto(paths.directory(acme.customerId));
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("region", { name: "People table" }));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const second = await page.getByRole("rowheader").nth(1).getByRole("link").getAttribute("href");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${second}$`));

  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("overview");
  await expect(page.getByRole("option", { name: /Overview/ })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`${paths.employer(acme.customerId)}$`));

  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await expect(page).toHaveURL(new RegExp(`${paths.directory(acme.customerId)}$`));
  await expect(page.getByRole("searchbox", { name: "Search people" })).toBeVisible();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search people" })).toBeFocused();

  const menu = page.getByRole("button", { name: "Account menu" });
  await menu.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(
    page.getByRole("menuitemradio", { name: "Light" }).or(page.getByRole("menuitem")).first(),
  ).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toBeFocused();
});

test("by keyboard alone: a typed confirmation that keeps and gives back the focus", async ({
  employer,
  pageAs,
}) => {
  const page = await pageAs(employer.admin, { steppedUp: true });
  const connectionId = await connectGusto(page, employer.id);
  await page.goto(paths.connection(employer.id, connectionId));
  const trigger = page.getByRole("button", { name: "Disconnect Gusto…" });
  await expect(trigger).toBeVisible();
  await tabTo(page, trigger, 120);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Disconnect Gusto?" });
  await expect(dialog).toBeVisible();
  await axe(page);
  for (let presses = 0; presses < 8; presses += 1) {
    await page.keyboard.press("Tab");
    await expect(dialog.locator(":focus")).toHaveCount(1);
  }
  await page.keyboard.press("Escape");
  await expect(trigger).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, dialog.getByRole("textbox"));
  await page.keyboard.type("Gusto");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toContainText("hidden from everyone and will be deleted on");
});

test("on a phone the navigation is a sheet, and going somewhere closes it", async ({ pageAs }) => {
  const { acme } = await readDemo();
  const page = await pageAs(demoUsers.admin);
  await page.setViewportSize(phone);
  await page.goto(paths.employer(acme.customerId));
  await expect(page.getByRole("navigation", { name: "Acme Inc." })).toHaveCount(0);
  await page.getByRole("button", { name: "Open navigation" }).click();
  const sheet = page.getByRole("dialog", { name: "Navigation" });
  await axe(page);
  await sheet.getByRole("link", { name: "Directory" }).click();
  await expect(page).toHaveURL(new RegExp(`${paths.directory(acme.customerId)}$`));
  await expect(sheet).toHaveCount(0);
  await page.getByRole("rowheader").first().getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectNoSidewaysScroll(page);
});
