import { expect, test } from "vitest";
import {
  dateInZone,
  formatDate,
  formatDuration,
  formatInstant,
  formatLongDate,
  formatRelative,
  zoneName,
} from "./dates";

const now = new Date("2026-11-19T15:00:00Z");

test("a calendar date is the same day in every zone of the machine", () => {
  const before = process.env.TZ;
  for (const zone of ["Pacific/Kiritimati", "America/Los_Angeles", "UTC"]) {
    process.env.TZ = zone;
    expect(formatDate("2019-03-04")).toBe("Mar 4, 2019");
    expect(formatDate("2024-02-29")).toBe("Feb 29, 2024");
  }
  process.env.TZ = before;
});

test("what is not a date is shown as it came", () => {
  expect(formatDate("2023-02-30")).toBe("2023-02-30");
  expect(formatDate("soon")).toBe("soon");
});

test("a long date names its weekday", () => {
  expect(formatLongDate("2026-11-19")).toBe("Thursday, November 19, 2026");
});

test("an instant is told in the employer's zone, also across the change of clocks", () => {
  expect(formatInstant("2026-11-17T07:08:31Z", "America/New_York")).toBe("Nov 17, 2026, 2:08 am");
  expect(formatInstant("2026-07-17T07:08:31Z", "America/New_York", { showZone: true })).toBe(
    "Jul 17, 2026, 3:08 am EDT",
  );
  expect(formatInstant("2026-11-17T07:08:31Z", "America/New_York", { now, seconds: true })).toBe(
    "Nov 17, 2:08:31 am",
  );
});

test("the year is left out only where it is this year in the zone", () => {
  const newYear = new Date("2027-01-01T02:00:00Z");
  expect(formatInstant("2026-12-30T12:00:00Z", "America/New_York", { now: newYear })).toBe("Dec 30, 7:00 am");
  expect(formatInstant("2026-12-30T12:00:00Z", "UTC", { now: newYear })).toBe("Dec 30, 2026, 12:00 pm");
});

test("an unknown zone falls back to UTC and says so", () => {
  expect(formatInstant("2026-11-17T07:08:00Z", "Mars/Olympus", { showZone: true })).toBe(
    "Nov 17, 2026, 7:08 am UTC",
  );
  expect(zoneName(now, null)).toBe("UTC");
});

test("the day of an instant depends on the zone", () => {
  expect(dateInZone(new Date("2026-01-01T03:00:00Z"), "America/New_York")).toBe("2025-12-31");
});

test("relative time counts whole units and turns into a date after a week", () => {
  const ago = (ms: number) => formatRelative(new Date(now.getTime() - ms), now, "UTC");
  expect(ago(10_000)).toBe("just now");
  expect(ago(119_000)).toBe("1 min ago");
  expect(ago(2 * 3_600_000)).toBe("2 h ago");
  expect(ago(47 * 3_600_000)).toBe("47 h ago");
  expect(ago(3 * 86_400_000)).toBe("3 days ago");
  expect(ago(10 * 86_400_000)).toBe("Nov 9");
  expect(ago(400 * 86_400_000)).toBe("Oct 15, 2025");
  expect(ago(-22 * 3_600_000)).toBe("in 22 h");
  expect(ago(-5_000)).toBe("in a moment");
});

test("durations name one unit, hours two", () => {
  expect(formatDuration(312)).toBe("312 ms");
  expect(formatDuration(8_290)).toBe("8.2 s");
  expect(formatDuration(240_000)).toBe("4 min");
  expect(formatDuration(3_900_000)).toBe("1 h 5 min");
});
