import type { FreshnessPerchProps } from "@/components/ui/freshness-perch";
import { enumLabel } from "@/lib/format/enums";
import { dateInZone, formatDate } from "@/lib/format/dates";
import { formatCount, formatNumber } from "@/lib/format/money";
import type { ConnectionView, SyncRunView, SyncStepView } from "@/lib/domain/connections/views";

/** How facts of a connection are drawn and said; pure. */

const stepLabels: Record<string, string> = {
  introspect: "Access and products",
  finch_jobs: "Finch’s own updates",
  company: "Company",
  directory: "Directory",
  individual: "Individual",
  employment: "Employment",
  pay_groups: "Pay groups",
  payments: "Payments",
  pay_statements: "Pay statements",
  pay_statement_items: "Names of pay lines",
  pay_statement_rules: "Rules on pay lines",
  benefits: "Deductions",
  documents: "Documents",
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

const waitWords = { quota: ", waiting for quota", finch: ", waiting for Finch", retry: ", trying again" };

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
  const waits = current.wait ? waitWords[current.wait.kind] : "";
  return {
    done,
    total,
    share,
    label: `Step ${Math.min(total, done + 1)} of ${total}: ${name}${waits}`,
    count: current.total === null ? null : `${formatNumber(current.done)} / ${formatNumber(current.total)}`,
  };
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
  repair: "repair",
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
