import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CsvCell } from "./csv";
import { readXlsx } from "./testing";
import { xlsxChunks } from "./xlsx";

async function* batchesOf(rows: readonly (readonly CsvCell[])[], size: number) {
  await Promise.resolve();
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}

const layout = { name: "Pay: [all]/*", head: [["Pay", "Acme"]] as CsvCell[][], titles: ["Name", "Amount"] };
const written = (rows: readonly (readonly CsvCell[])[], most?: number) =>
  readXlsx({
    fileName: "test.xlsx",
    format: "xlsx",
    chunks: xlsxChunks({ ...layout, ...(most ? { most } : {}) }, batchesOf(rows, 3)),
  });

describe("an XLSX file", () => {
  it("goes on on further sheets, each with its titles, where a table is longer than a sheet", async () => {
    const rows = Array.from({ length: 11 }, (_, n): CsvCell[] => [`Person ${n}`, { number: String(n) }]);
    const file = await written(rows, 8);
    expect(file.sheets).toEqual(["Pay   all", "Pay   all (2)", "Pay   all (3)"]);
    expect(file.rows.map((row) => row["Name"])).toEqual(rows.map(([name]) => name));
    expect(file.rows.map((row) => row["Amount"])).toEqual(rows.map((_, n) => String(n)));
  });

  it("holds text as text, whatever a spreadsheet would run", async () => {
    const start = fc.constantFrom("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠", "");
    const text = fc.tuple(start, fc.stringMatching(/^[a-z0-9(),!"' ]{1,20}$/)).map(([a, b]) => `${a}${b}`);
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 12 }), async (texts) => {
        const file = await written(texts.map((name) => [name, { number: "-1.50" }]));
        expect(file.rows.map((row) => row["Name"])).toEqual(texts);
        expect(file.rows.every((row) => row["Amount"] === "-1.5")).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it("tells a figure that a double would round as text, digit for digit", async () => {
    const figure = "90071992547409931.07";
    const [row] = (await written([["a", { number: figure }]])).rows;
    expect(row?.["Amount"]).toBe(figure);
  });

  it("ends its source where the reader stops", async () => {
    let ended = false;
    async function* endless(): AsyncGenerator<CsvCell[][], void, void> {
      try {
        for (let n = 0; ; n += 1) {
          await Promise.resolve();
          yield Array.from({ length: 500 }, (): CsvCell[] => [
            `Person ${Math.random()}`,
            { number: String(n) },
          ]);
        }
      } finally {
        ended = true;
      }
    }
    const chunks = xlsxChunks(layout, endless());
    await chunks.next();
    await chunks.return();
    expect(ended).toBe(true);
  });
});
