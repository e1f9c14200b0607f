import { describe, expect, it } from "vitest";
import type { SyncStepView } from "@/lib/domain/connections/run-views";
import { paymentsProgress } from "./payments-progress";

type Step = Pick<SyncStepView, "name" | "status" | "outcome" | "wait" | "trouble">;
const step = (values: Partial<Step>): Step => ({
  name: "payments",
  status: "succeeded",
  outcome: "ok",
  wait: null,
  trouble: null,
  ...values,
});
const said = (steps: Step[] | null, more = {}) =>
  paymentsProgress({
    products: ["payment"],
    providerName: "Gusto",
    lastSyncSucceededAt: null,
    latestRun: steps && { steps },
    ...more,
  });

describe("why payments are not here", () => {
  it("a 202 is neither an error nor an empty list", () => {
    expect(said([step({ status: "skipped", outcome: "pending" })])).toContain("still fetching");
    expect(said([step({ status: "waiting", wait: { kind: "finch", until: null } })])).toContain(
      "still fetching",
    );
    expect(said([step({ status: "waiting", wait: { kind: "retry", until: null } })])).toContain("being read");
  });

  it("is told by the entity that lacks them, and not at all once all are read", () => {
    expect(said([step({}), step({ status: "failed" })])).toContain("could not be read");
    expect(said([step({}), step({})])).toBeNull();
  });

  it("a provider without payments, one never read and one that may not read them differ", () => {
    expect(said([step({ status: "skipped", outcome: "not_implemented" })])).toContain(
      "does not give payments",
    );
    expect(said(null)).toContain("Nothing was read");
    expect(said([step({ name: "directory" })], { lastSyncSucceededAt: "2026-01-01T00:00:00Z" })).toBeNull();
    expect(said(null, { products: ["directory"] })).toBeNull();
  });
});
