import type { Step } from "../work";

/** Mirrors the statements of a run's payments. */
export const payStatementsStep: Step = async () => ({
  end: "skipped",
  outcome: "not_built",
  message: "Pay statements are not read yet.",
});
