import { expect, it } from "vitest";
import { closeDaysWords } from "./pay-choices";

it("says when a run closes that nobody entered", () => {
  expect([0, 1, 4].map(closeDaysWords)).toEqual([
    "on the pay date",
    "1 business day before the pay date",
    "4 business days before the pay date",
  ]);
});
