import fc from "fast-check";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import type { PayslipView } from "@/lib/domain/payroll/statements/payslip-view";
import { Payslip } from "../payslip";
import { toSheet, type Sheet } from "../sheet";
import { madePayslip, ordinaryLines, type MadeLine } from "../testing";
import { plainText } from "./plain-text";
import { renderPayslip } from "./render-payslip";

vi.setConfig({ testTimeout: 60_000 });

/** What a reader of PDF files finds in it, by somebody else's library. */
async function read(view: PayslipView) {
  const bytes = await renderPayslip(view);
  const raw = Buffer.from(bytes).toString("latin1");
  const document = await getDocument({ data: bytes }).promise;
  const texts: string[] = [];
  for (let n = 1; n <= document.numPages; n += 1) {
    const page = await document.getPage(n);
    const { items } = await page.getTextContent();
    for (const item of items) if ("str" in item) texts.push(item.str);
    expect(await page.getAnnotations()).toEqual([]);
  }
  const pages = document.numPages;
  await document.loadingTask.destroy();
  return { text: texts.join(" "), pages, raw };
}

const links = { statement: () => "/elsewhere", pdf: "/pdf" };
const page = (view: PayslipView) =>
  renderToStaticMarkup(<Payslip view={view} links={links} />)
    .replace(/<style.*?<\/style>|<[^>]*>/gs, "\u0001")
    .replaceAll("&#x27;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

const squeezed = (text: string) => text.replace(/[\s\u0001]+/g, "");
/** All amounts that a reader sees. */
const amountsOf = (text: string) =>
  [...new Set(text.replaceAll("\u0001.", ".").match(/[\d,]+\.\d\d(?!\d|%)/g) ?? [])].toSorted();

function valuesOf(sheet: Sheet): string[] {
  const { groups, running, facts, checks, notes, yearTotals } = sheet;
  const lines = groups.flatMap((group) => group.lines);
  return [
    ...[sheet.name, sheet.payDate, sheet.subtitle],
    ...groups.flatMap(({ title, totals }) => [
      title,
      ...totals.flatMap(({ label, amount, year }) => [label, amount, year]),
    ]),
    ...lines.flatMap(({ label, sub, hours, amount, year, mark }) => [
      label,
      sub,
      hours,
      amount,
      year,
      mark?.text,
    ]),
    ...running.flatMap(({ label, running: sum }) => [label, sum]),
    ...facts.flatMap(({ term, value }) => [term, value]),
    ...yearTotals.flatMap(({ label, year }) => [label, year]),
    ...checks.map(({ text }) => text),
    ...notes.flatMap(({ title, means }) => [title, means]),
  ].filter((value) => value !== null && value !== undefined);
}

async function expectEqual(view: PayslipView) {
  const { text, raw } = await read(view);
  const [paper, screen] = [squeezed(text), plainText(squeezed(page(view)))];
  const values = valuesOf(toSheet(view)).map((value) => squeezed(plainText(value)));
  expect(values.filter((value) => !paper.includes(value))).toEqual([]);
  expect(values.filter((value) => !screen.includes(value))).toEqual([]);
  expect(amountsOf(text)).toEqual(amountsOf(page(view)));
  expect(raw).not.toMatch(/\/URI|\/JavaScript|\/Launch|https?:/);
}

describe("the PDF of a statement", () => {
  it("is one page with the values of the page, as text in an embedded font", async () => {
    const view = madePayslip();
    const { pages, raw, text } = await read(view);
    expect(pages).toBe(1);
    expect(raw).toMatch(/\/FontFile2/);
    expect(raw).toMatch(/\/BaseFont \/[A-Z]{6}\+Geist/);
    expect(text).toContain("2,090.24");
    await expectEqual(view);
  });

  it.each<[string, Parameters<typeof madePayslip>[0]]>([
    ["negative net", { netPayCents: -12_345n }],
    ["no gross pay", { grossPayCents: null }],
    ["no pay date", { payDate: null }],
    ["a pay date to come", { payDate: "2026-12-04" }],
    ["lists that are null and empty", { lines: [], nullCategories: ["earning"], grossPayCents: 5n }],
    ["yen", { currency: "jpy" }],
    ["dinars", { currency: "kwd" }],
    ["no currency", { currency: null }],
    [
      "two currencies",
      {
        lines: [
          ...ordinaryLines,
          { category: "deduction", name: "Rent", amountCents: 77_700n, currency: "eur" },
        ],
      },
    ],
    [
      "amounts, payers and treatments that are unknown",
      {
        lines: ordinaryLines.map((line) => ({
          ...line,
          employer: null,
          preTax: null,
          type: null,
          ...(line.category === "earning" ? { amountCents: null } : {}),
        })),
      },
    ],
  ])("has what the page has: %s", async (_, made) => {
    await expectEqual(madePayslip(made));
  });

  it("holds no text that controls, turns or hides, and runs nothing", async () => {
    const bad = '=HYPERLINK("http://x.test")\u202E\u200B\u0007';
    const view = madePayslip({
      name: `Eve\u202E ${bad}`,
      provider: `Gu\u2066sto`,
      lines: [{ category: "earning", name: bad, type: bad, amountCents: 100n }],
    });
    const { text, raw } = await read(view);
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(squeezed(text)).toContain('=HYPERLINK("http://x.test")');
    expect(raw).not.toMatch(/\/URI|\/JavaScript|\/OpenAction/);
  });

  it("shows what its font has no sign for as a question mark, never as something else", async () => {
    const { text, raw } = await read(madePayslip({ name: "田中 Łukasz 😀 Владимир", currency: "x\u202Eyz" }));
    expect(text).toContain("?? Łukasz ? Владимир");
    expect(text).not.toMatch(/\p{Cf}/u);
    expect(
      [...raw.matchAll(/\/BaseFont \/(\S+)/g)].map(([, font]) => font?.replace(/^[A-Z]{6}\+/, "")),
    ).toSatisfy((fonts: string[]) => fonts.every((font) => font.startsWith("Geist")));
  });

  it("of a hundred lines has all of them on several pages", async () => {
    const lines = Array.from({ length: 100 }, (_, n): MadeLine => {
      return { category: "earning", type: "other", name: `Line ${n}`, amountCents: BigInt(n * 101) };
    });
    const { pages, text } = await read(madePayslip({ lines }));
    expect(pages).toBeGreaterThan(1);
    expect(lines.filter(({ name }) => !text.includes(name ?? ""))).toEqual([]);
  });

  it("whatever the lines are, has what the page has", async () => {
    const word = fc.stringMatching(/^[A-Za-z0-9()%,.'–\u202E\u200F &<>"éüñ-]{1,24}$/);
    const line = fc.record({
      category: fc.constantFrom(
        "earning" as const,
        "tax" as const,
        "deduction" as const,
        "contribution" as const,
      ),
      name: fc.option(word),
      type: fc.option(fc.constantFrom("salary", "federal", "401k", "reimbursement")),
      amountCents: fc.option(fc.bigInt({ min: -99_999_999n, max: 99_999_999n })),
      preTax: fc.constantFrom(true, false, null),
      employer: fc.constantFrom(true, false, null),
      currency: fc.constantFrom("usd", "USD", "jpy"),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 12 }),
        fc.option(fc.bigInt({ min: -9_999n, max: 999_999n })),
        async (lines, netPayCents) => {
          await expectEqual(madePayslip({ lines, netPayCents }));
        },
      ),
      { numRuns: 12 },
    );
  });
});
