import type { Metadata } from "next";
import { NoConnection } from "@/components/directory/directory-empty";
import { DirectorySources } from "@/components/directory/directory-sources";
import { DocumentFilters } from "@/components/documents/document-filters";
import { DocumentsTable } from "@/components/documents/documents-table";
import {
  documentsSearch,
  readDocumentsAddress,
  type SearchParams,
} from "@/components/documents/documents-url";
import { W4Panel } from "@/components/documents/w4-panel";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { NothingLegend } from "@/components/ui/legend";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Section, Sections } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import type { DocumentQuery } from "@/lib/domain/documents/document-query";
import { listDocuments, type DocumentsView } from "@/lib/domain/documents/list-documents";
import { selectionOf } from "@/lib/domain/export/selection";
import { formatCount, formatNumber } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";
import { Exports } from "../../exports";
import { requestW4SyncAction, stopW4SyncAction } from "../actions";

export const metadata: Metadata = { title: "Documents" };

interface DocumentsPageProps {
  params: Promise<{ customerId: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function DocumentsPage({ params, searchParams }: DocumentsPageProps) {
  const { customerId } = await params;
  const ctx = await employerContext(customerId, { permission: "document:read" });
  const query = readDocumentsAddress(await searchParams);
  const view = await orNotFound(listDocuments(ctx, query));
  const { sources, now, timeZone } = view;
  return (
    <>
      <Breadcrumbs
        items={[{ label: view.customerName, href: paths.employer(customerId) }, { label: "Documents" }]}
      />
      <PageHeader
        title="Documents"
        description={
          sources.length > 0 ? (
            <DirectorySources
              lead={formatCount(view.total, "tax form")}
              sources={sources}
              now={now}
              zone={timeZone}
            />
          ) : undefined
        }
        actions={
          view.total > 0 ? (
            <Exports
              ctx={ctx}
              zone={timeZone}
              tables={[
                {
                  label: "Tax forms",
                  href:
                    paths.documentsExport(customerId) +
                    documentsSearch({ ...query, after: null, before: null }),
                  selection: selectionOf.documents(query),
                },
              ]}
            />
          ) : undefined
        }
      />
      {sources.length === 0 ? (
        <NoConnection customerId={customerId} mayConnect={can(ctx, "connection:connect")} what="documents" />
      ) : (
        <Sections>
          {view.syncs.map((state) => (
            <W4Panel
              key={state.source.id}
              customerId={ctx.scope.customerId}
              state={state}
              zone={timeZone}
              now={now}
              request={requestW4SyncAction}
              stop={stopW4SyncAction}
            />
          ))}
          {view.total > 0 ? <Forms customerId={customerId} query={query} view={view} /> : null}
        </Sections>
      )}
    </>
  );
}

function Forms({
  customerId,
  query,
  view,
}: {
  customerId: string;
  query: DocumentQuery;
  view: DocumentsView;
}) {
  const here = paths.documents(customerId);
  const turn = (place: Pick<DocumentQuery, "after" | "before">) =>
    here + documentsSearch({ ...query, ...place });
  return (
    <Section title="Forms">
      <div className="pt-3">
        <DocumentFilters customerId={customerId} query={query} view={view} />
      </div>
      {view.rows.length === 0 ? (
        <EmptyState
          art="none"
          headingLevel={3}
          title="No form matches"
          action={<LinkButton href={here}>Clear the search</LinkButton>}
        >
          There {view.total === 1 ? "is" : "are"} {formatCount(view.total, "tax form")} in all.
        </EmptyState>
      ) : (
        <>
          <DocumentsTable customerId={customerId} rows={view.rows} severalSources={view.sources.length > 1} />
          <Pagination
            summary={
              view.matching === view.total
                ? formatCount(view.total, "form")
                : `${formatNumber(view.matching)} of ${formatCount(view.total, "form")} match`
            }
            previousHref={view.previous && turn({ before: view.previous, after: null })}
            nextHref={view.next && turn({ after: view.next, before: null })}
          >
            <NothingLegend />
          </Pagination>
        </>
      )}
    </Section>
  );
}
