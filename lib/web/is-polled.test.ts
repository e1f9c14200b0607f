import { expect, it } from "vitest";
import { isPolled } from "./is-polled";

it.each([
  ["/api/e/1/connections", true],
  ["/api/admin/quota", true],
  ["/admin/activity?live=1", true],
  ["/admin/activity?outcome=failed&live=1", true],
  ["/admin/activity", false],
  ["/admin/activity?live=0", false],
  ["/admin/activity?q=live=1", false],
  ["/e/1/directory?live=1", false],
  ["/api/finch/callback?live=1", false],
  [null, false],
])("%s is polled: %s", (path, polled) => {
  expect(isPolled(path)).toBe(polled);
});
