import { Definition, DefinitionList } from "@/components/ui/definition-list";
import { TextLink } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { Chip } from "@/components/ui/status-chip";
import type { QueueSummaryView } from "@/lib/domain/jobs/get-queue-summary";
import { formatNumber } from "@/lib/format/money";
import { paths } from "@/lib/paths";

/** The queue at a glance: whether anybody works on it, what waits, what was given up. */
export function QueuePanel({ queue }: { queue: QueueSummaryView }) {
  const { due, oldestDueAt, running, failed, retrying, alive, gone, now } = queue;
  return (
    <Section
      title="Queue"
      aside={
        <TextLink href={paths.adminJobs()} quiet>
          All jobs
        </TextLink>
      }
    >
      <DefinitionList>
        <Definition term="Workers">
          {alive > 0 || running > 0 ? (
            <Chip plain tone={gone > 0 ? "attention" : "healthy"} shape={gone > 0 ? "triangle" : "check"}>
              {gone > 0 ? `${alive} alive, ${gone} gone` : `${alive} alive`}
            </Chip>
          ) : (
            <Chip plain tone="failing" shape="octagon">
              none alive
            </Chip>
          )}
        </Definition>
        <Definition term="Jobs due">
          {due > 0 ? formatNumber(due) : <span className="text-muted">none</span>}
          {oldestDueAt ? (
            <>
              , <RelativeTime value={oldestDueAt} now={now} zone={null} prefix="oldest due " />
            </>
          ) : null}
        </Definition>
        <Definition term="Running">
          {running > 0 ? formatNumber(running) : <span className="text-muted">none</span>}
        </Definition>
        <Definition term="Given up">
          {failed > 0 ? (
            <TextLink
              href={paths.adminJobs({ state: "failed" })}
              className="inline-flex min-h-6 items-center"
            >
              {formatNumber(failed)}, start again
            </TextLink>
          ) : (
            <span className="text-muted">none</span>
          )}
          {retrying > 0 ? (
            <span className="block text-xs text-muted">{formatNumber(retrying)} trying again</span>
          ) : null}
        </Definition>
      </DefinitionList>
    </Section>
  );
}
