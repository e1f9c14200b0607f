import type { Metadata } from "next";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { RetentionRuns } from "@/components/retention/retention-runs";
import { RetentionSettings } from "@/components/retention/retention-settings";
import { Banner } from "@/components/ui/banner";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section, Sections } from "@/components/ui/section";
import { getRetention } from "@/lib/domain/retention/get-retention";
import { formatInstant } from "@/lib/format/dates";
import { paths } from "@/lib/paths";
import { platformContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";

export const metadata: Metadata = { title: "Retention" };

/** What this installation keeps how long, and what its daily runs deleted. */
export default async function RetentionPage() {
  const ctx = await platformContext({ permission: "platform:read" });
  const { kinds, runs, lastAt, nextAt, overdue, now } = await orNotFound(getRetention(ctx));
  return (
    <>
      <Breadcrumbs items={[{ label: "Platform", href: paths.admin() }, { label: "Retention" }]} />
      <PageHeader
        title="Retention"
        description={
          <>
            {lastAt ? (
              <>
                The last run was <RelativeTime value={lastAt} now={now} zone={null} />.{" "}
              </>
            ) : null}
            The next run starts {formatInstant(nextAt, null, { now, showZone: true })}.
          </>
        }
      />
      {overdue ? (
        <Banner
          className="mb-5"
          title={lastAt ? "No run ended for more than 26 hours" : "Retention has never run"}
          means="Data stays longer than the settings say."
          todo="See that a worker runs: it starts the daily run, and makes up for one that was missed."
        />
      ) : null}
      <Sections>
        <Section title="What is kept how long" note="Settings are environment variables of web and worker">
          <RetentionSettings kinds={kinds} />
        </Section>
        <Section title="Before you shorten a setting">
          <div className="max-w-[88ch] pt-3 text-sm leading-normal text-secondary">
            <p>
              Deleting is final, and some of it may not be deleted yet: employers in the United States keep
              payroll records for at least 3 years (29 CFR 516.5) and employment tax records for at least 4
              years (26 CFR 31.6001-1). Perch holds copies; the provider&rsquo;s system stays the record. Ask
              whoever answers for it before you set the data of disconnected providers or the audit to less.
            </p>
            <p className="mt-2">
              A backup holds what it held when it was made: deleted data is gone for good only once the
              backups of that time are.
            </p>
          </div>
        </Section>
        <Section title="Last runs" note="Times are in UTC">
          {runs.length > 0 ? (
            <RetentionRuns runs={runs} now={now} />
          ) : (
            <div className="pt-3">
              <EmptyState headingLevel={3} title="No run yet">
                The worker starts the first one when it starts itself.
              </EmptyState>
            </div>
          )}
        </Section>
      </Sections>
    </>
  );
}
