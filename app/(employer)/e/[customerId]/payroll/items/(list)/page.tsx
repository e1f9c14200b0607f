import type { Metadata } from "next";
import { ItemsEmpty } from "@/components/items/items-empty";
import { ItemsTable } from "@/components/items/items-table";
import { ItemsTabs } from "@/components/items/items-tabs";
import {
  hasItemsFilter,
  itemsExportHref,
  itemsHref,
  readItemsAddress,
  type SearchParams,
} from "@/components/items/items-url";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { FilterMenu } from "@/components/ui/filter-menu";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { RelativeTime } from "@/components/ui/relative-time";
import { SearchFilter } from "@/components/ui/search-filter";
import { can } from "@/lib/auth/permissions";
import { selectionOf } from "@/lib/domain/export/selection";
import { payItemPageSize, type PayItemsQuery } from "@/lib/domain/payroll/items/items-query";
import { listPayItems } from "@/lib/domain/payroll/items/list-pay-items";
import type { PayItemsView } from "@/lib/domain/payroll/items/views";
import { formatCount, formatNumber } from "@/lib/format/money";
import { payCategoryLabels } from "@/lib/format/pay-types";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";
import { Exports } from "../../../exports";
import { classifyItemAction, previewClassificationAction, undoClassificationAction } from "../actions";

export const metadata: Metadata = { title: "Pay items" };

interface ItemsPageProps {
  params: Promise<{ customerId: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function ItemsPage({ params, searchParams }: ItemsPageProps) {
  const { customerId } = await params;
  const ctx = await employerContext(customerId, { permission: "payroll:read" });
  const query = readItemsAddress(await searchParams);
  const view = await orNotFound(listPayItems(ctx, query));
  return (
    <>
      <Breadcrumbs
        items={[
          { label: view.customerName, href: paths.employer(customerId) },
          { label: "Payroll", href: paths.payroll(customerId) },
          { label: "Pay items" },
        ]}
      />
      <PageHeader
        title="Pay items"
        description={view.all > 0 ? <Summary view={view} /> : undefined}
        actions={
          view.source && view.all > 0 ? (
            <Exports
              ctx={ctx}
              zone={view.timeZone}
              tables={[
                {
                  label: "Pay items",
                  href: itemsExportHref(customerId, query),
                  selection: selectionOf.payItems(view.source.id, query),
                },
              ]}
            />
          ) : undefined
        }
      />
      {view.source ? (
        <ItemsTabs customerId={customerId} connectionId={view.source.id} current="items" />
      ) : null}
      {view.all > 0 || view.sources.length > 1 ? (
        <Filters customerId={customerId} query={query} view={view} />
      ) : null}
      {view.source === null || view.all === 0 ? (
        <ItemsEmpty
          customerId={customerId}
          source={view.source}
          mayConnect={can(ctx, "connection:connect")}
        />
      ) : (
        <Results customerId={customerId} connectionId={view.source.id} query={query} view={view} />
      )}
    </>
  );
}

function Summary({ view }: { view: PayItemsView }) {
  const { source, all, open, now, timeZone } = view;
  return (
    <>
      {formatCount(all, "item")} from {source?.providerName},{" "}
      {open === 0 ? "all with a type" : `${formatNumber(open)} without a type that says what it is`}.{" "}
      {source?.asOf ? <RelativeTime value={source.asOf} now={now} zone={timeZone} prefix="As of " /> : null}
    </>
  );
}

function Filters({
  customerId,
  query,
  view,
}: {
  customerId: string;
  query: PayItemsQuery;
  view: PayItemsView;
}) {
  const resets = ["page"];
  const cleared = { ...query, search: "", category: null, state: null, page: 1 };
  return (
    <FilterBar
      search={<SearchFilter label="Search items" placeholder="Name of an item" resets={resets} />}
      clearHref={hasItemsFilter(query) ? itemsHref(customerId, cleared) : null}
    >
      {view.sources.length > 1 ? (
        <FilterMenu
          label="Connection"
          name="connection"
          single
          resets={resets}
          options={view.sources.map(({ id, providerName }) => ({ value: id, label: providerName }))}
        />
      ) : null}
      <FilterMenu
        label="Category"
        name="category"
        single
        resets={resets}
        options={Object.entries(payCategoryLabels).map(([value, label]) => ({ value, label }))}
      />
      <FilterMenu
        label="State"
        name="state"
        single
        resets={resets}
        options={[
          { value: "open", label: "Unclassified", count: view.open },
          { value: "classified", label: "With a type", count: view.all - view.open },
        ]}
      />
    </FilterBar>
  );
}

interface ResultsProps {
  customerId: string;
  connectionId: string;
  query: PayItemsQuery;
  view: PayItemsView;
}

function Results({ customerId, connectionId, query, view }: ResultsProps) {
  const turn = (page: number) => itemsHref(customerId, { ...query, page });
  if (view.items.length === 0)
    return (
      <EmptyState
        art="none"
        title="No item matches"
        action={
          <LinkButton
            href={itemsHref(customerId, { ...query, search: "", category: null, state: null, page: 1 })}
          >
            Clear the filters
          </LinkButton>
        }
      >
        There are {formatCount(view.all, "item")} in this connection.
      </EmptyState>
    );
  const from = (view.page - 1) * payItemPageSize + 1;
  const to = from + view.items.length - 1;
  return (
    <>
      <ItemsTable
        {...{ customerId, connectionId }}
        view={{ items: view.items, mayClassify: view.mayClassify }}
        actions={{
          preview: previewClassificationAction,
          classify: classifyItemAction,
          undo: undoClassificationAction,
        }}
      />
      <Pagination
        summary={`${formatNumber(from)} to ${formatNumber(to)} of ${formatNumber(view.matching)}`}
        previousHref={view.page > 1 ? turn(view.page - 1) : null}
        nextHref={view.page < view.pages ? turn(view.page + 1) : null}
      />
    </>
  );
}
