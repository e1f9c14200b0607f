import { describe, expect, it } from "vitest";
import type { YtdFigures, YtdRow } from "@/lib/domain/payroll/ytd/views";
import { figureText } from "./figure-cells";
import { pageSums, ytdColumns } from "./row-model";
import { readYtdAddress } from "./ytd-url";

const none = {
  gross: 0,
  net: 0,
  hours: 0,
  earnings: 0,
  taxes: 0,
  employerTaxes: 0,
  unknownTaxes: 0,
  deductions: 0,
  contributions: 0,
  amounts: 0,
};

const figuresOf = (values: Partial<YtdFigures> = {}): YtdFigures => ({
  currency: "usd",
  statements: 2,
  grossCents: 0n,
  netCents: 90_000n,
  hours: "80",
  taxesCents: 10_000n,
  employerTaxesCents: 0n,
  unknownTaxesCents: 0n,
  deductionsCents: 0n,
  contributionsCents: 0n,
  earnings: [],
  contractCents: 0n,
  without: none,
  opening: null,
  compensation: null,
  ...values,
});

const rowOf = (figures: YtdFigures, values: Partial<YtdRow> = {}): YtdRow => ({
  individualId: "a",
  name: "Marsh, Ada",
  hidden: false,
  employmentType: null,
  left: false,
  records: [],
  figures: [figures],
  box1: null,
  coverage: {
    firstPayDate: null,
    lastPayDate: null,
    found: 2,
    expected: 2,
    pending: 0,
    state: "complete",
    since: null,
    through: null,
  },
  ...values,
});

const shown = (figures: YtdFigures, of: "gross" | "net" | "hours" | "taxes", row = rowOf(figures)) =>
  figureText(row, figures, { of });

describe("a figure of year-to-date wages", () => {
  it("is at least its sum where an amount was not given, and says how many", () => {
    const figures = figuresOf({ without: { ...none, gross: 2, hours: 1 } });
    expect(shown(figures, "gross")).toMatchObject({ text: "≥ 0.00", sub: "2 not given" });
    expect(shown(figures, "hours")).toMatchObject({ text: "≥ 80", sub: "1 not given" });
    expect(shown(figures, "net")).toEqual({ text: "900.00" });
    expect(pageSums([rowOf(figures)], ytdColumns(readYtdAddress({}), [], []), "usd").slice(0, 2)).toEqual([
      "≥ 0.00",
      "100.00",
    ]);
  });

  it("says what of it was entered, and what was not given beside it", () => {
    const opening = {
      grossCents: 500_000n,
      netCents: 0n,
      taxesCents: 0n,
      employerTaxesCents: 0n,
      unknownTaxesCents: 0n,
      deductionsCents: 0n,
      contributionsCents: 0n,
      earningsCents: 0n,
      throughDate: "2026-06-30",
      overlaps: false,
    };
    const figures = figuresOf({ opening, grossCents: 100_000n, without: { ...none, gross: 1 } });
    expect(shown(figures, "gross")).toMatchObject({
      text: "≥ 6,000.00",
      sub: "incl. 5,000.00 entered, 1 not given",
    });
  });

  it("of box 1 keeps its ends, and names lines that are in neither", () => {
    const figures = figuresOf();
    const row = rowOf(figures, {
      box1: { kind: "range", lowCents: 100n, highCents: 300n, unknown: 1, leftOut: 0, withoutAmount: 2 },
    });
    expect(figureText(row, figures, { of: "box1", part: "high" })).toMatchObject({
      text: "3.00",
      sub: "2 not given",
      title: "2 lines without an amount: in neither end",
    });
  });
});
