import { X } from "lucide-react";
import Link from "next/link";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { FilterMenu } from "@/components/ui/filter-menu";
import { Pagination } from "@/components/ui/pagination";
import { Section } from "@/components/ui/section";
import { Segmented } from "@/components/ui/segmented";
import type { JobsView } from "@/lib/domain/jobs/views";
import { formatCount } from "@/lib/format/money";
import { FailuresTable } from "./failures-table";
import { everyFailure, hasJobsFilter, jobsHref, withJobs, type JobsAddress } from "./jobs-url";
import type { RetryJobs } from "./retry-button";

interface FailuresSectionProps {
  view: JobsView;
  address: JobsAddress;
  retry: RetryJobs;
}

/** What failed and why, by pages, with its filters. */
export function FailuresSection({ view, address, retry }: FailuresSectionProps) {
  const { failures, next, now, mayRetry } = view;
  const isFiltered = hasJobsFilter(address);
  const nothingFailed = failures.length === 0 && !isFiltered && address.query.after === null;
  return (
    <Section title="Failed" note="the latest first" id="failed">
      {nothingFailed ? (
        <EmptyState headingLevel={3} title="Nothing failed" className="mt-4">
          A job that fails is tried again by itself, with growing pauses. What is given up in the end waits
          here.
        </EmptyState>
      ) : (
        <>
          <Filters view={view} address={address} />
          {failures.length > 0 ? (
            <>
              <FailuresTable failures={failures} mayRetry={mayRetry} retry={retry} now={now} />
              <Pagination
                inPlace
                label="failed jobs"
                summary={`${formatCount(failures.length, "job")}${next || address.query.after ? " on this page" : ""}`}
                previousHref={address.query.after ? jobsHref(withJobs(address, {}, { live: false })) : null}
                nextHref={next && jobsHref(withJobs(address, { after: next }, { live: false }))}
              />
            </>
          ) : (
            <EmptyState
              headingLevel={3}
              art="none"
              title="No failed job matches"
              action={<LinkButton href={jobsHref(withJobs(address, everyFailure))}>Show all</LinkButton>}
            >
              {isFiltered ? "Other jobs may have failed." : "This place in the list is past its end."}
            </EmptyState>
          )}
        </>
      )}
    </Section>
  );
}

function Filters({ view, address }: Pick<FailuresSectionProps, "view" | "address">) {
  const { query } = address;
  const stateHref = (state: "failed" | "retrying" | null) => jobsHref(withJobs(address, { state }));
  const options = view.kinds
    .filter(({ job, failed, retrying }) => failed + retrying > 0 || job === query.job)
    .map(({ job, label, failed, retrying }) => ({ value: job, label, count: failed + retrying }));
  return (
    <FilterBar
      className="pt-3"
      clearHref={hasJobsFilter(address) ? jobsHref(withJobs(address, everyFailure)) : null}
    >
      <Segmented
        label="Which failures"
        value={query.state ?? "all"}
        items={[
          { value: "all", label: "All", href: stateHref(null) },
          { value: "failed", label: "Given up", href: stateHref("failed") },
          { value: "retrying", label: "Trying again", href: stateHref("retrying") },
        ]}
      />
      <FilterMenu label="Job" name="job" single options={options} />
      {query.customerId ? (
        <span className="inline-flex h-8 flex-none items-center rounded-md border border-accent-line bg-accent-subtle pl-[9px] text-sm whitespace-nowrap text-ink max-md:min-h-9">
          Employer <b className="ml-1.5 font-medium text-accent">{view.employer?.name ?? "unknown"}</b>
          <Link
            href={jobsHref(withJobs(address, { customerId: null }))}
            scroll={false}
            aria-label="Remove filter Employer"
            className="grid h-full w-7 place-items-center rounded-md text-secondary hover:text-ink"
          >
            <X size={12} aria-hidden="true" />
          </Link>
        </span>
      ) : null}
    </FilterBar>
  );
}
