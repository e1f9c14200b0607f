import { inScope } from "@/db/client";
import { readClock } from "@/db/repositories/connections-clock";
import { listRetentionRuns, type RetentionRunRow } from "@/db/repositories/retention";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import { dailyRetentionAt } from "@/lib/jobs/retention";
import { retentionKinds } from "./kinds";

const shownRuns = 30;
const hourMs = 3_600_000;
/** A day and two hours: a run that is late for longer did not come. */
const overdueMs = 26 * hourMs;

export interface RetentionKindView {
  key: string;
  label: string;
  deletes: string;
  kept: string;
  setting: string | null;
  /** What the last run that handled it deleted: "12 mails", or null before the first. */
  last: string | null;
}

export interface RetentionRunView {
  id: string;
  startedAt: Date;
  /** Null while it runs, and where it was killed. */
  durationMs: number | null;
  state: "done" | "failed" | "running" | "broken_off";
  /** "12 mails", largest first; empty where nothing was due. */
  counts: string[];
  /** Kind and code of the first failure. */
  errorCode: string | null;
  failures: number;
}

export interface RetentionView {
  kinds: RetentionKindView[];
  runs: RetentionRunView[];
  /** The last run that ended. */
  lastAt: Date | null;
  nextAt: Date;
  /** No run ended for 26 hours. */
  overdue: boolean;
  now: Date;
}

/** What is kept how long, and what the daily runs deleted. @throws DomainError FORBIDDEN */
export async function getRetention(ctx: Context): Promise<RetentionView> {
  requirePermission(ctx, "platform:read");
  const { rows, now } = await inScope(
    { ...ctx, scope: { kind: "platform" } },
    async (tx) => ({ now: await readClock(tx), rows: await listRetentionRuns(tx, shownRuns) }),
    { readOnly: true },
  );
  const lastAt = rows.find((row) => row.finishedAt !== null)?.startedAt ?? null;
  return {
    kinds: retentionKinds.map(({ key, label, deletes, kept, setting }) => {
      const row = rows.find(({ results }) => key in readResults(results));
      const count = row && readResults(row.results)[key];
      return {
        key,
        label,
        deletes,
        setting,
        kept: kept(),
        last: count === undefined ? null : count === 0 ? "nothing" : amount(key, count),
      };
    }),
    runs: rows.map((row) => toRun(row, now)),
    lastAt,
    nextAt: nextRun(now),
    overdue: lastAt === null || now.getTime() - lastAt.getTime() > overdueMs,
    now,
  };
}

/** The next time of the daily run after an instant. */
export function nextRun(now: Date): Date {
  const next = new Date(now);
  next.setUTCHours(dailyRetentionAt.hour, dailyRetentionAt.minute, 0, 0);
  if (next <= now) next.setUTCDate(next.getUTCDate() + 1);
  return next;
}

function readResults(stored: unknown): Record<string, number> {
  if (typeof stored !== "object" || stored === null) return {};
  const counts = Object.entries(stored).filter(
    (pair): pair is [string, number] => typeof pair[1] === "number",
  );
  return Object.fromEntries(counts);
}

function amount(key: string, count: number): string {
  const [one, many] = retentionKinds.find((kind) => kind.key === key)?.unit ?? ["row", "rows"];
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}

function toRun(row: RetentionRunRow, now: Date): RetentionRunView {
  const { id, startedAt, finishedAt, failures, errorCode } = row;
  const isOld = now.getTime() - startedAt.getTime() > hourMs;
  return {
    id,
    startedAt,
    durationMs: finishedAt ? finishedAt.getTime() - startedAt.getTime() : null,
    state: finishedAt ? (failures > 0 ? "failed" : "done") : isOld ? "broken_off" : "running",
    counts: Object.entries(readResults(row.results))
      .filter(([, count]) => count > 0)
      .sort(([, a], [, b]) => b - a)
      .map(([key, count]) => labelled(key, count)),
    errorCode,
    failures,
  };
}

function labelled(key: string, count: number): string {
  const label = retentionKinds.find((kind) => kind.key === key)?.label ?? key;
  return `${label}: ${amount(key, count)}`;
}
