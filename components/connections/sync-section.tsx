"use client";

import { Section } from "@/components/ui/section";
import { ProgressBar } from "@/components/ui/step-progress";
import { formatDuration, formatInstant } from "@/lib/format/dates";
import { formatCount, formatNumber } from "@/lib/format/money";
import type { SyncRunView } from "@/lib/domain/connections/run-views";
import type { ConnectionDetailView } from "@/lib/domain/connections/views";
import { CancelSync, type CancelSyncProps } from "./cancel-sync";
import { runProgress } from "./connection-look";
import { runReason } from "./run-words";
import { quotaName, timeLeft } from "./step-detail";
import { SyncSteps } from "./sync-steps";

interface SyncSectionProps {
  connection: ConnectionDetailView;
  cancel: CancelSyncProps["cancel"];
  onChanged: () => Promise<void>;
  /** Where the items that failed are listed. */
  errorsHref: string;
}

const isOpen = (run: SyncRunView) => run.finishedAt === null;

function noteOf(run: SyncRunView, { timeZone, now }: ConnectionDetailView): string {
  const began = formatInstant(run.startedAt ?? run.createdAt, timeZone, { now: new Date(now) });
  return `${runReason(run)}, ${began}`;
}

/** Requests made and planned, as far as they are known. */
function requestsOf(run: SyncRunView): { made: number; planned: number; whole: boolean } {
  const open = run.steps.filter(
    ({ status }) => status === "pending" || status === "running" || status === "waiting",
  );
  const left = open.reduce((sum, step) => sum + Math.max(0, (step.plannedRequests ?? 0) - step.requests), 0);
  return {
    made: run.requests,
    planned: run.requests + left,
    whole: open.every(({ plannedRequests }) => plannedRequests !== null),
  };
}

function endText(run: SyncRunView): string {
  const failed = run.steps.filter(({ status }) => status === "failed").length;
  const requests = formatCount(run.requests, "request");
  switch (run.status) {
    case "succeeded":
      return run.itemErrors > 0
        ? `Done with ${requests}; ${formatNumber(run.itemErrors)} without data`
        : `Done with ${requests}`;
    case "partly_failed":
      return `Done in part with ${requests}: ${formatCount(failed, "step")} failed`;
    case "failed":
      return `${run.failureMessage ?? "It failed."} ${requests}`;
    default:
      return run.failureMessage ?? "Cancelled. What had arrived stays.";
  }
}

function runText(run: SyncRunView): string {
  if (!isOpen(run)) return endText(run);
  if (run.status === "queued") return "Waits for its turn; it starts by itself";
  const { made, planned, whole } = requestsOf(run);
  const of = planned > made ? ` of ${whole ? "" : "at least "}${formatNumber(planned)}` : "";
  return `${runProgress(run).label} · ${formatNumber(made)}${of} ${planned === 1 ? "request" : "requests"} made`;
}

function timeText(run: SyncRunView, { estimate, now, timeZone }: ConnectionDetailView): string {
  if (run.finishedAt) {
    const from = run.startedAt ?? run.createdAt;
    return `took ${formatDuration(new Date(run.finishedAt).getTime() - new Date(from).getTime())}`;
  }
  if (!estimate) return "";
  const least = estimate.atLeast ? "at least " : "";
  const by = estimate.key ? `, by Finch’s ${quotaName(estimate.key)}` : "";
  const at = formatInstant(estimate.doneAt, timeZone, { now: new Date(now) });
  return `${least}${timeLeft(estimate.doneAt, now)} left${by} (${at})`;
}

/** How the run stands, in a line that is as high while it runs as after it: nothing below moves. */
function RunLine({ run, connection }: { run: SyncRunView; connection: ConnectionDetailView }) {
  const { done, total } = runProgress(run);
  return (
    <div className="relative border-b border-line py-[9px]">
      <p className="flex flex-wrap justify-between gap-x-4 text-xs text-secondary">
        <span>{runText(run)}</span>
        <span className="text-muted tabular-nums">{timeText(run, connection)}</span>
      </p>
      {isOpen(run) ? (
        <ProgressBar
          value={done / Math.max(1, total)}
          label="Steps that have ended"
          className="absolute inset-x-0 -bottom-[3px]"
        />
      ) : null}
    </div>
  );
}

/** The latest sync, step by step; live while it runs, and calm when it has ended. */
export function SyncSection({ connection, cancel, onChanged, errorsHref }: SyncSectionProps) {
  const { latestRun, isBusy, may } = connection;
  if (!latestRun) {
    return (
      <Section title="Last sync">
        <p className="pt-3 text-sm text-muted">No sync has run yet.</p>
      </Section>
    );
  }
  const stop =
    isBusy && may.sync ? (
      <CancelSync key={latestRun.id} runId={latestRun.id} cancel={cancel} onDone={onChanged} />
    ) : undefined;
  return (
    <Section title={isBusy ? "Sync" : "Last sync"} note={noteOf(latestRun, connection)} aside={stop}>
      <p role="status" className="sr-only">
        {isBusy ? runProgress(latestRun).label : `Last sync: ${endText(latestRun)}`}
      </p>
      <RunLine run={latestRun} connection={connection} />
      <SyncSteps
        steps={latestRun.steps}
        entities={connection.entities}
        now={connection.now}
        {...(connection.disconnectedAt === null ? { errorsHref } : {})}
      />
    </Section>
  );
}
