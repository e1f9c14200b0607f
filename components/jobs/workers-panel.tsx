import { Definition, DefinitionList } from "@/components/ui/definition-list";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import { Chip } from "@/components/ui/status-chip";
import type { JobsView, ReapView, WorkerProcessView } from "@/lib/domain/jobs/views";
import { formatCount, formatNumber } from "@/lib/format/money";

/** Worker processes, and what each does now. */
export function WorkersPanel({ view }: { view: Pick<JobsView, "workers" | "now"> }) {
  const { workers, now } = view;
  const alive = workers.filter((worker) => worker.alive).length;
  return (
    <Section title="Workers" note={workers.length > 0 ? `${alive} of ${workers.length} alive` : undefined}>
      {workers.length > 0 ? (
        <ul>
          {workers.map((worker) => (
            <li key={worker.process} className="border-b border-line py-2 text-sm">
              <Process worker={worker} now={now} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="border-b border-line py-2 text-sm text-secondary">
          None has started yet, or all have stopped.
        </p>
      )}
    </Section>
  );
}

function Process({ worker, now }: { worker: WorkerProcessView; now: Date }) {
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-2">
        <span className="font-mono text-xs">{worker.process || "a worker"}</span>
        {worker.alive ? (
          <Chip plain tone="healthy" shape="check">
            Alive
          </Chip>
        ) : (
          <Chip plain tone="failing" shape="octagon">
            Gone
          </Chip>
        )}
        <span className="ml-auto text-xs text-muted">
          {worker.alive ? (
            <RelativeTime value={worker.startedAt} now={now} zone={null} prefix="since " />
          ) : (
            <RelativeTime value={worker.seenAt} now={now} zone={null} prefix="last seen " />
          )}
        </span>
      </div>
      <dl className="mt-0.5">
        {worker.workers.map(({ id, takes, running, concurrency, oldestStartedAt }) => (
          <div key={id} className="flex flex-wrap gap-x-3 text-xs text-secondary">
            <dt>{takes}</dt>
            <dd className="ml-auto">
              {formatNumber(running)} of {formatCount(concurrency, "place")} busy
              {oldestStartedAt ? (
                <>
                  , <RelativeTime value={oldestStartedAt} now={now} zone={null} prefix="oldest since " />
                </>
              ) : null}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Workers that were gone without saying so; what they held was set free at once. */
export function ReapsPanel({ reaps, now }: { reaps: readonly ReapView[]; now: Date }) {
  return (
    <Section title="Workers that died" note="kept for 90 days">
      {reaps.length > 0 ? (
        <ul>
          {reaps.map((reap) => (
            <li key={reap.id} className="border-b border-line py-2 text-sm">
              <div className="flex flex-wrap gap-x-2">
                <span className="font-mono text-xs leading-[1.6]">
                  {reap.process || reap.workerId.slice(0, 16)}
                </span>
                <span className="text-xs leading-[1.75] text-muted">{reap.takes}</span>
                <RelativeTime
                  value={reap.at}
                  now={now}
                  zone={null}
                  className="ml-auto text-xs leading-[1.75] text-muted"
                />
              </div>
              <p className="text-xs text-secondary">
                {reap.jobs > 0
                  ? `${formatCount(reap.jobs, "job")} set free for others: ${reap.kinds.join(", ")}`
                  : "It held no job."}
              </p>
            </li>
          ))}
        </ul>
      ) : (
        <p className="border-b border-line py-2 text-sm text-secondary">
          None. Killed workers would be listed here, with the jobs set free.
        </p>
      )}
    </Section>
  );
}

/** What comes by the clock. */
export function SchedulePanel({ view }: { view: Pick<JobsView, "schedules" | "now"> }) {
  const { schedules, now } = view;
  return (
    <Section title="By the clock" note="times are in UTC">
      <DefinitionList>
        {schedules.map(({ id, label, lastAt, nextAt }) => (
          <Definition key={id} term={label}>
            <RelativeTime value={nextAt} now={now} zone={null} />
            <span className="block text-xs text-muted">
              {lastAt ? <RelativeTime value={lastAt} now={now} zone={null} prefix="last " /> : "not yet"}
            </span>
          </Definition>
        ))}
      </DefinitionList>
    </Section>
  );
}
