import { parseCronItems } from "graphile-worker";
import { describe, expect, it } from "vitest";
import { schedules } from "@/lib/jobs/schedules";
import { nextRun } from "./next-run";

const at = (text: string) => new Date(`${text}Z`);

describe("the next time of a schedule", () => {
  it.each([
    ["* * * * *", "2026-11-22T10:15:30", "2026-11-22T10:16"],
    ["17 * * * *", "2026-11-22T10:17:00", "2026-11-22T11:17"],
    ["17 * * * *", "2026-11-22T10:16:59", "2026-11-22T10:17"],
    ["23 3 * * *", "2026-11-22T03:23:00", "2026-11-23T03:23"],
    ["23 3 * * *", "2026-12-31T22:00:00", "2027-01-01T03:23"],
    ["*/20 5,6 * * *", "2026-11-22T06:41:00", "2026-11-23T05:00"],
  ])("%s after %s is %s", (match, after, next) => {
    expect(nextRun(match, at(after))).toEqual(at(`${next}:00`));
  });

  it("is the one at which the worker's own clock would give the job, for each of ours", () => {
    const start = at("2026-11-22T22:59:12");
    for (const { job, match } of schedules) {
      const [item] = parseCronItems([{ task: job, match }]);
      const next = nextRun(match, start);
      const gives = (date: Date) =>
        item?.match({
          min: date.getUTCMinutes(),
          hour: date.getUTCHours(),
          date: date.getUTCDate(),
          month: date.getUTCMonth() + 1,
          dow: date.getUTCDay(),
        });
      const first = Array.from(
        { length: 2_000 },
        (_, n) => new Date(at("2026-11-22T23:00:00").getTime() + n * 60_000),
      );
      expect(next, match).toEqual(first.find(gives));
    }
  });

  it("of a schedule with days is not guessed", () => {
    expect(() => nextRun("0 0 1 * *", new Date())).toThrow(/not understood/);
    expect(() => nextRun("61 * * * *", new Date())).toThrow(/not understood/);
  });
});
