import { describe, expect, it } from "vitest";
import type { YtdFigures, YtdRow } from "@/lib/domain/payroll/ytd/views";
import { YtdQuery } from "@/lib/domain/payroll/ytd/ytd-query";
import { pageSums, toColumnModel, toRowModels, ytdColumns } from "./row-model";

const figures = (values: Partial<YtdFigures> = {}): YtdFigures => ({
  ...{ currency: "usd", statements: 1, grossCents: 100_000n, netCents: 80_000n, hours: "80" },
  ...{ taxesCents: 10_000n, employerTaxesCents: 7_000n, unknownTaxesCents: 0n },
  ...{ deductionsCents: 0n, contributionsCents: 0n, earnings: [], contractCents: 0n },
  without: {
    ...{ gross: 0, net: 0, hours: 0, earnings: 0, taxes: 0, employerTaxes: 0, unknownTaxes: 0 },
    ...{ deductions: 0, contributions: 0, amounts: 0 },
  },
  opening: null,
  compensation: null,
  ...values,
});
const person = (id: string, ...of: YtdFigures[]) =>
  ({
    ...{
      individualId: id,
      name: id,
      hidden: false,
      employmentType: null,
      left: false,
      records: [],
      box1: null,
    },
    figures: of,
    coverage: {
      ...{ firstPayDate: null, lastPayDate: null, found: 1, expected: 1, pending: 0 },
      ...{ state: "complete", since: null, through: null },
    },
  }) as YtdRow;
const query = YtdQuery.parse({});
const table = (rows: YtdRow[]) => {
  const columns = ytdColumns(query, rows, []);
  const at = columns.findIndex(({ of }) => of === "unknownTaxes");
  return { columns, at, sums: pageSums(rows, columns, "usd") };
};

describe("taxes that do not say who pays them", () => {
  it("have a column of their own, with links to their lines and a sum", () => {
    const rows = [person("ada", figures({ unknownTaxesCents: 1_234n })), person("ben", figures())];
    const { columns, at, sums } = table(rows);
    expect(columns[at]?.label).toBe("Taxes, payer unknown");
    const cells = rows.flatMap((row) =>
      toRowModels("c", query, row, { columns, namesPlaces: false }).map((model) => model.cells[at]),
    );
    expect(cells.map((cell) => cell?.text)).toEqual(["12.34", "0.00"]);
    expect(columns.map(toColumnModel)[at]?.leadsTo).toBe("of=unknownTaxes");
    expect(sums[at]).toBe("12.34");
    expect(sums[columns.findIndex(({ of }) => of === "taxes")]).toBe("200.00");
  });

  it("have none where there are none", () => {
    expect(table([person("ben", figures())]).at).toBe(-1);
  });
});
