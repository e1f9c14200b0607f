import type { FreshnessPerchProps } from "@/components/ui/freshness-perch";
import type { Step, StepState } from "@/components/ui/step-progress";
import { enumLabel } from "@/lib/format/enums";
import { dateInZone, formatDate, formatDuration, formatInstant } from "@/lib/format/dates";
import { formatCount, formatNumber } from "@/lib/format/money";
import type { ConnectionView, SyncRunView, SyncStepView } from "@/lib/domain/connections/views";

/** How facts of a connection are drawn and said; pure. */

const stepLabels: Record<string, string> = {
  introspect: "Access and products",
  finch_jobs: "Finch's own updates",
  company: "Company",
  directory: "Directory",
  individual: "Individual",
  employment: "Employment",
};

export const stepLabel = (name: string): string => stepLabels[name] ?? name;
export const productLabel = (product: string): string => enumLabel("product", product);

const listFormat = new Intl.ListFormat("en-US", { type: "conjunction" });
export const listProducts = (products: readonly string[]): string =>
  listFormat.format(
    products.map((product) =>
      productLabel(product).toLowerCase().replace("social security", "Social Security"),
    ),
  );

const ended = new Set(["succeeded", "skipped", "failed"]);

/** 0 to 1 within a step, where its size is known. */
export function stepShare(step: SyncStepView): number | null {
  if (step.total === null) return null;
  return step.total === 0 ? 1 : Math.min(1, step.done / step.total);
}

export interface RunProgress {
  done: number;
  total: number;
  share: number | null;
  label: string;
  count: string | null;
}

/** "Step 4 of 6: individual", "12 / 20". */
export function runProgress(run: SyncRunView): RunProgress {
  const total = run.steps.length;
  const done = run.steps.filter((step) => ended.has(step.status)).length;
  const current =
    run.steps.find((step) => step.status === "running") ?? run.steps.find((step) => !ended.has(step.status));
  if (!current) return { done, total, share: null, label: `${total} of ${total} steps done`, count: null };
  const share = stepShare(current);
  const name = stepLabel(current.name).toLowerCase();
  const waits = current.status === "waiting" ? ", waiting for Finch" : "";
  return {
    done,
    total,
    share,
    label: `Step ${Math.min(total, done + 1)} of ${total}: ${name}${waits}`,
    count: current.total === null ? null : `${formatNumber(current.done)} / ${formatNumber(current.total)}`,
  };
}

const stepStates: Record<SyncStepView["status"], StepState> = {
  pending: "pending",
  running: "running",
  waiting: "waiting",
  succeeded: "done",
  failed: "failed",
  skipped: "skipped",
};

function stepDetail(step: SyncStepView, zone: string, now: Date): string | undefined {
  if (step.status === "failed") return step.message ?? step.outcome ?? "failed";
  if (step.status === "waiting") {
    const until = step.retryAt ? `; asks again at ${formatInstant(step.retryAt, zone, { now })}` : "";
    return `${(step.message ?? "waiting for Finch").replace(/\.$/, "")}${until}`;
  }
  if (step.status === "skipped") return step.message ?? undefined;
  const counted = step.name === "introspect" || step.name === "finch_jobs" || step.name === "company";
  const errors = step.itemErrors > 0 ? `, ${formatNumber(step.itemErrors)} without an answer` : "";
  if (step.status === "succeeded" && counted) return step.message ?? "done";
  if (step.total === null) return step.done > 0 ? formatCount(step.done, "person", "people") : undefined;
  const people = formatCount(step.total, "person", "people");
  return step.done >= step.total ? `${people}${errors}` : `${formatNumber(step.done)} of ${people}${errors}`;
}

/** The steps of a run as rows. */
export function toSteps(run: SyncRunView, zone: string, now: Date): Step[] {
  return run.steps.map((step) => {
    const requests = step.requests > 0 ? formatCount(step.requests, "request", "requests") : null;
    const time = step.durationMs === null ? null : formatDuration(step.durationMs);
    const detail = stepDetail(step, zone, now);
    return {
      key: `${step.name}:${step.entityId}`,
      label: stepLabel(step.name),
      state: step.status === "succeeded" && step.itemErrors > 0 ? "attention" : stepStates[step.status],
      ...(detail ? { detail } : {}),
      meta: [requests, time].filter(Boolean).join(" · "),
      progress: stepShare(step),
    };
  });
}

type PerchLook = Required<Pick<FreshnessPerchProps, "state" | "at">> & Pick<FreshnessPerchProps, "tone">;

const toneOfStatus: Partial<Record<ConnectionView["status"], FreshnessPerchProps["tone"]>> = {
  failing: "failing",
  action_needed: "attention",
  missing_permission: "neutral",
};

/** Where now stands between the last data and the next. */
export function perchLook(connection: ConnectionView, now: Date): PerchLook {
  const tone = toneOfStatus[connection.status];
  const { dataAsOf, dataDueAt } = connection;
  if (!dataAsOf || !dataDueAt || connection.disconnectedAt) return { state: "none", at: 0 };
  const from = new Date(dataAsOf).getTime();
  const due = new Date(dataDueAt).getTime();
  const at = (now.getTime() - from) / Math.max(1, due - from);
  if (connection.status === "syncing") return { state: "syncing", at: Math.min(1, at) };
  if (at >= 1) return { state: "late", at: 1, ...(tone ? { tone } : {}) };
  const look = { state: connection.status === "late" ? "late" : "fresh", at } as const;
  return { ...look, ...(tone ? { tone } : {}) };
}

export const reasonLabels: Record<string, string> = {
  first: "first",
  scheduled: "scheduled",
  requested: "asked for",
  reconnected: "after reconnecting",
};

/** The day of an instant in the employer's zone, without the year where it is this one: "Nov 21". */
export function dayOf(instant: string | Date, zone: string, now: Date): string {
  const day = formatDate(dateInZone(new Date(instant), zone));
  const year = `, ${dateInZone(now, zone).slice(0, 4)}`;
  return day.endsWith(year) ? day.slice(0, -year.length) : day;
}

/** Which account of the provider, and how many people it has. */
export function accountLine({ accountName, people, dataAsOf }: ConnectionView): string | null {
  const count = people === null || dataAsOf === null ? null : formatCount(people, "person", "people");
  return [accountName, count].filter(Boolean).join(" · ") || null;
}

/** Statuses that wait for a person. */
export const needsAttention = new Set<ConnectionView["status"]>([
  "action_needed",
  "missing_permission",
  "late",
  "failing",
]);
