import { Banner } from "@/components/ui/banner";
import { RelativeTime } from "@/components/ui/relative-time";
import { Stat, StatRow } from "@/components/ui/stat-row";
import type { JobsView } from "@/lib/domain/jobs/views";
import { formatCount, formatNumber } from "@/lib/format/money";

/** A queue nobody works on is an alarm; otherwise the figures of all jobs together. */
export function JobsSummary({ view }: { view: Pick<JobsView, "kinds" | "workers" | "now"> }) {
  const { kinds, workers, now } = view;
  const total = (of: (kind: JobsView["kinds"][number]) => number) =>
    kinds.reduce((sum, kind) => sum + of(kind), 0);
  const oldest = kinds
    .flatMap(({ oldestDueAt }) => oldestDueAt ?? [])
    .sort((a, b) => a.getTime() - b.getTime())[0];
  const alive = workers.filter((worker) => worker.alive);
  const places = alive
    .flatMap((worker) => worker.workers)
    .reduce((sum, { concurrency }) => sum + concurrency, 0);
  const running = total((kind) => kind.running);
  const [due, held, retrying] = [
    total((kind) => kind.due),
    total((kind) => kind.held),
    total((kind) => kind.retrying),
  ];
  return (
    <>
      {/* During an upgrade the workers of the release before run, and are not in the list. */}
      {alive.length === 0 && running === 0 ? (
        <Banner
          tone="failing"
          className="mb-5"
          title="No worker is alive"
          means="Nothing is synced, no mail is sent, nothing is disconnected or deleted. What is ordered waits; none of it is lost."
          todo="Start a worker (npm run worker). If one runs, see that its WORKER_DATABASE_URL leads to this database, directly and not through a pooler."
        />
      ) : null}
      <StatRow className="mb-7">
        <Stat
          label="Due"
          value={formatNumber(due)}
          note={
            oldest ? (
              <RelativeTime value={oldest} now={now} zone={null} prefix="oldest due " />
            ) : (
              "nothing waits"
            )
          }
        />
        <Stat
          label="Running"
          value={formatNumber(running)}
          note={places > 0 ? `of ${formatCount(places, "place")}` : "no worker"}
        />
        <Stat
          label="Later"
          value={formatNumber(total((kind) => kind.later))}
          note={held > 0 ? `${formatNumber(held)} held in quarantine` : "at their time"}
        />
        <Stat
          label="Given up"
          value={formatNumber(total((kind) => kind.failed))}
          note={retrying > 0 ? `${formatNumber(retrying)} trying again` : "after all tries"}
        />
        <Stat
          label="Workers"
          value={formatNumber(alive.length)}
          note={
            workers.length > alive.length ? `${formatNumber(workers.length - alive.length)} gone` : "alive"
          }
        />
      </StatRow>
    </>
  );
}
