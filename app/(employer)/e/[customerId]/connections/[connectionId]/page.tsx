import type { Metadata } from "next";
import { cache } from "react";
import { BankAccounts } from "@/components/company/bank-accounts";
import { CompanySection } from "@/components/company/company-section";
import { ConnectLauncher } from "@/components/connections/connect-launcher";
import { ConnectionDetail } from "@/components/connections/connection-detail";
import { ConnectionFacts } from "@/components/connections/connection-facts";
import { ConnectionTables } from "@/components/connections/connection-tables";
import { ConnectionTimeline } from "@/components/connections/connection-timeline";
import {
  connectionHref,
  readConnectionAddress,
  withItems,
  type ConnectionAddress,
  type SearchParams,
} from "@/components/connections/connection-url";
import { HoldBanners } from "@/components/connections/hold-banners";
import { NightlyChecks } from "@/components/connections/nightly-checks";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { can } from "@/lib/auth/permissions";
import { getCompany } from "@/lib/domain/companies/get-company";
import { getConnectionRecord } from "@/lib/domain/connections/detail/get-connection-record";
import { listItemErrors } from "@/lib/domain/connections/detail/list-item-errors";
import { listRequests } from "@/lib/domain/connections/detail/list-requests";
import { listSyncRuns } from "@/lib/domain/connections/detail/list-sync-runs";
import { getConnection } from "@/lib/domain/connections/get-connection";
import type { ConnectionDetailView } from "@/lib/domain/connections/views";
import type { CustomerContext } from "@/lib/domain/context";
import { env } from "@/lib/env";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { orNotFound, orNull } from "@/lib/web/errors";
import { requireUser } from "@/lib/web/session";
import {
  acceptHoldAction,
  cancelSyncAction,
  closeConnectAction,
  disconnectConnectionAction,
  requestSyncAction,
  startConnectAction,
  startReauthenticateAction,
} from "../actions";
import { revealBankNumberAction } from "./actions";

interface PageProps {
  params: Promise<{ customerId: string; connectionId: string }>;
  searchParams: Promise<SearchParams>;
}

/** Once a request: the title and the page show the same. */
const load = cache(async (customerId: string, connectionId: string) => {
  const ctx = await employerContext(customerId, { permission: "connection:read" });
  return { ctx, connection: await orNotFound(getConnection(ctx, connectionId)) };
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { customerId, connectionId } = await params;
  return { title: (await load(customerId, connectionId)).connection.providerName };
}

const connectActions = {
  startConnect: startConnectAction,
  startReauthenticate: startReauthenticateAction,
  closeConnect: closeConnectAction,
};
const pageActions = {
  requestSync: requestSyncAction,
  cancelSync: cancelSyncAction,
  disconnect: disconnectConnectionAction,
};

/** For who may see the employer's data; staff see connections and their health. */
async function companyOf(ctx: CustomerContext, { id, disconnectedAt }: ConnectionDetailView) {
  if (disconnectedAt !== null || !can(ctx, "individual:read", { connectionId: id })) return null;
  const part = await orNull(getCompany(ctx, { connectionId: id }));
  // Disconnected since the page's first read: this section goes, the page stays.
  if (part === null) return null;
  return (
    <CompanySection
      part={part}
      accounts={(company) => (
        <BankAccounts
          company={company}
          provider={part.providerName}
          place={{ customerId: ctx.scope.customerId, connectionId: id }}
          reveal={revealBankNumberAction}
        />
      )}
    />
  );
}

/** What stands below the steps: read for this address, each table by itself. */
async function loadTables(ctx: CustomerContext, connectionId: string, address: ConnectionAddress) {
  const [record, items, runs, requests] = await Promise.all([
    getConnectionRecord(ctx, connectionId),
    listItemErrors(ctx, {
      connectionId,
      product: address.items,
      after: address.itemsAfter,
      before: address.itemsBefore,
    }),
    listSyncRuns(ctx, { connectionId, runId: address.run }),
    listRequests(ctx, {
      connectionId,
      failedOnly: address.failedOnly,
      after: address.requestsAfter,
      before: address.requestsBefore,
    }),
  ]);
  return { record, items, runs, requests };
}

export default async function ConnectionPage({ params, searchParams }: PageProps) {
  const { customerId: urlCustomerId, connectionId } = await params;
  const { ctx, connection } = await load(urlCustomerId, connectionId);
  const { id: userId } = await requireUser();
  const query = await searchParams;
  const address = readConnectionAddress(query);
  const { customerId, connectionIds } = ctx.scope;
  const scope = { userId, customerId };
  const [tables, company] = await Promise.all([
    orNotFound(loadTables(ctx, connection.id, address)),
    companyOf(ctx, connection),
  ]);
  const { record } = tables;
  const now = new Date(record.now);
  const here = paths.connection(customerId, connection.id);
  const mayReadCustomer = can(ctx, "customer:read");
  return (
    <ConnectLauncher scope={scope} connectOrigin={env().FINCH_CONNECT_URL} actions={connectActions}>
      <Breadcrumbs
        items={[
          {
            label: connection.customerName,
            ...(mayReadCustomer ? { href: paths.employer(customerId) } : {}),
          },
          { label: "Connections", href: paths.connections(customerId) },
          { label: connection.providerName },
        ]}
      />
      <ConnectionDetail
        key={connection.id}
        scope={scope}
        initial={connection}
        mayConnectNew={connectionIds === "all" && can(ctx, "connection:connect")}
        mayReadPeople={can(ctx, "individual:read")}
        welcome={"connected" in query ? "connected" : "reconnected" in query ? "reconnected" : null}
        actions={pageActions}
        errorsHref={connectionHref(here, withItems(address, null), "items")}
        holds={
          <HoldBanners
            holds={record.holds}
            entities={connection.entities}
            providerName={connection.providerName}
            scope={scope}
            connectionId={connection.id}
            mayAccept={record.mayAccept}
            accept={acceptHoldAction}
            zone={connection.timeZone}
            now={record.now}
          />
        }
        record={
          <>
            <ConnectionTables
              connection={connection}
              tables={tables}
              customerId={customerId}
              address={address}
            />
            {company}
          </>
        }
        rail={
          <>
            <ConnectionTimeline
              timeline={record.timeline}
              providerName={connection.providerName}
              timeZone={connection.timeZone}
              now={now}
            />
            <ConnectionFacts connection={connection} fields={record.fields} />
            {connection.disconnectedAt === null ? (
              <NightlyChecks checks={record.checks} zone={connection.timeZone} now={record.now} />
            ) : null}
          </>
        }
      />
    </ConnectLauncher>
  );
}
