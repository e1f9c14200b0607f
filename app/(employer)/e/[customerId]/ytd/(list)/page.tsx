import type { Metadata } from "next";
import { Suspense } from "react";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { LinkButton } from "@/components/ui/button";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { EinTotals } from "@/components/ytd/ein-totals";
import { isPartial, YtdCoverageTable, YtdIncomplete } from "@/components/ytd/ytd-coverage";
import { YtdAside } from "@/components/ytd/ytd-aside";
import { YtdDefinition } from "@/components/ytd/ytd-definition";
import { YtdDescription } from "@/components/ytd/ytd-description";
import { YtdEmpty } from "@/components/ytd/ytd-empty";
import { YtdFilters } from "@/components/ytd/ytd-filters";
import { YtdTable } from "@/components/ytd/ytd-table";
import { withoutSum, YtdTotalsStrip } from "@/components/ytd/ytd-totals";
import { readYtdAddress, ytdExportHref, ytdHref, type SearchParams } from "@/components/ytd/ytd-url";
import { can } from "@/lib/auth/permissions";
import type { CustomerContext } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { selectionOf } from "@/lib/domain/export/selection";
import { getYtdTotals, listYtd, type YtdView } from "@/lib/domain/payroll/ytd/list-ytd";
import type { YtdQuery } from "@/lib/domain/payroll/ytd/ytd-query";
import { formatNumber } from "@/lib/format/money";
import { log } from "@/lib/log";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";
import { Exports } from "../../exports";

export const metadata: Metadata = { title: "Year to date" };

interface YtdPageProps {
  params: Promise<{ customerId: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function YtdPage({ params, searchParams }: YtdPageProps) {
  const { customerId } = await params;
  const ctx = await employerContext(customerId, { permission: "payroll:read" });
  const query = readYtdAddress(await searchParams);
  const view = await orNotFound(listYtd(ctx, query));
  const mayLink = can(ctx, "payroll:manage") && ctx.scope.connectionIds === "all";
  return (
    <>
      <Breadcrumbs
        items={[{ label: view.customerName, href: paths.employer(customerId) }, { label: "Year to date" }]}
      />
      <PageHeader
        title="Year to date"
        description={<YtdDescription view={view} />}
        actions={
          <>
            <Exports
              ctx={ctx}
              zone={view.timeZone}
              tables={view.matching > 0 ? tablesOf(customerId, query, view) : []}
            />
            <LinkButton href={paths.box1Rules(customerId)}>Box 1 rules</LinkButton>
            {mayLink ? <LinkButton href={paths.ytdLinks(customerId)}>Linked records</LinkButton> : null}
          </>
        }
      />
      <YtdDefinition customerId={customerId} query={query} view={view} />
      <YtdIncomplete customerId={customerId} view={view} />
      <Totals {...{ ctx, customerId, query, view }} />
      <YtdAside customerId={customerId} query={query} view={view} />
      {query.definition === "plan" && view.cap.kind === "none" ? (
        <p className="mb-4 text-sm text-secondary">
          {view.cap.reason} <TextLink href={paths.payLimits(customerId)}>See limits</TextLink>
        </p>
      ) : null}
      <People customerId={customerId} query={query} view={view} />
      <YtdCoverageTable view={view} />
    </>
  );
}

interface TotalsProps {
  customerId: string;
  query: YtdQuery;
  view: YtdView;
}

/** Sums of everybody: at once, or in two steps where estimates of thousands of people are added up. */
function Totals({ ctx, ...props }: TotalsProps & { ctx: CustomerContext }) {
  const { customerId, query, view } = props;
  if (!view.totalsFollow) return <Sums {...props} />;
  // With a key, so that turning a page does not wait for the sums of the next one.
  const { after, before } = query;
  return (
    <Suspense
      key={ytdHref(customerId, query, { after, before })}
      fallback={<Sums {...props} view={withoutSum(view, "Being added up for everybody")} />}
    >
      <LaterTotals {...props} ctx={ctx} />
    </Suspense>
  );
}

async function LaterTotals({ ctx, ...props }: TotalsProps & { ctx: CustomerContext }) {
  const sums = await getYtdTotals(ctx, props.query).catch((error: unknown) => {
    // The list is on the screen already, and stays.
    if (!(error instanceof DomainError)) log.error("adding up estimates failed", error);
    return withoutSum(props.view, "Not added up this time: load the page again");
  });
  return <Sums {...props} view={{ ...props.view, ...sums }} />;
}

function Sums(props: TotalsProps) {
  const partial = isPartial(props.view);
  return (
    <>
      <YtdTotalsStrip {...props} isPartial={partial} />
      <EinTotals {...props} isPartial={partial} />
    </>
  );
}

function tablesOf(customerId: string, query: YtdQuery, { period }: YtdView) {
  return [
    {
      label: "Wages by person",
      href: ytdExportHref(customerId, query, "people"),
      selection: selectionOf.ytd(query, period),
    },
    {
      label: "The lines behind them",
      href: ytdExportHref(customerId, query, "lines"),
      selection: selectionOf.ytdLines(query, period),
    },
  ];
}

function People(props: { customerId: string; query: YtdQuery; view: YtdView }) {
  const { customerId, query, view } = props;
  const isAsked = query.search !== "" || query.incomplete;
  if (view.rows.length === 0 && !isAsked) return <YtdEmpty {...props} />;
  return (
    <div id="people" className="scroll-mt-16">
      <YtdFilters {...props} />
      {view.rows.length === 0 ? (
        <YtdEmpty {...props} />
      ) : (
        <>
          <YtdTable {...props} />
          <Pagination
            summary={`${formatNumber(view.from)} to ${formatNumber(view.to)} of ${formatNumber(view.matching)}`}
            previousHref={view.previous && ytdHref(customerId, query, view.previous)}
            nextHref={view.next && ytdHref(customerId, query, view.next)}
          />
        </>
      )}
    </div>
  );
}
