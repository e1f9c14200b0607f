import type { Metadata } from "next";
import { CompanyTabs } from "@/components/company/company-tabs";
import { NoConnection } from "@/components/directory/directory-empty";
import { DirectorySources } from "@/components/directory/directory-sources";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { PayGroupsTable } from "@/components/pay-groups/pay-groups-table";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { NothingLegend } from "@/components/ui/legend";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import type { CustomerContext } from "@/lib/domain/context";
import { selectionOf } from "@/lib/domain/export/selection";
import { listPayGroups } from "@/lib/domain/pay-groups/list-pay-groups";
import type { PayGroupsView } from "@/lib/domain/pay-groups/views";
import { formatCount } from "@/lib/format/money";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound } from "@/lib/web/errors";
import { Exports } from "../../../exports";

export const metadata: Metadata = { title: "Pay groups" };

interface PayGroupsPageProps {
  params: Promise<{ customerId: string }>;
}

export default async function PayGroupsPage({ params }: PayGroupsPageProps) {
  const { customerId } = await params;
  const ctx = await employerContext(customerId, { permission: "payroll:read" });
  const view = await orNotFound(listPayGroups(ctx));
  const { sources, groups, now, timeZone, withoutPayments } = view;
  return (
    <>
      <Breadcrumbs
        items={[
          { label: view.customerName, href: paths.employer(customerId) },
          { label: "Company", href: paths.company(customerId) },
          { label: "Pay groups" },
        ]}
      />
      <PageHeader
        title="Pay groups"
        description={
          groups.length > 0 ? (
            <DirectorySources
              lead={formatCount(groups.length, "pay group")}
              sources={sources}
              now={now}
              zone={timeZone}
            />
          ) : undefined
        }
        actions={groups.length > 0 ? <Exports ctx={ctx} zone={timeZone} tables={tablesOf(ctx)} /> : undefined}
      />
      <CompanyTabs customerId={customerId} value="pay-groups" />
      <NotShared customerId={customerId} sources={withoutPayments} />
      {sources.length === 0 ? (
        <NoConnection customerId={customerId} mayConnect={can(ctx, "connection:connect")} what="pay groups" />
      ) : groups.length === 0 ? (
        <EmptyState title="No pay groups yet">
          They come with the first payments. Providers without pay groups show one calendar for everybody.
        </EmptyState>
      ) : (
        <PayGroupsTable customerId={customerId} view={view} />
      )}
      <NothingLegend className="pt-8" />
    </>
  );
}

function tablesOf(ctx: CustomerContext) {
  const { customerId } = ctx.scope;
  const href = (rows: string) => paths.payGroupsExport(customerId, { rows });
  const people = {
    label: "People of the pay groups",
    href: href("people"),
    selection: selectionOf.payGroupMembers(null, ""),
  };
  return [
    { label: "Pay groups", href: href("groups"), selection: selectionOf.payGroups() },
    ...(can(ctx, "individual:read") ? [people] : []),
    { label: "Pay dates", href: href("dates"), selection: selectionOf.payDates(null) },
  ];
}

/** Connections whose payments are not here: what that means, and the way to where it is changed. */
function NotShared({
  customerId,
  sources,
}: {
  customerId: string;
  sources: PayGroupsView["withoutPayments"];
}) {
  const [first, second] = sources;
  if (!first) return null;
  return (
    <Banner
      className="mb-5"
      title={`${sources.map(({ providerName }) => providerName).join(" and ")}: payments were not shared`}
      means={`Pay groups and pay dates of ${second ? "these connections" : "that connection"} are not here.`}
      todo="Reconnect and allow payments."
      actions={
        <LinkButton
          href={second ? paths.connections(customerId) : paths.connection(customerId, first.id)}
        >{`See the connection${second ? "s" : ""}`}</LinkButton>
      }
    />
  );
}
