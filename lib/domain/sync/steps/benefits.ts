import type { Step } from "../work";

/** Mirrors deductions and contributions with their enrollments. */
export const benefitsStep: Step = async () => ({
  end: "skipped",
  outcome: "not_built",
  message: "This is not read yet.",
});
