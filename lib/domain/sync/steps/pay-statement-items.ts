import type { Step } from "../work";

/** Mirrors the distinct names of lines. */
export const payStatementItemsStep: Step = async () => ({
  end: "skipped",
  outcome: "not_built",
  message: "This is not read yet.",
});
