import type { Step } from "../work";

/** Mirrors the rules that label lines. */
export const payStatementRulesStep: Step = async () => ({
  end: "skipped",
  outcome: "not_built",
  message: "This is not read yet.",
});
