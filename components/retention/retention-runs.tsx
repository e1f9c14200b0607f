import { Chip } from "@/components/ui/status-chip";
import type { ShapeName } from "@/components/ui/status-shape";
import { SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { Tone } from "@/components/ui/tone";
import type { RetentionRunView } from "@/lib/domain/retention/get-retention";
import { formatDuration, formatInstant } from "@/lib/format/dates";
import { formatCount } from "@/lib/format/money";

const looks: Record<RetentionRunView["state"], { tone: Tone; shape: ShapeName; label: string }> = {
  done: { tone: "healthy", shape: "check", label: "Done" },
  failed: { tone: "failing", shape: "octagon", label: "Failed in part" },
  running: { tone: "waiting", shape: "ring", label: "Running" },
  broken_off: { tone: "attention", shape: "triangle", label: "Broken off" },
};

/** The last runs, newest first, with what each deleted. */
export function RetentionRuns({ runs, now }: { runs: readonly RetentionRunView[]; now: Date }) {
  return (
    <Table label="Runs of retention" density="relaxed">
      <THead>
        <TR>
          <TH>Started</TH>
          <TH>Result</TH>
          <TH wide>Deleted</TH>
          <TH numeric wide>
            Took
          </TH>
        </TR>
      </THead>
      <TBody>
        {runs.map((run) => (
          <RunRow key={run.id} run={run} now={now} />
        ))}
      </TBody>
    </Table>
  );
}

function RunRow({ run, now }: { run: RetentionRunView; now: Date }) {
  const look = looks[run.state];
  const deleted = run.counts.length > 0 ? run.counts.join(" · ") : "nothing was due";
  return (
    <TR>
      <TD rowHeader className="font-normal">
        <time dateTime={run.startedAt.toISOString()}>
          {formatInstant(run.startedAt, null, { now, showZone: true })}
        </time>
      </TD>
      <TD wrap>
        <Chip tone={look.tone} shape={look.shape} plain>
          {look.label}
        </Chip>
        {run.failures > 0 ? (
          <SubLine>
            {formatCount(run.failures, "kind", "kinds")} failed, first{" "}
            <span className="font-mono">{run.errorCode}</span>; tried again by itself
          </SubLine>
        ) : null}
        <SubLine className="md:hidden">{deleted}</SubLine>
      </TD>
      <TD wide wrap className="text-secondary">
        {deleted}
      </TD>
      <TD numeric wide className="text-secondary">
        {run.durationMs === null ? (
          <span className="text-muted">not ended</span>
        ) : (
          formatDuration(run.durationMs)
        )}
      </TD>
    </TR>
  );
}
