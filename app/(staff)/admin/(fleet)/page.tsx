import type { Metadata } from "next";
import { ChecksPanel } from "@/components/admin/checks-panel";
import { FleetBar } from "@/components/admin/fleet-bar";
import { FleetTable } from "@/components/admin/fleet-table";
import { QueuePanel } from "@/components/admin/queue-panel";
import { QuotaPanel } from "@/components/admin/quota-panel";
import { WaitersPanel } from "@/components/admin/waiters-panel";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Section, Sections, Split } from "@/components/ui/section";
import { getFleet, type FleetView } from "@/lib/domain/customers/get-fleet";
import { getQueueSummary } from "@/lib/domain/jobs/get-queue-summary";
import { getQuotaState } from "@/lib/domain/quota/get-quota-state";
import { getFleetChecks } from "@/lib/domain/reconcile/get-fleet-checks";
import { formatInstant } from "@/lib/format/dates";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { platformContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";
import { requireUser } from "@/lib/web/session";

export const metadata: Metadata = { title: "Fleet health" };

/** What is broken first; then how Finch's quota, the queue and the nightly checks stand. */
export default async function AdminPage() {
  const ctx = await platformContext({ permission: "platform:read" });
  const scope = { userId: (await requireUser()).id, customerId: "platform" };
  const [fleet, quota, queue, checks] = await orNotFound(
    Promise.all([getFleet(ctx), getQuotaState(ctx), getQueueSummary(ctx), getFleetChecks(ctx)]),
  );
  return (
    <>
      <Breadcrumbs items={[{ label: "Platform" }]} />
      <PageHeader title="Fleet health" description={sentence(fleet)} />
      <Sections>
        <FleetBar fleet={fleet} />
        <Split
          rail={
            <>
              <QuotaPanel scope={scope} initial={quota} />
              <QueuePanel queue={queue} />
            </>
          }
        >
          <Broken fleet={fleet} />
          <WaitersPanel scope={scope} initial={quota} />
          <ChecksPanel checks={checks} />
        </Split>
      </Sections>
    </>
  );
}

function Broken({ fleet }: { fleet: FleetView }) {
  return (
    <Section
      title="What is broken"
      note="newest first"
      aside={
        <TextLink href={paths.adminConnections()} quiet>
          All connections
        </TextLink>
      }
    >
      {fleet.broken.length > 0 ? (
        <FleetTable label="Broken connections" connections={fleet.broken} now={fleet.now} />
      ) : (
        <EmptyState headingLevel={3} title="Nothing is broken" className="mt-4">
          {fleet.connections > 0
            ? "No connection waits for a person."
            : "No employer has connected a provider yet."}
        </EmptyState>
      )}
    </Section>
  );
}

function sentence({ connections, customers, broken, now }: FleetView): string {
  const when = formatInstant(now, null, { showZone: true });
  const waiting =
    broken.length === 0
      ? "none needs a person"
      : `${formatCount(broken.length, "connection")} to look at first`;
  return `${formatCount(connections, "connection")} of ${formatCount(customers, "employer")}; ${waiting}. ${when}.`;
}
