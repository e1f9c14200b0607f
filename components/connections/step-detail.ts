import type { Step, StepState } from "@/components/ui/step-progress";
import { formatDuration, formatRelative } from "@/lib/format/dates";
import { formatCount, formatNumber } from "@/lib/format/money";
import type { StepWaitView, SyncStepView } from "@/lib/domain/connections/run-views";
import { stepShare } from "./connection-look";

/** What a step's row says; pure. */

type Unit = readonly [one: string, many: string];

const people: Unit = ["person", "people"];
const units: Record<string, Unit> = {
  company: ["company", "companies"],
  directory: people,
  individual: people,
  employment: people,
  pay_groups: ["pay group", "pay groups"],
  payments: ["payment", "payments"],
  pay_statements: ["statement", "statements"],
  pay_statement_items: ["name", "names"],
  pay_statement_rules: ["rule", "rules"],
  benefits: ["deduction", "deductions"],
  documents: ["document", "documents"],
};

export interface StepDetail extends Omit<Step, "label" | "detail" | "meta"> {
  detail: string;
  meta: string;
  /** Items that Finch answered with an error. */
  errors: number;
}

const states: Record<SyncStepView["status"], StepState> = {
  pending: "pending",
  running: "running",
  waiting: "waiting",
  succeeded: "done",
  failed: "failed",
  skipped: "skipped",
};

function stateOf({ status, itemErrors, wait }: SyncStepView): StepState {
  if (wait && (status === "running" || status === "pending")) return "waiting";
  return status === "succeeded" && itemErrors > 0 ? "attention" : states[status];
}

/** "14 of 31 payments", "1,204 people"; empty where nothing is counted. */
export function stepCount({ name, done, total, status }: SyncStepView): string {
  const unit = units[name];
  if (!unit || (status === "skipped" && done === 0)) return "";
  if (total === null) return done > 0 ? formatCount(done, ...unit) : "";
  if (total === 0 && status === "succeeded") return `no ${unit[1]}`;
  return done >= total
    ? formatCount(total, ...unit)
    : `${formatNumber(done)} of ${formatCount(total, ...unit)}`;
}

/** "pay-statement" as Finch names its quotas; an address's set is this server's. */
export const quotaName = (key: string): string =>
  key.includes(":") ? "quota of requests for this server" : `${key} quota`;

/** "about 6 min", from now on. */
export function timeLeft(until: string, now: string): string {
  const ms = Math.max(0, new Date(until).getTime() - new Date(now).getTime());
  return ms < 60_000 ? "less than a minute" : `about ${formatDuration(Math.ceil(ms / 60_000) * 60_000)}`;
}

function waitText(wait: StepWaitView, message: string | null, now: string): string {
  if (wait.kind === "quota") {
    const place =
      wait.ahead === null
        ? ""
        : wait.ahead === 0
          ? ", next in line"
          : `, ${formatNumber(wait.ahead)} before it`;
    const time = wait.until === null ? "" : `, ${timeLeft(wait.until, now)}`;
    return `Waits for Finch’s ${quotaName(wait.key)}${place}${time}`;
  }
  const why = (
    message ?? (wait.kind === "finch" ? "Finch is still working on it" : "It did not work")
  ).replace(/\.$/, "");
  const verb = wait.kind === "finch" ? "looks again" : "tries again";
  return wait.until === null ? why : `${why}; ${verb} ${soon(wait.until, now)}`;
}

const soon = (until: string, now: string) =>
  new Date(until) <= new Date(now) ? "now" : formatRelative(until, new Date(now), null);

function requestsText({ requests, plannedRequests, status }: SyncStepView): string {
  if (status === "pending" && requests === 0)
    return plannedRequests ? `${formatNumber(plannedRequests)} planned` : "";
  const isOpen = status === "running" || status === "waiting" || status === "pending";
  if (isOpen && plannedRequests !== null && plannedRequests > 0)
    return `${formatNumber(requests)} of ${formatCount(Math.max(plannedRequests, requests), "request")}`;
  return requests > 0 ? formatCount(requests, "request") : "";
}

/** How a run ends before its steps do; the run itself says why. */
const cutShort = new Set(["not_reached", "cancelled", "disconnected", "reconnected", "forbidden"]);

function skippedText({ outcome, message, done }: SyncStepView, count: string): string {
  if (!cutShort.has(outcome ?? "")) return message ?? outcome?.replaceAll("_", " ") ?? "skipped";
  return done > 0 ? `stopped at ${count}` : "not reached";
}

function detailOf(step: SyncStepView, now: string): string {
  const { status, wait, message, trouble } = step;
  const count = stepCount(step);
  if (trouble) return trouble.happened;
  if (wait) return [waitText(wait, message, now), count].filter(Boolean).join(" · ");
  if (status === "skipped") return skippedText(step, count);
  if (status === "pending") return "not started";
  // What could not be read is counted behind it, with a way to it.
  const more = step.itemErrors > 0 && message?.includes("could not be read") ? null : message;
  return (
    [count, status === "succeeded" ? more : null].filter(Boolean).join(" · ") ||
    (status === "succeeded" ? "done" : "")
  );
}

export function stepDetail(step: SyncStepView, now: string): StepDetail {
  const time = step.durationMs === null ? "" : formatDuration(step.durationMs);
  return {
    key: `${step.name}:${step.entityId}`,
    state: stateOf(step),
    detail: detailOf(step, now),
    errors: step.itemErrors,
    meta: [requestsText(step), time].filter(Boolean).join(" · "),
    progress: stepShare(step),
  };
}
