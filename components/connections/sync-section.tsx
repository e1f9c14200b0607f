import { Section } from "@/components/ui/section";
import { StepList } from "@/components/ui/step-progress";
import { formatDuration, formatInstant } from "@/lib/format/dates";
import type { ConnectionDetailView, SyncRunView } from "@/lib/domain/connections/views";
import { reasonLabels, runProgress, toSteps } from "./connection-look";

function noteOf(run: SyncRunView, zone: string, now: Date): string {
  const reason = reasonLabels[run.reason] ?? run.reason;
  const began = formatInstant(run.startedAt ?? run.createdAt, zone, { now });
  const startedAt = run.startedAt ? new Date(run.startedAt).getTime() : null;
  const took =
    run.finishedAt && startedAt ? formatDuration(new Date(run.finishedAt).getTime() - startedAt) : null;
  const reached = run.steps.findIndex((step) => step.status === "failed") + 1;
  const endings: Record<string, string> = {
    queued: "waits for its turn",
    running: "running",
    waiting: "waits for Finch",
    succeeded: took ? `done in ${took}` : "done",
    partly_failed: "done in part",
    failed: reached > 0 ? `stopped at step ${reached} of ${run.steps.length}` : "failed",
    cancelled: "cancelled",
  };
  return `${reason}, ${began} · ${endings[run.status] ?? run.status}`;
}

/** The latest sync, step by step; live while it runs. */
export function SyncSection({ connection }: { connection: ConnectionDetailView }) {
  const { latestRun, timeZone, isBusy } = connection;
  const now = new Date(connection.now);
  if (!latestRun) {
    return (
      <Section title="Last sync">
        <p className="pt-3 text-sm text-muted">No sync has run yet.</p>
      </Section>
    );
  }
  return (
    <Section title={isBusy ? "Sync" : "Last sync"} note={noteOf(latestRun, timeZone, now)}>
      <p role="status" className="sr-only">
        {isBusy ? runProgress(latestRun).label : `Last sync ${latestRun.status.replaceAll("_", " ")}`}
      </p>
      <StepList steps={toSteps(latestRun, timeZone, now)} />
    </Section>
  );
}
