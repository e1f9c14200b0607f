import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";
import { paths } from "@/lib/paths";

/** Finch Connect as a person sees it: in the SDK's frame, or as a page of its own in the redirect flow. */
export type ConnectView = FrameLocator | Page;

/** The frame that the SDK puts over the page. */
export function connectFrame(page: Page): FrameLocator {
  return page.frameLocator('iframe[src*="/authorize"]');
}

export async function consent(view: ConnectView): Promise<void> {
  await view.getByRole("button", { name: "Agree and continue" }).click();
}

export async function chooseProvider(view: ConnectView, name: string): Promise<void> {
  await view.getByRole("searchbox", { name: /Search \d+ providers/ }).fill(name);
  await view
    .getByRole("button", { name: new RegExp(`^${name}\\b`) })
    .first()
    .click();
}

export interface Login {
  user?: string;
  password?: string;
}

export async function logIn(
  view: ConnectView,
  { user = "good_user", password = "good_pass" }: Login = {},
): Promise<void> {
  await view.getByLabel("User name").fill(user);
  await view.getByLabel("Password").fill(password);
  await view.getByRole("button", { name: "Sign in", exact: true }).click();
}

export async function enterCode(view: ConnectView, code = "123456"): Promise<void> {
  await view.getByLabel("Code").fill(code);
  await view.getByRole("button", { name: "Verify" }).click();
}

export async function chooseAccount(view: ConnectView, place: number): Promise<void> {
  await view.getByRole("checkbox").nth(place).check();
  await view.getByRole("button", { name: "Continue", exact: true }).click();
}

/** Leaves the last page of Connect; after a moment it leaves by itself, even while somebody reaches for the button. */
export async function finish(view: ConnectView): Promise<void> {
  const button = view
    .getByRole("button", { name: "Done" })
    .or(view.getByRole("link", { name: /^Return to/ }));
  await button.click({ timeout: 2_000 }).catch(() => undefined);
}

/** From consent to the last page with the documented login. */
export async function passThrough(
  view: ConnectView,
  provider: string | null,
  login: Login = {},
): Promise<void> {
  await consent(view);
  if (provider) await chooseProvider(view, provider);
  await logIn(view, login);
  await finish(view);
}

export async function leave(view: ConnectView): Promise<void> {
  await view.getByRole("button", { name: "Close" }).click();
  await view.getByRole("button", { name: "Leave" }).click();
}

/** From the page of providers to Finch Connect at one of them. */
export async function pressProvider(page: Page, customerId: string, provider: string): Promise<void> {
  await page.goto(paths.connectNew(customerId));
  const search = page.getByRole("searchbox", { name: "Search providers" });
  const first = page.getByRole("button", { name: /^Connect / }).first();
  // What is typed before the page's script runs may be lost.
  await expect(async () => {
    await search.fill("");
    await search.fill(provider);
    await expect(first).toContainText(provider, { timeout: 1_000 });
  }).toPass();
  await page.getByRole("button", { name: new RegExp(`^Connect ${provider} `) }).click();
}

/** The card of a connection on the page of connections. */
export function cardOf(page: Page, provider: string): Locator {
  return page
    .getByRole("list", { name: "Connections" })
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { name: provider, exact: true }) });
}

/** Where a finished Connect leads: the connection's own page. */
export async function expectArrived(page: Page, customerId: string): Promise<string> {
  await expect(page).toHaveURL(new RegExp(`${paths.connections(customerId)}/[0-9a-f-]{36}(\\?|$)`));
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

/** Waits on the page of connections until the provider's card says the status. */
export async function expectStatus(
  page: Page,
  customerId: string,
  provider: string,
  status: string,
): Promise<Locator> {
  if (new URL(page.url()).pathname !== paths.connections(customerId))
    await page.goto(paths.connections(customerId));
  const card = cardOf(page, provider);
  await expect(card).toContainText(status, { timeout: 40_000 });
  return card;
}

/** A new connection by the shortest way, healthy at the end. */
export async function connectGusto(page: Page, customerId: string): Promise<string> {
  await pressProvider(page, customerId, "Gusto");
  await passThrough(connectFrame(page), null);
  const connectionId = await expectArrived(page, customerId);
  await expectStatus(page, customerId, "Gusto", "Healthy");
  return connectionId;
}

/** The banner that says how connecting ended; Next's own announcer of pages is an alert too. */
export const alertOn = (page: Page): Locator => page.getByRole("main").getByRole("alert");
