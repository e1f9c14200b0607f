import { describe, expect, it } from "vitest";
import { anyText, placeInput, readPage, uuid, writePlace } from "./place";

const numbers = Array.from({ length: 7 }, (_, index) => 7 - index);
/** Newest first, as a table would give them. */
const read = async (from: string[] | null, backwards: boolean, limit: number) => {
  const at = from === null ? null : Number(from[1]);
  const past = numbers.filter((n) => at === null || (backwards ? n > at : n < at));
  return (backwards ? past.reverse() : past).slice(0, limit);
};
const page = (after: number | null, before: number | null = null) =>
  readPage({
    after: after === null ? null : ["", String(after)],
    before: before === null ? null : ["", String(before)],
    size: 3,
    read,
    placeOf: (n) => ["", String(n)],
  });

describe("pages", () => {
  it("follow each other without a gap, and back again", async () => {
    expect(await page(null)).toEqual({ rows: [7, 6, 5], newer: null, older: "~5" });
    expect(await page(5)).toEqual({ rows: [4, 3, 2], newer: "~4", older: "~2" });
    expect(await page(2)).toEqual({ rows: [1], newer: "~1", older: null });
    expect(await page(null, 1)).toEqual({ rows: [4, 3, 2], newer: "~4", older: "~2" });
    expect(await page(null, 4)).toEqual({ rows: [7, 6, 5], newer: null, older: "~5" });
  });

  it("past the end are empty, and lead nowhere", async () => {
    expect(await page(1)).toEqual({ rows: [], newer: null, older: null });
  });
});

describe("a place", () => {
  const at = "2026-11-22 11:02:03.12345+00";

  it("comes back as it was written", () => {
    const place = [at, "individual//a~b"];
    expect(placeInput(anyText).parse(writePlace(place))).toEqual(place);
    expect(placeInput(anyText).parse("-infinity~x")).toEqual(["-infinity", "x"]);
  });

  it.each([
    "0000-01-01 00:00:00+00",
    "2026-02-30 00:00:00+00",
    "2026-01-01 00:00:00+99",
    "2026-01-01 24:00:00+00",
  ])("at an instant that PostgreSQL has not is nothing: %s", (instant) =>
    expect(placeInput(anyText).parse(`${instant}~x`)).toBeNull(),
  );

  it.each(["", "x", "~", `${at}~`, "2026-99-99 11:02:03+00~x", "now()~x", `${at}~\0`, null, 7])(
    "that is none is nothing: %s",
    (text) => expect(placeInput(anyText).parse(text)).toBeNull(),
  );

  it("of rows with a uuid has one", () => {
    const id = "8a1c8f6e-0f5b-4f5b-9c3e-000000000001";
    expect(placeInput(uuid).parse(`${at}~${id}`)).toEqual([at, id]);
    expect(placeInput(uuid).parse(`${at}~${id}x`)).toBeNull();
  });
});
