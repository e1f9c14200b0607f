import { expect, type Page } from "@playwright/test";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { runningCopy } from "@/e2e/fixtures/copy";
import { PayWorld } from "@/lib/domain/payroll/ytd/testing";
import { database } from "./database";

/** The pay of one story's employer, made slip by slip in the running copy. */
export const payOf = (employer: { id: string }): PayWorld =>
  PayWorld.at(database(), employer.id, runningCopy().databaseUrls.worker);

const phone = { width: 360, height: 740 };

/** Tables may scroll in their own box; a page never does. */
export async function expectPhone(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize(phone);
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wide, `${page.url()} scrolls sideways at 360 px`).toBeLessThanOrEqual(0);
  if (before) await page.setViewportSize(before);
}

export interface PdfText {
  text: string;
  pages: number;
}

/** What somebody else's library reads in a PDF file. */
export async function readPdf(bytes: Uint8Array): Promise<PdfText> {
  const document = await getDocument({ data: bytes }).promise;
  const texts: string[] = [];
  for (let n = 1; n <= document.numPages; n += 1) {
    const { items } = await (await document.getPage(n)).getTextContent();
    for (const item of items) if ("str" in item) texts.push(item.str);
  }
  const pages = document.numPages;
  await document.loadingTask.destroy();
  return { text: texts.join(" "), pages };
}

/** "−1,234.56" as −123456 cents; what is no amount of two decimals is an error. */
export function centsOf(text: string): number {
  const match = /^(−)?[≥$ ]*([\d,]+)\.(\d\d)$/.exec(text.trim());
  if (!match) throw new Error(`“${text}” is no amount.`);
  const cents = Number(`${match[2]?.replaceAll(",", "")}${match[3]}`);
  return match[1] ? -cents : cents;
}
