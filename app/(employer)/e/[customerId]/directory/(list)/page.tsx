import { Download } from "lucide-react";
import type { Metadata } from "next";
import { DirectoryFilters } from "@/components/directory/directory-filters";
import { DirectorySources } from "@/components/directory/directory-sources";
import { DirectoryTable } from "@/components/directory/directory-table";
import { DirectoryViews } from "@/components/directory/directory-views";
import { NobodyYet, NoConnection, NoResult } from "@/components/directory/directory-empty";
import {
  directorySearch,
  firstPage,
  readDirectoryAddress,
  withoutFilter,
  type SearchParams,
} from "@/components/directory/directory-url";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { buttonStyles } from "@/components/ui/button";
import { NothingLegend } from "@/components/ui/legend";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/permissions";
import { listConnections } from "@/lib/domain/connections/list-connections";
import type { CustomerContext } from "@/lib/domain/context";
import type { DirectoryQuery } from "@/lib/domain/individuals/directory-query";
import {
  directoryPageSize,
  listDirectory,
  type DirectoryView,
} from "@/lib/domain/individuals/list-directory";
import { listDirectoryFacet } from "@/lib/domain/individuals/list-directory-facet";
import { formatCount, formatNumber } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";
import { readShell } from "@/lib/web/shell";

export const metadata: Metadata = { title: "Directory" };

interface DirectoryPageProps {
  params: Promise<{ customerId: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function DirectoryPage({ params, searchParams }: DirectoryPageProps) {
  const { customerId } = await params;
  const ctx = await employerContext(customerId, { permission: "individual:read" });
  const address = readDirectoryAddress(await searchParams);
  const { query, open } = address;
  const { people } = await readShell(customerId);
  const [view, options] = await Promise.all([
    orNotFound(listDirectory(ctx, query, { total: people })),
    open ? orNotFound(listDirectoryFacet(ctx, open, filterOf(query))) : null,
  ]);
  return (
    <>
      <Breadcrumbs
        items={[{ label: view.customerName, href: paths.employer(customerId) }, { label: "Directory" }]}
      />
      <PageHeader
        title="Directory"
        description={
          view.total > 0 ? (
            <DirectorySources
              lead={formatCount(view.total, "person", "people")}
              sources={view.sources}
              now={view.now}
              zone={view.timeZone}
            />
          ) : undefined
        }
        actions={
          <>
            <DirectoryViews customerId={customerId} value="table" />
            {can(ctx, "directory:export") && view.matching > 0 ? (
              // A download, so a plain link: the router must not fetch it.
              <a
                className={buttonStyles()}
                href={paths.directoryExport(customerId) + directorySearch({ ...query, ...firstPage })}
                download
              >
                <Download size={14} aria-hidden="true" />
                Export CSV
              </a>
            ) : null}
          </>
        }
      />
      {view.total === 0 ? (
        <Nobody ctx={ctx} customerId={customerId} hasSources={view.sources.length > 0} />
      ) : (
        <>
          <DirectoryFilters
            {...{ customerId, address, options }}
            sources={view.sources}
            manager={view.manager}
          />
          <Results customerId={customerId} query={query} view={view} />
        </>
      )}
    </>
  );
}

async function Nobody(props: { ctx: CustomerContext; customerId: string; hasSources: boolean }) {
  const { ctx, customerId, hasSources } = props;
  if (!hasSources)
    return <NoConnection customerId={customerId} mayConnect={can(ctx, "connection:connect")} />;
  return <NobodyYet customerId={customerId} list={await listConnections(ctx)} />;
}

function Results({
  customerId,
  query,
  view,
}: {
  customerId: string;
  query: DirectoryQuery;
  view: DirectoryView;
}) {
  const here = paths.directory(customerId);
  const turn = (place: Partial<DirectoryQuery>) =>
    here + directorySearch({ ...query, ...firstPage, ...place });
  if (view.matching === 0)
    return (
      <NoResult query={query} total={view.total} clearHref={here + directorySearch(withoutFilter(query))} />
    );
  const found =
    view.matching === view.total ? formatNumber(view.total) : `${formatNumber(view.matching)} that match`;
  return (
    <>
      <DirectoryTable customerId={customerId} query={query} view={view} />
      <Pagination
        summary={`${formatNumber(view.from)} to ${formatNumber(view.to)} of ${found}`}
        previousHref={view.previous && turn(view.previous)}
        nextHref={view.next && turn(view.next)}
      >
        <span className="flex flex-wrap items-center gap-x-5 gap-y-1">
          {view.matching > 2 * directoryPageSize ? (
            <span className="flex gap-3">
              {view.previous ? (
                <TextLink href={turn({})} quiet>
                  First page
                </TextLink>
              ) : null}
              {view.next ? (
                <TextLink href={turn({ before: "end" })} quiet>
                  Last page
                </TextLink>
              ) : null}
            </span>
          ) : null}
          <NothingLegend />
        </span>
      </Pagination>
    </>
  );
}

function filterOf(query: DirectoryQuery) {
  const {
    sort: _sort,
    descending: _descending,
    after: _after,
    before: _before,
    position: _position,
    ...filter
  } = query;
  return filter;
}
