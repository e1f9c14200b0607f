import type { SyncStepRow } from "@/db/repositories/sync-runs";
import type { StepTroubleView } from "./run-views";

/** What a failed step means and what helps, by how it ended; pure. */

const things: Record<string, string> = {
  introspect: "access and products",
  finch_jobs: "Finch's own updates",
  company: "company data",
  directory: "the directory",
  individual: "personal details",
  employment: "employment",
  pay_groups: "pay groups",
  payments: "payments",
  pay_statements: "pay statements",
  pay_statement_items: "the names of pay lines",
  pay_statement_rules: "rules on pay lines",
  benefits: "deductions",
  documents: "documents",
};

export const thingOf = (step: string): string => things[step] ?? step.replaceAll("_", " ");
const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const nameRequest = "give the Finch request below to support";

const remedies: Record<string, (provider: string, thing: string) => string> = {
  pending: () => `Setting up takes longer than it should: ${nameRequest}.`,
  reauthenticate: (provider) => `Reconnect ${provider} as an administrator. The sync then starts by itself.`,
  setup_required: (provider) => `Finish setting up the account at ${provider}, then reconnect.`,
  forbidden_scope: (provider, thing) => `Reconnect ${provider} and share ${thing}.`,
  insufficient_permissions: (provider, thing) =>
    `Reconnect with an account that may see ${thing} at ${provider}, or widen what this one may see there.`,
  payment_required: () => "Nothing for you: the operator of Perch has to settle an invoice with Finch.",
  not_found: () => `Nothing now; the next sync asks again. If this stays, ${nameRequest}.`,
  unprocessable: () => `Trying again changes nothing: ${nameRequest}.`,
  rate_limited: () => "Nothing: the next sync asks again.",
  provider_error: (provider) =>
    `Nothing now; the next sync asks again. If ${provider} works for you and this stays for a day, ${nameRequest}.`,
  finch_error: () => `Nothing now; the next sync asks again. If this stays for a day, ${nameRequest}.`,
  timeout: () => `Nothing now; the next sync asks again. If this stays for a day, ${nameRequest}.`,
  malformed: () => `Trying again rarely helps: ${nameRequest}.`,
};

/** A failed step in three parts. The message of a step holds nobody's data. */
export function stepTrouble(
  step: Pick<SyncStepRow, "name" | "outcome" | "message" | "done">,
  providerName: string,
): StepTroubleView {
  const thing = thingOf(step.name);
  const remedy = remedies[step.outcome ?? ""] ?? remedies["finch_error"];
  return {
    happened:
      step.message ?? `This step failed: ${(step.outcome ?? "for an unknown reason").replaceAll("_", " ")}.`,
    means: meaning(step, sentence(thing)),
    todo: remedy ? remedy(providerName, thing) : "",
  };
}

function meaning({ name, done }: Pick<SyncStepRow, "name" | "done">, thing: string): string {
  if (name === "introspect") return "Nothing was read in this sync. What is here stays, and gets older.";
  if (name === "finch_jobs") return "Whether Finch has newer data is not known; what it has was read.";
  return done > 0
    ? `${thing}: some of it came before the failure. The rest stays as it was, and gets older.`
    : `${thing}: nothing new came. What is here stays as it was, and gets older.`;
}
