import type { ReactNode } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { TextLink } from "@/components/ui/link";
import { Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { ActivityView } from "@/lib/domain/activity/views";
import { formatDuration } from "@/lib/format/dates";
import { formatCount, formatNumber } from "@/lib/format/money";
import { activityHref, minuteOf, withActivity, type ActivityAddress } from "./activity-url";
import { formatShare, highest, toChartBuckets, type ChartBucket } from "./chart-data";
import { ErrorRateChart, LatencyChart, RequestsChart } from "./lazy-charts";

interface ActivityChartsProps {
  view: Pick<ActivityView, "buckets" | "sum" | "from" | "to" | "now">;
  address: ActivityAddress;
}

/** How many requests, how many of them failed, how long they took, by time; drawn, and as a table. */
export function ActivityCharts({ view, address }: ActivityChartsProps) {
  const { sum, now, from, to } = view;
  const buckets = toChartBuckets(view.buckets, { now, lengthMs: to.getTime() - from.getTime() });
  const worst = highest(buckets, ({ errorPercent }) => errorPercent);
  const slowest = highest(buckets, ({ p95Ms }) => p95Ms);
  return (
    <section aria-label="Requests by time" className="mb-7">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-5 lg:grid-cols-3">
        <Panel
          title="Requests"
          figure={formatNumber(sum.requests)}
          note={
            <>
              <Key color="var(--failing-solid)">{`${formatNumber(sum.failed)} failed`}</Key>
              <Key color="var(--waiting-solid)">{`${formatNumber(sum.pending)} not ready (202)`}</Key>
            </>
          }
          says={`Requests by time: ${formatCount(sum.requests, "request")}, ${formatNumber(sum.failed)} failed, ${formatNumber(sum.pending)} not ready.`}
        >
          <RequestsChart buckets={buckets} />
        </Panel>
        <Panel
          title="Error rate"
          figure={sum.errorRate === null ? "none" : formatShare(sum.errorRate)}
          note={worst ? `highest ${worst.errorPercent ?? 0}%, ${worst.label}` : "nothing failed"}
          says={`Error rate by time. ${worst ? `Highest ${worst.errorPercent ?? 0}%, ${worst.label}.` : "Nothing failed."}`}
        >
          <ErrorRateChart buckets={buckets} />
        </Panel>
        <Panel
          title="Latency"
          figure={slowest ? formatDuration(slowest.p95Ms ?? 0) : "none"}
          figureNote={slowest ? "highest p95" : null}
          note={
            <>
              <Key color="var(--chart-2)">p95</Key>
              <Key color="var(--chart-1)">p50, of what was answered</Key>
            </>
          }
          says={`Latency by time. ${slowest ? `Highest p95 ${formatDuration(slowest.p95Ms ?? 0)}, ${slowest.label}.` : "Nothing was answered."}`}
        >
          <LatencyChart buckets={buckets} />
        </Panel>
      </div>
      <Numbers buckets={buckets} view={view} address={address} />
    </section>
  );
}

interface PanelProps {
  title: string;
  figure: string;
  figureNote?: string | null;
  note: ReactNode;
  /** What the drawing shows, for whoever does not see it. */
  says: string;
  children: ReactNode;
}

function Panel({ title, figure, figureNote, note, says, children }: PanelProps) {
  return (
    <div className="min-w-0">
      <div className="flex items-baseline gap-x-2.5 border-b border-line-strong pb-2">
        <h2>{title}</h2>
        <p className="text-lg leading-tight font-medium tracking-figure">{figure}</p>
        {figureNote ? <p className="truncate text-xs text-muted">{figureNote}</p> : null}
      </div>
      <p className="flex min-h-7 flex-wrap items-center gap-x-3 py-1 text-xs text-secondary">{note}</p>
      {/* A drawing follows a narrower window only in its next frame. */}
      <div role="img" className="overflow-hidden" aria-label={`${says} The numbers are in the table below.`}>
        {children}
      </div>
    </div>
  );
}

function Key({ color, children }: { color: string; children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden="true" className="size-2 rounded-[2px]" style={{ background: color }} />
      {children}
    </span>
  );
}

function Numbers({ buckets, view, address }: ActivityChartsProps & { buckets: readonly ChartBucket[] }) {
  return (
    <Disclosure summary="The same as a table" className="mt-2">
      <Table label="Requests by time" density="compact" scrollClassName="max-h-[420px] overflow-y-auto">
        <THead>
          <TR>
            <TH>Time, UTC</TH>
            <TH numeric>Requests</TH>
            <TH numeric>Failed</TH>
            <TH numeric wide>
              Not ready
            </TH>
            <TH numeric>Error rate</TH>
            <TH numeric wide>
              p50
            </TH>
            <TH numeric wide>
              p95
            </TH>
          </TR>
        </THead>
        <TBody>
          {view.buckets.map(({ from, to }, at) => {
            const times = { from: minuteOf(from), to: minuteOf(to, true) };
            const href = activityHref(withActivity(address, times, { live: false }));
            return <NumbersRow key={from.getTime()} bucket={buckets[at]} href={href} />;
          })}
        </TBody>
      </Table>
    </Disclosure>
  );
}

const none = <span className="text-muted">none</span>;
const duration = (ms: number | null) => (ms === null ? none : formatDuration(ms));

function NumbersRow({ bucket, href }: { bucket: ChartBucket | undefined; href: string }) {
  if (!bucket) return null;
  const { label, requests, failed, pending, errorPercent, p50Ms, p95Ms } = bucket;
  return (
    <TR>
      <TD rowHeader wrap className="font-normal">
        {requests > 0 ? (
          <TextLink href={href} prefetch={false} quiet className="inline-flex min-h-6 items-center">
            {label}
          </TextLink>
        ) : (
          <span className="text-secondary">{label}</span>
        )}
      </TD>
      <TD numeric>{formatNumber(requests)}</TD>
      <TD numeric>{formatNumber(failed)}</TD>
      <TD numeric wide>
        {formatNumber(pending)}
      </TD>
      <TD numeric>{errorPercent === null ? none : `${errorPercent}%`}</TD>
      <TD numeric wide>
        {duration(p50Ms)}
      </TD>
      <TD numeric wide>
        {duration(p95Ms)}
      </TD>
    </TR>
  );
}
