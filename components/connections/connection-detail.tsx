"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Split } from "@/components/ui/section";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { notify } from "@/components/ui/toaster";
import { connectionQuery } from "@/lib/client/connection-queries";
import { queryKeys, type QueryScope } from "@/lib/client/query-keys";
import { paths } from "@/lib/paths";
import type { ConnectionDetailView } from "@/lib/domain/connections/views";
import { CauseBanner } from "./cause-banner";
import { ConnectFeedback } from "./connect-feedback";
import type { ConnectionActions } from "./connection-actions";
import { ConnectionFacts } from "./connection-facts";
import { ConnectionFreshness } from "./connection-freshness";
import { ConnectionHeader } from "./connection-header";
import { ConnectionTimeline } from "./connection-timeline";
import { DisconnectSection } from "./disconnect-section";
import { FreshnessTable } from "./freshness-table";
import { RequestsTable } from "./requests-table";
import { StaleNotice } from "./stale-notice";
import { SyncSection } from "./sync-section";
import { useRefreshWhenDone } from "./use-refresh-when-done";

export interface ConnectionDetailProps {
  scope: QueryScope;
  initial: ConnectionDetailView;
  mayConnectNew: boolean;
  /** Whether the reader may open the directory. */
  mayReadPeople: boolean;
  /** Set after coming back from Finch Connect in the redirect flow. */
  welcome: "connected" | "reconnected" | null;
  actions: Pick<ConnectionActions, "requestSync" | "disconnect">;
  /** What the connection says of the employer itself; rendered by the page, never part of what is polled. */
  company: ReactNode;
}

function Welcome({
  connection,
  welcome,
  directoryHref,
}: {
  connection: ConnectionDetailView;
  welcome: "connected" | "reconnected";
  directoryHref: string | null;
}) {
  const done = connection.lastSyncSucceededAt !== null && !connection.isBusy;
  return (
    <Banner
      className="mb-[18px]"
      tone={done ? "healthy" : "waiting"}
      shape={done ? "check" : "ring"}
      role="status"
      title={`${connection.providerName} is ${welcome}`}
      means={
        done
          ? "The first data is here."
          : "The sync has started. You may leave this page; it goes on by itself."
      }
      actions={
        done && directoryHref ? <LinkButton href={directoryHref}>Open the directory</LinkButton> : undefined
      }
    />
  );
}

/** The page of one connection, kept current by polling; a reload shows the same. */
export function ConnectionDetail(props: ConnectionDetailProps) {
  const { scope, initial, mayConnectNew, mayReadPeople, welcome, actions, company } = props;
  const { customerId } = scope;
  const queries = useQueryClient();
  const options = connectionQuery(scope, initial.id);
  const { data: connection, isError } = useQuery({ ...options, initialData: initial });
  useRefreshWhenDone(connection.isBusy);
  const refresh = () => queries.invalidateQueries({ queryKey: queryKeys.connections(scope) });
  const sync = useMutation({
    mutationFn: async () => {
      const result = await actions.requestSync({ customerId, connectionId: initial.id });
      if (!result.ok) throw new Error(result.error.message);
      return result.data;
    },
    onSuccess: ({ joined }) =>
      notify({
        tone: "waiting",
        title: joined ? "A sync is running already" : `Sync of ${connection.providerName} started`,
      }),
    onError: (error) => notify({ tone: "failing", title: "The sync was not started", detail: error.message }),
    onSettled: refresh,
  });
  const deeds = { connection, syncPending: sync.isPending, onSync: () => sync.mutate() };
  const isOpen = connection.disconnectedAt === null;
  return (
    <>
      <ConnectionHeader {...deeds} />
      <ConnectFeedback />
      {isError ? <StaleNotice now={connection.now} zone={connection.timeZone} /> : null}
      {welcome && isOpen ? (
        <Welcome
          connection={connection}
          welcome={welcome}
          directoryHref={mayReadPeople ? paths.directory(customerId) : null}
        />
      ) : null}
      <CauseBanner {...deeds} mayConnectNew={mayConnectNew} />
      <Split
        rail={
          <>
            <ConnectionTimeline connection={connection} />
            <ConnectionFacts connection={connection} />
            <DisconnectSection
              connection={connection}
              customerId={customerId}
              disconnect={actions.disconnect}
              onDone={refresh}
            />
          </>
        }
      >
        <ConnectionFreshness connection={connection} zone={connection.timeZone} now={connection.now} />
        <SyncSection connection={connection} />
        {isOpen ? <FreshnessTable connection={connection} /> : null}
        {isOpen ? company : null}
        <RequestsTable connection={connection} />
      </Split>
    </>
  );
}
