import { ConnectProblemView } from "@/components/connections/connect-problem-view";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { ConnectLauncher } from "@/components/connections/connect-launcher";
import { isProblem } from "@/components/connections/problem-texts";
import { can } from "@/lib/auth/permissions";
import { env } from "@/lib/env";
import { paths } from "@/lib/paths";
import { employerContext } from "@/lib/web/context";
import { requireUser } from "@/lib/web/session";
import { z } from "zod";
import { closeConnectAction, startConnectAction, startReauthenticateAction } from "../actions";

export const metadata = { title: "Not connected" };

interface PageProps {
  params: Promise<{ customerId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const connectActions = {
  startConnect: startConnectAction,
  startReauthenticate: startReauthenticateAction,
  closeConnect: closeConnectAction,
};

const id = z.uuid().nullable().catch(null);
/** Finch's request ids are opaque; only what looks like one is shown. */
const requestId = z
  .string()
  .regex(/^[\w-]{1,80}$/)
  .nullable()
  .catch(null);

/** How an attempt in the redirect flow ended, at an address without code and state. */
export default async function ConnectProblemPage({ params, searchParams }: PageProps) {
  const ctx = await employerContext((await params).customerId, { permission: "connection:read" });
  const { id: userId } = await requireUser();
  const query = await searchParams;
  const { customerId } = ctx.scope;
  const connectionId = id.parse(query["connection"] ?? null);
  return (
    <ConnectLauncher
      scope={{ userId, customerId }}
      connectOrigin={env().FINCH_CONNECT_URL}
      actions={connectActions}
    >
      <Breadcrumbs
        items={[{ label: "Connections", href: paths.connections(customerId) }, { label: "Not connected" }]}
      />
      <ConnectProblemView
        customerId={customerId}
        problem={isProblem(query["reason"]) ? query["reason"] : "unknown_attempt"}
        connectionId={connectionId}
        requestId={requestId.parse(query["request"] ?? null)}
        mayConnect={can(ctx, "connection:connect", connectionId ? { connectionId } : {})}
      />
    </ConnectLauncher>
  );
}
