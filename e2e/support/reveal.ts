import type { Locator, Page } from "@playwright/test";

/** The number that is on the screen for its minute. */
export const shown = (page: Page): Locator => page.locator("[data-revealed]");

/** From the button of a sealed number to the press that opens it. */
export async function reveal(page: Page, what: RegExp | string, why: string): Promise<void> {
  await page.getByRole("button", { name: what }).first().click();
  const dialog = page.getByRole("dialog", { name: /^Reveal the/ });
  await dialog.getByRole("textbox", { name: "Reason" }).fill(why);
  await dialog.getByRole("button", { name: "Reveal for 60 seconds" }).click();
}
