import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { YtdQuery } from "@/lib/domain/payroll/ytd/ytd-query";
import { definitionEntries, readYtdAddress, ytdEntries } from "./ytd-url";

function readBack(entries: [string, string][]) {
  const params: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(new URLSearchParams(entries).toString()))
    (params[name] ??= []).push(value);
  return readYtdAddress(params);
}

const day = fc
  .date({ min: new Date("1990-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const word = fc
  .string({ minLength: 1, maxLength: 40 })
  .filter((text) => text.trim() === text && !text.includes("\0"));

const common = {
  asOf: fc.option(day),
  together: fc.constantFrom("apart", "ein", "together"),
  pay: fc.constantFrom("employees", "nonemployee"),
  connections: fc.uniqueArray(fc.uuid(), { maxLength: 3 }),
  search: fc.oneof(fc.constant(""), word),
  incomplete: fc.boolean(),
  columns: fc.constantFrom("summary", "earnings"),
  sort: fc.constantFrom("name", "gross", "hours", "employerTaxes"),
  currency: fc.constantFrom(null, "", "usd"),
  descending: fc.boolean(),
  after: fc.option(fc.uuid()),
};
const periods = fc.oneof(
  fc.record({ period: fc.constant("year"), year: fc.option(fc.integer({ min: 1990, max: 2100 })) }),
  fc.record({
    period: fc.constant("plan"),
    year: fc.option(fc.integer({ min: 1990, max: 2100 })),
    planStart: fc.integer({ min: 1, max: 12 }),
  }),
  fc.record({ period: fc.constant("range"), from: fc.option(day), to: fc.option(day) }),
  fc.constant({ period: "undated" }),
);
const definitions = fc.oneof(
  fc.record({ definition: fc.constantFrom("gross", "box1") }),
  fc.record({ definition: fc.constant("plan"), names: fc.uniqueArray(fc.option(word), { maxLength: 4 }) }),
);
const query = fc
  .tuple(fc.record(common), periods, definitions)
  .map(([rest, period, definition]) => YtdQuery.parse({ ...rest, ...period, ...definition }));

describe("the address of year-to-date wages", () => {
  it("says the same after writing and reading: definition, period and as-of date included", () => {
    fc.assert(
      fc.property(query, (state) => {
        expect(readBack(ytdEntries(state))).toEqual(state);
      }),
    );
  });

  it("whatever somebody types into it is a query that the domain takes", () => {
    const names = [
      "def",
      "name",
      "period",
      "year",
      "start",
      "from",
      "to",
      "asof",
      "people",
      "pay",
      "q",
      "sort",
      "after",
      "n",
    ];
    const typed = fc.dictionary(
      fc.constantFrom(...names),
      fc.oneof(
        fc.string(),
        fc.constant("a\0b"),
        fc.constant("2026-02-31"),
        fc.string({ minLength: 300 }),
        fc.array(fc.string()),
      ),
    );
    fc.assert(
      fc.property(typed, (params) => {
        expect(YtdQuery.safeParse(readYtdAddress(params)).success).toBe(true);
      }),
    );
  });

  it("of this year's gross pay is empty", () => {
    expect(definitionEntries(readYtdAddress({}))).toEqual([]);
    expect(ytdEntries(readYtdAddress({ from: "2026-02-31", year: "x" }))).toEqual([]);
  });
});
