import type { Metadata } from "next";
import { NobodyYet, NoConnection } from "@/components/directory/directory-empty";
import { DirectorySources } from "@/components/directory/directory-sources";
import { DirectoryViews } from "@/components/directory/directory-views";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { ChartSearch } from "@/components/org-chart/chart-search";
import { OrgIssues } from "@/components/org-chart/org-issues";
import { OrgTree } from "@/components/org-chart/org-tree";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Segmented } from "@/components/ui/segmented";
import { can } from "@/lib/auth/permissions";
import { listConnections } from "@/lib/domain/connections/list-connections";
import type { CustomerContext } from "@/lib/domain/context";
import { getOrgChart } from "@/lib/domain/org-chart/get-org-chart";
import type { OrgChartView } from "@/lib/domain/org-chart/views";
import { formatCount, formatNumber } from "@/lib/format/money";
import { readUuid } from "@/lib/format/uuid";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";

export const metadata: Metadata = { title: "Org chart" };

interface ChartPageProps {
  params: Promise<{ customerId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ChartPage({ params, searchParams }: ChartPageProps) {
  const { customerId } = await params;
  const { person, left } = await searchParams;
  const ctx = await employerContext(customerId, { permission: "individual:read" });
  const asked = typeof person === "string" ? readUuid(person) : null;
  const view = await orNotFound(getOrgChart(ctx, { person: asked, left: left === "yes" }));
  return (
    <>
      <Breadcrumbs
        items={[
          { label: view.customerName, href: paths.employer(customerId) },
          { label: "Directory", href: paths.directory(customerId) },
          { label: "Org chart" },
        ]}
      />
      <PageHeader
        title="Org chart"
        description={
          view.shown > 0 ? (
            <DirectorySources
              lead={formatCount(view.shown, "person", "people")}
              sources={view.sources}
              now={view.now}
              zone={view.timeZone}
            />
          ) : undefined
        }
        actions={<DirectoryViews customerId={customerId} value="chart" />}
      />
      {view.shown + view.hidden === 0 ? (
        <Nobody ctx={ctx} customerId={customerId} hasSources={view.sources.length > 0} />
      ) : (
        <Chart customerId={customerId} view={view} asked={asked} />
      )}
    </>
  );
}

async function Nobody(props: { ctx: CustomerContext; customerId: string; hasSources: boolean }) {
  const { ctx, customerId, hasSources } = props;
  if (!hasSources)
    return <NoConnection customerId={customerId} mayConnect={can(ctx, "connection:connect")} what="chart" />;
  return <NobodyYet customerId={customerId} list={await listConnections(ctx)} />;
}

function Chart({
  customerId,
  view,
  asked,
}: {
  customerId: string;
  view: OrgChartView;
  asked: string | null;
}) {
  const place: Record<string, string> = asked ? { person: asked } : {};
  return (
    <>
      <div role="search" className="flex flex-wrap items-center gap-2 pb-3">
        <ChartSearch customerId={customerId} left={view.left} />
        <Segmented
          label="People who left"
          value={view.left ? "yes" : "no"}
          items={[
            { value: "no", label: "Who is here", href: paths.orgChart(customerId) },
            {
              value: "yes",
              label: view.left ? "With who left" : `With ${formatNumber(view.hidden)} who left`,
              href: paths.orgChart(customerId, { ...place, left: "yes" }),
            },
          ]}
        />
      </div>
      {asked && view.focus === null ? (
        <p className="pb-3 text-sm text-secondary" role="status">
          The person whom this address names is not in the directory.
        </p>
      ) : null}
      <OrgIssues customerId={customerId} issues={view.issues} />
      {view.shown === 0 ? (
        <EmptyState art="none" title="Everybody has left">
          Nobody in the directory is active. People who left are shown on request.
        </EmptyState>
      ) : (
        <OrgTree
          key={`${view.focus ?? ""} ${view.left}`}
          customerId={customerId}
          branches={view.branches}
          focus={view.focus}
          left={view.left}
        />
      )}
      <p className="pt-2 text-xs text-muted">
        Arrow keys move and open branches, a letter finds a name, Enter opens the person.
      </p>
    </>
  );
}
