"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Split } from "@/components/ui/section";
import { notify } from "@/components/ui/toaster";
import { connectionQuery } from "@/lib/client/connection-queries";
import { queryKeys, type QueryScope } from "@/lib/client/query-keys";
import { paths } from "@/lib/paths";
import type { ConnectionDetailView } from "@/lib/domain/connections/views";
import { CauseBanner } from "./cause-banner";
import { ConnectFeedback } from "./connect-feedback";
import type { ConnectionActions } from "./connection-actions";
import { ConnectionFreshness } from "./connection-freshness";
import { ConnectionHeader } from "./connection-header";
import { DisconnectSection } from "./disconnect-section";
import { StaleNotice } from "./stale-notice";
import { SyncSection } from "./sync-section";
import { useRefreshAsItGoes } from "./use-refresh-as-it-goes";

export interface ConnectionDetailProps {
  scope: QueryScope;
  initial: ConnectionDetailView;
  mayConnectNew: boolean;
  /** Whether the reader may open the directory. */
  mayReadPeople: boolean;
  /** Set after coming back from Finch Connect in the redirect flow. */
  welcome: "connected" | "reconnected" | null;
  actions: Pick<ConnectionActions, "requestSync" | "cancelSync" | "disconnect">;
  /** Where the items that failed are listed. */
  errorsHref: string;
  /** Rendered by the page and read again when something changed, never part of what is polled. */
  holds: ReactNode;
  record: ReactNode;
  rail: ReactNode;
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

/** The page of one connection: what happens right now is polled, the rest is read again when something changed. */
export function ConnectionDetail(props: ConnectionDetailProps) {
  const { scope, initial, mayConnectNew, mayReadPeople, welcome, actions } = props;
  const { customerId } = scope;
  const at = { customerId, connectionId: initial.id };
  const queries = useQueryClient();
  const options = connectionQuery(scope, initial.id);
  const { data: connection, isError } = useQuery({ ...options, initialData: initial });
  useRefreshAsItGoes(connection);
  const poll = () => queries.invalidateQueries({ queryKey: queryKeys.connections(scope) });
  const sync = useMutation({
    mutationFn: async () => {
      const result = await actions.requestSync(at);
      if (!result.ok) throw new Error(result.error.message);
      return result.data;
    },
    onSuccess: ({ joined, refresh }) =>
      notify({
        tone: "waiting",
        title: joined ? "A sync is running already" : `Sync of ${connection.providerName} started`,
        ...(refresh?.left === 0
          ? { detail: "Finch has no refresh left right now: what it has already is read." }
          : {}),
      }),
    onError: (error) => notify({ tone: "failing", title: "The sync was not started", detail: error.message }),
    onSettled: poll,
  });
  const deeds = { connection, syncPending: sync.isPending, onSync: () => sync.mutate() };
  return (
    <>
      <ConnectionHeader {...deeds} />
      <ConnectFeedback />
      {isError ? <StaleNotice now={connection.now} zone={connection.timeZone} /> : null}
      {welcome && connection.disconnectedAt === null ? (
        <Welcome
          connection={connection}
          welcome={welcome}
          directoryHref={mayReadPeople ? paths.directory(customerId) : null}
        />
      ) : null}
      <CauseBanner {...deeds} mayConnectNew={mayConnectNew} />
      {props.holds}
      <Split
        rail={
          <>
            {props.rail}
            <DisconnectSection
              connection={connection}
              customerId={customerId}
              disconnect={actions.disconnect}
              onDone={poll}
            />
          </>
        }
      >
        <ConnectionFreshness connection={connection} zone={connection.timeZone} now={connection.now} />
        <SyncSection
          connection={connection}
          cancel={(runId) => actions.cancelSync({ ...at, runId })}
          onChanged={poll}
          errorsHref={props.errorsHref}
        />
        {props.record}
      </Split>
    </>
  );
}
