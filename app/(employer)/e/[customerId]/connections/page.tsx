import { Plus } from "lucide-react";
import { ConnectLauncher } from "@/components/connections/connect-launcher";
import { ConnectionsBoard } from "@/components/connections/connections-board";
import { ConnectionsEmpty } from "@/components/connections/connections-empty";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { listConnections } from "@/lib/domain/connections/list-connections";
import { env } from "@/lib/env";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { requireUser } from "@/lib/web/session";
import {
  closeConnectAction,
  requestSyncAction,
  startConnectAction,
  startReauthenticateAction,
} from "./actions";

export const metadata = { title: "Connections" };

const connectActions = {
  startConnect: startConnectAction,
  startReauthenticate: startReauthenticateAction,
  closeConnect: closeConnectAction,
};

export default async function ConnectionsPage({ params }: { params: Promise<{ customerId: string }> }) {
  const ctx = await employerContext((await params).customerId, { permission: "connection:read" });
  const { id: userId } = await requireUser();
  const view = await listConnections(ctx);
  const scope = { userId, customerId: view.customerId };
  const hasSome = view.connections.length > 0;
  return (
    <>
      <Breadcrumbs
        items={[
          {
            label: view.customerName,
            ...(can(ctx, "customer:read") ? { href: paths.employer(view.customerId) } : {}),
          },
          { label: "Connections" },
        ]}
      />
      <PageHeader
        title="Connections"
        description="Where payroll and people data come from, how old it is, and what is missing."
        actions={
          hasSome && view.mayConnect ? (
            <LinkButton href={paths.connectNew(view.customerId)} variant="primary">
              <Plus size={14} aria-hidden="true" />
              Connect another
            </LinkButton>
          ) : undefined
        }
      />
      {hasSome ? (
        <ConnectLauncher scope={scope} connectOrigin={env().FINCH_CONNECT_URL} actions={connectActions}>
          <ConnectionsBoard scope={scope} initial={view} actions={{ requestSync: requestSyncAction }} />
        </ConnectLauncher>
      ) : (
        <ConnectionsEmpty customerId={view.customerId} mayConnect={view.mayConnect} />
      )}
    </>
  );
}
