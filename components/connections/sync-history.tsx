import { ChevronDown, ChevronRight } from "lucide-react";
import { Section } from "@/components/ui/section";
import { Chip } from "@/components/ui/status-chip";
import type { ShapeName } from "@/components/ui/status-shape";
import { RowLink, SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { Tone } from "@/components/ui/tone";
import { formatDuration, formatInstant } from "@/lib/format/dates";
import { formatNumber } from "@/lib/format/money";
import type { SyncRunsView } from "@/lib/domain/connections/detail/list-sync-runs";
import type { SyncRunView } from "@/lib/domain/connections/run-views";
import { connectionHref, type ConnectionAddress } from "./connection-url";
import { runReason, runScope } from "./run-words";
import { SyncSteps, type EntityName } from "./sync-steps";

interface SyncHistoryProps {
  view: SyncRunsView;
  entities: readonly EntityName[];
  zone: string;
  /** The page's own path. */
  here: string;
  address: ConnectionAddress;
}

const outcomes: Record<string, { tone: Tone; shape: ShapeName; word: string }> = {
  queued: { tone: "neutral", shape: "open", word: "Queued" },
  running: { tone: "waiting", shape: "ring", word: "Running" },
  waiting: { tone: "waiting", shape: "hourglass", word: "Waiting" },
  succeeded: { tone: "healthy", shape: "check", word: "Done" },
  partly_failed: { tone: "attention", shape: "triangle", word: "In part" },
  failed: { tone: "failing", shape: "octagon", word: "Failed" },
  cancelled: { tone: "neutral", shape: "struck", word: "Cancelled" },
};

function Outcome({ run }: { run: SyncRunView }) {
  const look = outcomes[run.status] ?? { tone: "neutral" as const, shape: "open" as const, word: run.status };
  return (
    <Chip plain tone={look.tone} shape={look.shape}>
      {look.word}
      {run.itemErrors > 0 ? (
        <span className="font-normal text-muted">· {formatNumber(run.itemErrors)} without data</span>
      ) : null}
    </Chip>
  );
}

function took({ startedAt, createdAt, finishedAt }: SyncRunView): string | null {
  if (!finishedAt) return null;
  return formatDuration(new Date(finishedAt).getTime() - new Date(startedAt ?? createdAt).getTime());
}

type RowProps = Omit<SyncHistoryProps, "view"> & { run: SyncRunView; now: string };

function Row({ run, zone, here, address, now }: RowProps) {
  const isShown = address.run === run.id;
  const Icon = isShown ? ChevronDown : ChevronRight;
  return (
    <TR>
      <TD rowHeader>
        <RowLink
          href={connectionHref(here, { ...address, run: isShown ? null : run.id })}
          scroll={false}
          aria-expanded={isShown}
          aria-controls={isShown ? `run-${run.id}` : undefined}
          className="inline-flex items-center gap-1"
        >
          <Icon size={14} aria-hidden="true" className="-ml-1 text-muted" />
          {formatInstant(run.startedAt ?? run.createdAt, zone, { now: new Date(now) })}
        </RowLink>
        <SubLine className="whitespace-normal md:hidden">{runReason(run)}</SubLine>
      </TD>
      <TD wide wrap>
        {runReason(run)}
        <SubLine>{runScope(run)}</SubLine>
      </TD>
      <TD wide numeric>
        {took(run)}
      </TD>
      <TD wide numeric>
        {formatNumber(run.requests)}
      </TD>
      <TD wrap>
        <Outcome run={run} />
      </TD>
    </TR>
  );
}

/** The last syncs of a connection; one of them open, with its steps. */
export function SyncHistory({ view, entities, zone, here, address }: SyncHistoryProps) {
  const { runs, now } = view;
  const place = { entities, zone, here, address, now };
  return (
    <Section id="syncs" title="Syncs" {...(runs.length > 1 ? { note: `the last ${runs.length}` } : {})}>
      {runs.length === 0 ? (
        <p className="pt-3 text-sm text-muted">No sync has run yet.</p>
      ) : (
        <Table label="Syncs">
          <THead>
            <TR>
              <TH>When</TH>
              <TH wide>Why</TH>
              <TH wide numeric>
                Took
              </TH>
              <TH wide numeric>
                Requests
              </TH>
              <TH>Outcome</TH>
            </TR>
          </THead>
          {runs.map((run) => (
            <TBody key={run.id}>
              <Row run={run} {...place} />
              {run.id === address.run ? <Steps run={run} entities={entities} now={now} /> : null}
            </TBody>
          ))}
        </Table>
      )}
    </Section>
  );
}

function Steps({ run, entities, now }: { run: SyncRunView; entities: readonly EntityName[]; now: string }) {
  return (
    <tr>
      <td
        colSpan={5}
        id={`run-${run.id}`}
        className="border-b border-line bg-surface-sunken px-2 pb-3 md:px-6"
      >
        {run.failureMessage && run.status !== "succeeded" ? (
          <p className="pt-2.5 text-sm text-secondary">{run.failureMessage}</p>
        ) : null}
        {run.steps.length > 0 ? (
          <SyncSteps steps={run.steps} entities={entities} now={now} />
        ) : (
          <p className="pt-2.5 text-sm text-muted">Its steps are not kept.</p>
        )}
      </td>
    </tr>
  );
}
