import { expect, it } from "vitest";
import { sinceWords } from "./coverage-words";

const unit = (values: { since?: string; through?: string; runs?: number; legalName?: string } = {}) => ({
  ...{ runs: 3, since: null, through: null, legalName: "Acme", providerName: "Gusto" },
  ...values,
});

it("a total says from when and up to when it covers pay, unless it covers all of the period", () => {
  expect(sinceWords([unit()])).toBeNull();
  expect(sinceWords([unit({ since: "2026-09-22" })])).toBe("since Sep 22, 2026");
  expect(sinceWords([unit({ since: "2026-09-22", through: "2026-11-12" })])).toBe(
    "since Sep 22, 2026, through Nov 12, 2026",
  );
  expect(sinceWords([unit(), unit({ since: "2026-09-22", legalName: "Birch" })])).toBe(
    "Birch since Sep 22, 2026",
  );
  expect(sinceWords([unit({ since: "2026-02-06" }), unit({ since: "2026-09-22" }), unit()])).toBe(
    "2 of 3 entities not all of the time, all of them since Sep 22, 2026",
  );
  // An entity without a run in the period says nothing of its sums.
  expect(sinceWords([unit(), unit({ since: "2026-09-22", runs: 0 })])).toBeNull();
});
