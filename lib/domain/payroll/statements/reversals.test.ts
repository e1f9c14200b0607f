import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairReversals, placeOf, type OpposedLine } from "./reversals";

const today = "2026-11-22";
let serial = 0;
const line = (payDate: string | null, amountCents: bigint, more: Partial<OpposedLine> = {}): OpposedLine => ({
  ...{ statementId: `s${(serial += 1)}`, paymentId: "p", ordinal: 0, payDate, amountCents },
  ...{ category: "earning", name: "Bonus", currency: "usd", ...more },
});

describe("a negative line", () => {
  it("takes back the latest equal one before it, and both say so", () => {
    const lines = [
      line("2026-01-05", 50n),
      line("2026-01-19", 50n),
      line("2026-02-02", -50n),
      line("2026-02-16", 50n),
    ];
    const [, second, negative] = lines as [OpposedLine, OpposedLine, OpposedLine];
    const pairs = pairReversals(lines, today);
    expect(pairs.size).toBe(2);
    expect(pairs.get(placeOf(negative))).toMatchObject({
      role: "reverses",
      statementId: second.statementId,
      closedYear: null,
    });
    expect(pairs.get(placeOf(second))).toMatchObject({
      role: "reversed_by",
      statementId: negative.statementId,
    });
  });

  it("takes back one of its own statement first", () => {
    const lines = [
      line("2026-01-05", 50n),
      line("2026-02-02", 50n, { statementId: "x" }),
      line("2026-02-02", -50n, { statementId: "x", ordinal: 1 }),
    ];
    expect(pairReversals(lines, today).get("x 1")).toMatchObject({ role: "reverses", statementId: "x" });
  });

  it("of a closed year needs a look at its W-2; within a year, or of the running one, it does not", () => {
    const closed = (paid: string, taken: string) => {
      const negative = line(taken, -50n);
      return pairReversals([line(paid, 50n), negative], today).get(placeOf(negative))?.closedYear;
    };
    expect(closed("2025-12-19", "2026-01-15")).toBe(2025);
    expect(closed("2025-03-07", "2025-12-19")).toBeNull();
    expect(closed("2026-03-06", "2026-12-18")).toBeNull();
    expect(closed("2026-03-06", "2027-01-15")).toBeNull();
  });

  it.each<[string, Partial<OpposedLine>]>([
    ["name", { name: "Spot award" }],
    ["category", { category: "deduction" }],
    ["currency", { currency: "eur" }],
    ["amount", { amountCents: -51n }],
  ])("of another %s is no reversal", (_, other) => {
    expect(pairReversals([line("2026-01-05", 50n), line("2026-01-19", -50n, other)], today).size).toBe(0);
  });
});

it("every pair is mutual, opposite and of one kind, and no line is in two", () => {
  const day = fc.constantFrom("2025-12-19", "2026-01-15", "2026-06-05", null);
  const any = fc.array(fc.tuple(day, fc.constantFrom(5n, -5n, 7n, -7n), fc.constantFrom("a", null)), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(any, (made) => {
      const lines = made
        .map(([payDate, cents, name]) => line(payDate, cents, { name }))
        .toSorted((one, other) => (one.payDate ?? "").localeCompare(other.payDate ?? ""));
      const pairs = pairReversals(lines, today);
      const at = new Map(lines.map((each) => [placeOf(each), each]));
      for (const [place, { role, statementId }] of pairs) {
        const [own, other] = [at.get(place), at.get(`${statementId} 0`)];
        expect(own?.amountCents).toBe(-(other?.amountCents ?? 0n));
        expect(own?.name).toBe(other?.name);
        expect(pairs.get(`${statementId} 0`)?.statementId).toBe(own?.statementId);
        expect(role).toBe((own?.amountCents ?? 0n) < 0n ? "reverses" : "reversed_by");
      }
    }),
  );
});
