import fc from "fast-check";
import { expect, test } from "vitest";
import { formatBasisPoints, formatCount, formatMoney, moneyParts } from "./money";

test("cents are grouped and keep both decimals", () => {
  expect(formatMoney(123456, "USD")).toBe("$1,234.56");
  expect(formatMoney(5n, "USD")).toBe("$0.05");
  expect(formatMoney(0, "USD")).toBe("$0.00");
  expect(formatMoney(931844218n, "USD")).toBe("$9,318,442.18");
});

test("amounts beyond 2^53 stay exact", () => {
  expect(formatMoney(900719925474099312n, "USD")).toBe("$9,007,199,254,740,993.12");
});

test("a minus is the minus sign and stands before the symbol", () => {
  expect(formatMoney(-123456, "USD")).toBe("−$1,234.56");
});

test("currencies without and with three minor digits are not divided by a hundred", () => {
  expect(formatMoney(1234, "JPY")).toBe("¥1,234");
  expect(formatMoney(1234, "KWD")).toBe("1.234 KWD");
  expect(formatMoney(12, "KWD")).toBe("0.012 KWD");
});

test("an unknown amount is never a zero", () => {
  expect(formatMoney(null, "USD")).toBeNull();
  expect(formatMoney(undefined, "USD")).toBeNull();
});

test("without a currency, or where the caption says it, no symbol is made up", () => {
  expect(formatMoney(123456, null)).toBe("1,234.56");
  expect(formatMoney(123456, "USD", { symbol: false })).toBe("1,234.56");
  expect(formatMoney(100, "X1")).toBe("1.00 X1");
});

test("a sum that lacks parts says so", () => {
  expect(formatMoney(15880210, "USD", { atLeast: true, symbol: false })).toBe("≥ 158,802.10");
});

test("parts joined are the amount", () => {
  expect(moneyParts(-41280637, "USD")).toEqual({ lead: "−$", whole: "412,806", fraction: ".37", trail: "" });
});

test("every amount reads back as itself", () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.constantFrom("USD", "JPY", "KWD", null), (amount, currency) => {
      const text = formatMoney(amount, currency, { symbol: false });
      expect(BigInt(text.replace("−", "-").replace(/[,.]/g, ""))).toBe(amount);
    }),
  );
});

test("basis points read as percent without idle zeros", () => {
  expect(formatBasisPoints(500)).toBe("5%");
  expect(formatBasisPoints(525)).toBe("5.25%");
  expect(formatBasisPoints(1000)).toBe("10%");
  expect(formatBasisPoints(-50)).toBe("−0.5%");
});

test("a count agrees with its noun", () => {
  expect(formatCount(1, "person", "people")).toBe("1 person");
  expect(formatCount(1142, "statement")).toBe("1,142 statements");
});
