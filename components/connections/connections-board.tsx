"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/button";
import { FilterBar } from "@/components/ui/filter-bar";
import { SearchFilter } from "@/components/ui/search-filter";
import { Segmented } from "@/components/ui/segmented";
import { notify } from "@/components/ui/toaster";
import { connectionListQuery } from "@/lib/client/connection-queries";
import type { QueryScope } from "@/lib/client/query-keys";
import { paths } from "@/lib/paths";
import type { ConnectionListView, ConnectionView } from "@/lib/domain/connections/views";
import { ConnectFeedback } from "./connect-feedback";
import type { ConnectionActions } from "./connection-actions";
import { ConnectionCard } from "./connection-card";
import { needsAttention } from "./connection-look";
import { StaleNotice } from "./stale-notice";
import { useRefreshWhenDone } from "./use-refresh-when-done";

export interface ConnectionsBoardProps {
  scope: QueryScope;
  initial: ConnectionListView;
  actions: Pick<ConnectionActions, "requestSync">;
}

type Shown = "all" | "attention" | "working";

const shownOf = (value: string | null): Shown =>
  value === "attention" || value === "working" ? value : "all";

function matches(connection: ConnectionView, shown: Shown, search: string): boolean {
  const attention = needsAttention.has(connection.status);
  if (shown === "attention" && !attention) return false;
  if (shown === "working" && (attention || connection.status === "disconnected")) return false;
  const text = `${connection.providerName} ${connection.accountName ?? ""}`.toLocaleLowerCase("en-US");
  return text.includes(search.trim().toLocaleLowerCase("en-US"));
}

function Filters({ view, shown, search }: { view: ConnectionListView; shown: Shown; search: string }) {
  const base = paths.connections(view.customerId);
  const href = (show: Shown) => {
    const query = new URLSearchParams({
      ...(show === "all" ? {} : { show }),
      ...(search ? { q: search } : {}),
    });
    return query.size > 0 ? `${base}?${query.toString()}` : base;
  };
  const attention = view.connections.filter((each) => matches(each, "attention", "")).length;
  const working = view.connections.filter((each) => matches(each, "working", "")).length;
  return (
    <FilterBar
      search={<SearchFilter label="Search connections" placeholder="Provider or account" />}
      aside="Sorted by what needs you"
    >
      <Segmented
        label="Show"
        value={shown}
        items={[
          { value: "all", label: `All ${view.connections.length}`, href: href("all") },
          { value: "attention", label: `Need attention ${attention}`, href: href("attention") },
          { value: "working", label: `Working ${working}`, href: href("working") },
        ]}
      />
    </FilterBar>
  );
}

/** The cards, kept current while anything is on its way. */
export function ConnectionsBoard({ scope, initial, actions }: ConnectionsBoardProps) {
  const params = useSearchParams();
  const queries = useQueryClient();
  const options = connectionListQuery(scope);
  const { data: view, isError } = useQuery({ ...options, initialData: initial });
  useRefreshWhenDone(view.connections.some((connection) => connection.isBusy));
  const sync = useMutation({
    mutationFn: async (connection: ConnectionView) => {
      const result = await actions.requestSync({ customerId: scope.customerId, connectionId: connection.id });
      if (!result.ok) throw new Error(result.error.message);
      return result.data;
    },
    onSuccess: ({ joined }, { providerName }) => {
      notify({
        tone: "waiting",
        title: joined ? `${providerName} is syncing already` : `Sync of ${providerName} started`,
      });
    },
    onError: (error, { providerName }) => {
      notify({ tone: "failing", title: `${providerName} was not synced`, detail: error.message });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: options.queryKey }),
  });
  const shown = shownOf(params.get("show"));
  const search = params.get("q") ?? "";
  const visible = view.connections.filter((connection) => matches(connection, shown, search));
  return (
    <>
      <ConnectFeedback />
      {isError ? <StaleNotice now={view.now} zone={view.timeZone} /> : null}
      <Filters view={view} shown={shown} search={search} />
      {visible.length === 0 ? (
        <EmptyState
          art="none"
          title="No connection like this"
          action={
            <LinkButton href={paths.connections(scope.customerId)}>
              Show all {view.connections.length}
            </LinkButton>
          }
        >
          {search
            ? `Nothing matches “${search}” among ${view.connections.length}.`
            : "Nothing needs attention right now."}
        </EmptyState>
      ) : (
        <ul
          className="grid grid-cols-[repeat(auto-fill,minmax(min(356px,100%),1fr))] gap-3.5"
          aria-label="Connections"
        >
          {visible.map((connection) => (
            <ConnectionCard
              key={connection.id}
              connection={connection}
              customerId={scope.customerId}
              zone={view.timeZone}
              now={view.now}
              mayConnect={view.mayConnect}
              syncPending={sync.isPending && sync.variables.id === connection.id}
              onSync={(chosen) => sync.mutate(chosen)}
            />
          ))}
        </ul>
      )}
    </>
  );
}
