import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatMoney } from "./money";
import { parseMoney } from "./parse-money";

describe("parseMoney", () => {
  it.each([
    ["24,500", 2_450_000n],
    ["$1,234.5", 123_450n],
    ["−12.00", -1_200n],
    [" 0.07 ", 7n],
    ["12.", 1_200n],
  ])("%s", (text, cents) => expect(parseMoney(text)).toBe(cents));

  it.each(["", "abc", "1.234", "1e5", "--1", "1-", "12345678901234567890"])("%s is no amount", (text) =>
    expect(parseMoney(text)).toBeNull(),
  );

  it("reads back whatever is shown", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), (cents) => {
        expect(parseMoney(formatMoney(cents, "USD"))).toBe(cents);
      }),
    );
  });
});
