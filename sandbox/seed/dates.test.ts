import fc from "fast-check";
import { expect, it } from "vitest";
import { addDays, isDay } from "@/sandbox/seed/dates";

const dayMs = 86_400_000;

it("addDays counts as the calendar does, over centuries and leap days", () => {
  const day = fc.integer({ min: Date.UTC(1600, 0, 1) / dayMs, max: Date.UTC(2400, 0, 1) / dayMs });
  const textOf = (days: number) => new Date(days * dayMs).toISOString().slice(0, 10);
  fc.assert(
    fc.property(day, fc.integer({ min: -40_000, max: 40_000 }), (from, days) => {
      expect(addDays(textOf(from), days)).toBe(textOf(from + days));
    }),
    { numRuns: 2_000 },
  );
  expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
  expect(addDays("1900-02-28", 1)).toBe("1900-03-01");
});

it("isDay knows days from other texts", () => {
  expect(["2026-02-28", "1999-12-31"].every(isDay)).toBe(true);
  expect([null, "", "dob", "2026-13-01", "2026-1-1", "9999-01-01", "2026-01-01T00:00:00Z"].some(isDay)).toBe(
    false,
  );
});
