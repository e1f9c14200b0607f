import type { CheckKind, ReconciliationRow } from "@/db/repositories/reconciliations";
import { readCheckDetail } from "./check-detail";

/** What a nightly check found, by kind: "payments whose statements are not all here: 3". */
export interface CheckCount {
  kind: string;
  /** In words, for one or many. */
  label: string;
  count: number;
}

/** One check of the mirror against itself, as screens get it: counts, no personal data. */
export interface CheckView {
  id: string;
  /** reconcile: what is behind or incomplete. totals: sums of a year against their statements. */
  kind: CheckKind;
  startedAt: string;
  finishedAt: string | null;
  /** Rows that were looked at. */
  checked: number;
  differences: number;
  /** Differences that are gone by it: of a reconcile what the repair before mended, of totals what was put right. */
  repaired: number;
  counts: CheckCount[];
  /** The sync that was asked for to mend it, where there is one. */
  repairRunId: string | null;
}

const labels: Record<string, string> = {
  statements_unread: "payments whose statements were not read",
  statements_pending: "payments whose statements Finch still fetches",
  statements_partial: "payments of which some statements are missing",
  statements_failed: "payments that Finch gave an error for",
  statements_held: "payments that came back empty and wait for a person",
  statements_count: "payments with another number of statements than Finch counted",
  item_errors: "payments, benefits, pay groups or documents with an error",
  individual_errors: "people whose profile could not be read",
  employment_errors: "people whose employment could not be read",
  individual_missing: "people whose profile was never read",
  employment_missing: "people whose employment was never read",
  pay_groups_unread: "pay groups whose members were not read",
  enrollments_unread: "deductions whose enrollments were not read",
  documents_unread: "documents without their content",
  unsupported_changed: "products that the provider may offer by now",
  run_without_job: "syncs that nobody worked on",
  not_scheduled: "connections without a next sync",
  overdue: "connections whose next sync did not come",
  totals: "sums of a year that were not those of their statements",
};

/** A row of reconciliations as screens get it. */
export function toCheckView(row: ReconciliationRow): CheckView {
  const { counts, repairRunId } = readCheckDetail(row.detail);
  return {
    id: row.id,
    kind: row.kind === "totals" ? "totals" : "reconcile",
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    checked: row.checked,
    differences: row.differences,
    repaired: row.repaired,
    counts: Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => ({ kind, label: labels[kind] ?? kind.replaceAll("_", " "), count })),
    repairRunId,
  };
}
