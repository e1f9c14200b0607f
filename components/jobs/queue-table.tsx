import { RelativeTime } from "@/components/ui/relative-time";
import { RowLink, SubLine, Table, TBody, TD, TH, THead, TR } from "@/components/ui/table";
import type { JobKindView, JobsView } from "@/lib/domain/jobs/views";
import { formatNumber } from "@/lib/format/money";
import { jobsHref, withJobs, type JobsAddress } from "./jobs-url";
import { RetryButton, type RetryJobs } from "./retry-button";

interface QueueTableProps {
  view: Pick<JobsView, "kinds" | "mayRetry" | "now">;
  address: JobsAddress;
  retry: RetryJobs;
}

/** How deep the queue is, by job; what was given up stands first. */
export function QueueTable({ view, address, retry }: QueueTableProps) {
  return (
    <Table label="Queue by job" density="relaxed">
      <THead>
        <TR>
          <TH>Job</TH>
          <TH numeric>Due</TH>
          <TH wide>Oldest waits</TH>
          <TH numeric>Running</TH>
          <TH numeric wide>
            Later
          </TH>
          <TH numeric>Failed</TH>
          <TH wide>
            <span className="sr-only">Start again</span>
          </TH>
        </TR>
      </THead>
      <TBody>
        {view.kinds.map((kind) => (
          <KindRow key={kind.job} kind={kind} view={view} address={address} retry={retry} />
        ))}
      </TBody>
    </Table>
  );
}

const figure = (value: number) =>
  value > 0 ? formatNumber(value) : <span className="text-muted">none</span>;

function KindRow({ kind, view, address, retry }: QueueTableProps & { kind: JobKindView }) {
  const { job, label, due, later, held, running, retrying, failed, oldestDueAt } = kind;
  const failures = failed + retrying;
  return (
    <TR>
      <TD rowHeader wrap>
        {failures > 0 ? (
          <RowLink
            href={jobsHref(withJobs(address, { job, state: null, customerId: null }))}
            scroll={false}
            prefetch={false}
            className="inline-flex min-h-6 items-center py-0"
          >
            {label}
          </RowLink>
        ) : (
          label
        )}
        <SubLine className="font-mono [overflow-wrap:anywhere]">{job}</SubLine>
      </TD>
      <TD numeric>
        {figure(due)}
        {held > 0 ? <SubLine>{formatNumber(held)} held</SubLine> : null}
      </TD>
      <TD wide className="text-secondary">
        {oldestDueAt ? (
          <RelativeTime value={oldestDueAt} now={view.now} zone={null} prefix="due " />
        ) : (
          <span className="text-muted">nothing is due</span>
        )}
      </TD>
      <TD numeric>{figure(running)}</TD>
      <TD numeric wide>
        {figure(later)}
      </TD>
      <TD numeric>
        {failed > 0 ? <b className="font-medium text-failing-text">{formatNumber(failed)}</b> : figure(0)}
        {retrying > 0 ? <SubLine>{formatNumber(retrying)} trying again</SubLine> : null}
      </TD>
      <TD wide numeric>
        {view.mayRetry && failures > 0 ? (
          <RetryButton
            retry={retry}
            input={{ job }}
            label={failures === 1 ? "Start it again" : `Start all ${formatNumber(failures)} again`}
            about={label}
          />
        ) : null}
      </TD>
    </TR>
  );
}
