import type { Metadata } from "next";
import Form from "next/form";
import { fleetHref, fleetStatuses, readFleetAddress, type SearchParams } from "@/components/admin/admin-url";
import { FleetTable } from "@/components/admin/fleet-table";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { FilterMenu } from "@/components/ui/filter-menu";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { SearchFilter } from "@/components/ui/search-filter";
import { statusLooks } from "@/components/ui/status-chip";
import { listFleetConnections } from "@/lib/domain/customers/list-fleet-connections";
import { paths } from "@/lib/paths";
import { platformContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";

export const metadata: Metadata = { title: "Connections" };

const statusOptions = fleetStatuses.map((value) => ({ value, label: statusLooks[value].label }));

export default async function AdminConnectionsPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const ctx = await platformContext({ permission: "platform:read" });
  const address = readFleetAddress(await searchParams);
  const view = await orNotFound(listFleetConnections(ctx, address));
  const isFiltered = Boolean(address.search || address.providerId || address.statuses.length);
  return (
    <>
      <Breadcrumbs items={[{ label: "Platform", href: paths.admin() }, { label: "Connections" }]} />
      <PageHeader
        title="Connections"
        description="Every connection of every employer, with its cause and its remedy."
      />
      <FilterBar
        search={
          <Form action={paths.adminConnections()} className="contents">
            {address.statuses.length > 0 ? (
              <input type="hidden" name="status" value={address.statuses.join(",")} />
            ) : null}
            {address.providerId ? <input type="hidden" name="provider" value={address.providerId} /> : null}
            <SearchFilter label="Search connections" placeholder="Employer or provider" />
          </Form>
        }
        clearHref={isFiltered ? paths.adminConnections() : null}
      >
        <FilterMenu label="Status" name="status" options={statusOptions} />
        <FilterMenu
          label="Provider"
          name="provider"
          single
          options={view.providers.map(({ id, name, count }) => ({ value: id, label: name, count }))}
        />
      </FilterBar>
      {view.connections.length > 0 ? (
        <>
          <FleetTable label="Connections" connections={view.connections} now={view.now} />
          <Pagination
            summary={`${view.connections.length} shown`}
            previousHref={address.after ? fleetHref({ ...address, after: null }) : null}
            nextHref={view.next ? fleetHref({ ...address, after: view.next }) : null}
          />
        </>
      ) : (
        <EmptyState
          art={isFiltered ? "none" : "wire"}
          title={isFiltered ? "No connection matches these filters" : "No connections yet"}
          action={
            isFiltered ? <LinkButton href={paths.adminConnections()}>Clear the filters</LinkButton> : null
          }
        >
          {isFiltered
            ? "Other connections exist; clear the filters to see them."
            : "They appear when an employer connects a provider."}
        </EmptyState>
      )}
    </>
  );
}
