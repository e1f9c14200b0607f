import type { Metadata } from "next";
import { LiveButton } from "@/components/admin/live-button";
import { FailuresSection } from "@/components/jobs/failures-section";
import { JobsSummary } from "@/components/jobs/jobs-summary";
import { jobsHref, readJobsAddress, withJobs, type SearchParams } from "@/components/jobs/jobs-url";
import { QueueTable } from "@/components/jobs/queue-table";
import { ReapsPanel, SchedulePanel, WorkersPanel } from "@/components/jobs/workers-panel";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Split } from "@/components/ui/section";
import { getJobs } from "@/lib/domain/jobs/get-jobs";
import { paths } from "@/lib/paths";
import { platformContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";
import { retryJobsAction } from "./actions";

export const metadata: Metadata = { title: "Jobs" };

/** The queue: what waits, what failed and why, and who works on it. */
export default async function JobsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const ctx = await platformContext({ permission: "platform:read" });
  const address = readJobsAddress(await searchParams);
  const view = await orNotFound(getJobs(ctx, address.query));
  return (
    <>
      <Breadcrumbs items={[{ label: "Platform", href: paths.admin() }, { label: "Jobs" }]} />
      <PageHeader
        title="Jobs"
        description="What Perch does in the background, for all employers: syncs, mails, disconnects, retention."
        actions={
          address.query.after === null ? (
            <LiveButton live={address.live} href={jobsHref(withJobs(address, {}, { live: !address.live }))} />
          ) : null
        }
      />
      <JobsSummary view={view} />
      <Split
        rail={
          <>
            <WorkersPanel view={view} />
            <ReapsPanel reaps={view.reaps} now={view.now} />
            <SchedulePanel view={view} />
          </>
        }
      >
        <FailuresSection view={view} address={address} retry={retryJobsAction} />
        <Section title="Queue by job" note="what was given up first">
          {view.kinds.length > 0 ? (
            <QueueTable view={view} address={address} retry={retryJobsAction} />
          ) : (
            <EmptyState headingLevel={3} title="The queue is empty" className="mt-4">
              Everything that was ordered is done. Jobs come with syncs, mails and the clock.
            </EmptyState>
          )}
        </Section>
      </Split>
    </>
  );
}
