import type { Metadata } from "next";
import Form from "next/form";
import { CustomersTable } from "@/components/admin/customers-table";
import { readFleetAddress, type SearchParams } from "@/components/admin/admin-url";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { SearchFilter } from "@/components/ui/search-filter";
import { listFleetCustomers } from "@/lib/domain/customers/list-fleet-customers";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { platformContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";

export const metadata: Metadata = { title: "Employers" };

export default async function CustomersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const ctx = await platformContext({ permission: "platform:read" });
  const { search, after } = readFleetAddress(await searchParams);
  const view = await orNotFound(listFleetCustomers(ctx, { search, after }));
  const here = paths.adminCustomers();
  const href = (place: Record<string, string>) =>
    `${here}?${new URLSearchParams({ ...(search ? { q: search } : {}), ...place }).toString()}`;
  return (
    <>
      <Breadcrumbs items={[{ label: "Platform", href: paths.admin() }, { label: "Employers" }]} />
      <PageHeader
        title="Employers"
        description={`${formatCount(view.total, "employer")} use this installation.`}
      />
      <FilterBar
        search={
          <Form action={here} className="contents">
            <SearchFilter label="Search employers" placeholder="Name" />
          </Form>
        }
        clearHref={search ? here : null}
      />
      {view.customers.length > 0 ? (
        <>
          <CustomersTable customers={view.customers} />
          <Pagination
            summary={`${view.customers.length} shown`}
            previousHref={after ? (search ? href({}) : here) : null}
            nextHref={view.next ? href({ after: view.next }) : null}
          />
        </>
      ) : (
        <EmptyState
          art={search ? "none" : "wire"}
          title={search ? "No employer matches" : "No employers yet"}
          action={search ? <LinkButton href={here}>Clear the search</LinkButton> : null}
        >
          {search
            ? `“${search}” finds none of ${formatCount(view.total, "employer")}.`
            : "Employers are created with the perch command or the demo data."}
        </EmptyState>
      )}
    </>
  );
}
