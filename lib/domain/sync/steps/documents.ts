import type { Step } from "../work";

/** Mirrors tax forms. */
export const documentsStep: Step = async () => ({
  end: "skipped",
  outcome: "not_built",
  message: "This is not read yet.",
});
