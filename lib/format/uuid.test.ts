import fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";
import { readUuid, readUuids } from "./uuid";

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789abcdefABCDEF"), minLength: length, maxLength: length });
/** Ids of every version and none, some of them wrong by one character. */
const nearly = fc.oneof(
  fc.uuid(),
  fc.tuple(hex(8), hex(4), hex(4), hex(4), hex(12)).map((parts) => parts.join("-")),
  fc.constantFrom(
    "00000000-0000-0000-0000-000000000000",
    "FFFFFFFF-ffff-ffff-ffff-ffffffffffff",
    "00000000-0000-0000-0000-000000000001",
  ),
  fc
    .tuple(fc.uuid(), fc.nat(35), fc.string({ maxLength: 2 }))
    .map(([id, at, put]) => id.slice(0, at) + put + id.slice(at + 1)),
  fc.tuple(fc.uuid(), fc.constantFrom("\n", " ", "\u0000")).map(([id, end]) => id + end),
);

it("takes what a verb takes, and nothing else", () => {
  fc.assert(
    fc.property(nearly, (text) => {
      // A verb takes the second of the ids with a name in small letters only.
      const small = text.toLowerCase();
      expect(readUuid(text)).toBe(z.uuid().safeParse(small).success ? small : null);
    }),
    { numRuns: 3_000 },
  );
});

it("finds no id in nothing, and keeps those of a list in order", () => {
  expect([readUuid(null), readUuid(undefined), readUuid("")]).toEqual([null, null, null]);
  const ids = [crypto.randomUUID(), crypto.randomUUID()];
  expect(readUuids([ids[1]?.toUpperCase() ?? "", "no", ids[0] ?? ""])).toEqual([ids[1], ids[0]]);
});
