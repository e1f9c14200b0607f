import { expect, test as base, type Locator, type Page } from "@playwright/test";
import { axe } from "@/e2e/fixtures/axe";
import { startOwnSandbox, type OwnSandbox } from "./own-sandbox";

export const phone = { width: 360, height: 740 };
const desktop = { width: 1440, height: 900 };

export interface Company {
  connection_id: string;
  access_token: string;
}

/** Stories of the sandbox's own pages: each begins with an empty sandbox, and ends without an error in the browser. */
export const test = base.extend<{ watched: void }, { sandbox: OwnSandbox }>({
  sandbox: [
    async ({}, use) => {
      const sandbox = await startOwnSandbox();
      await use(sandbox);
      sandbox.stop();
    },
    { scope: "worker" },
  ],
  watched: [
    async ({ page, sandbox }, use) => {
      const troubles: string[] = [];
      page.on("pageerror", (error) => troubles.push(error.message));
      page.on("console", (message) => {
        // A frame that the page refuses is a story of its own, and is said in the same words.
        if (/^Framing /.test(message.text())) return;
        if (/Content.Security.Policy|Refused/.test(message.text())) troubles.push(message.text());
      });
      await sandbox.control("/reset", {});
      await use();
      expect(troubles, "errors in the browser").toEqual([]);
    },
    { auto: true },
  ],
});

/** A company whose first sync is over. */
export async function makeCompany(sandbox: OwnSandbox, wanted: object = {}): Promise<Company> {
  const company = await sandbox.control("/companies", { provider_id: "gusto", people: 20, ...wanted });
  await sandbox.control("/jobs/complete", {});
  return company as Company;
}

export const call = (sandbox: OwnSandbox, company: Company, path: string) =>
  fetch(`${sandbox.url}${path}`, { headers: { Authorization: `Bearer ${company.access_token}` } });

export async function inspect(page: Page): Promise<void> {
  await axe(page);
  await page.setViewportSize(phone);
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await wide(), `${page.url()} scrolls sideways at 360 px`).toBeLessThanOrEqual(0);
  await page.setViewportSize(desktop);
}

/** Presses Tab until the element has the focus, as somebody without a mouse would. */
export async function tabTo(page: Page, target: Locator, limit = 60): Promise<void> {
  for (let presses = 0; presses < limit; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}
