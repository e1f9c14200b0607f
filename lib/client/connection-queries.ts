import { queryOptions } from "@tanstack/react-query";
import type {
  ConnectionDetailView,
  ConnectionListView,
  ProviderListView,
} from "@/lib/domain/connections/views";
import { fetchJson } from "./fetch-json";
import { queryKeys, type QueryScope } from "./query-keys";

/**
 * While a sync runs its steps are watched, less closely while it waits for its turn or for Finch; otherwise the page only
 * notices what others did. React Query asks nothing while the page is hidden.
 */
const busyPollMs = 1_000;
const waitingPollMs = 4_000;
const calmPollMs = 30_000;

function pollMs(connection: ConnectionDetailView | undefined): number {
  if (!connection?.isBusy) return calmPollMs;
  const steps = connection.latestRun?.steps ?? [];
  const isAtWork = steps.some(({ status, wait }) => status === "running" && wait === null);
  const waits = steps.some(({ wait }) => wait !== null);
  return waits && !isAtWork ? waitingPollMs : busyPollMs;
}

const apiPath = (customerId: string) => `/api/e/${customerId}/connections`;

/** The cards of an employer's connections. */
export function connectionListQuery(scope: QueryScope) {
  return queryOptions({
    queryKey: queryKeys.connections(scope),
    queryFn: ({ signal }) => fetchJson<ConnectionListView>(apiPath(scope.customerId), { signal }),
    refetchInterval: ({ state }) =>
      state.data?.connections.some((connection) => connection.isBusy) ? busyPollMs : calmPollMs,
  });
}

/** One connection with what happens on it right now. */
export function connectionQuery(scope: QueryScope, connectionId: string) {
  return queryOptions({
    queryKey: queryKeys.connection(scope, connectionId),
    queryFn: ({ signal }) =>
      fetchJson<ConnectionDetailView>(`${apiPath(scope.customerId)}/${connectionId}`, { signal }),
    refetchInterval: ({ state }) => pollMs(state.data),
  });
}

/** The providers; asked for often until the worker has fetched them for the first time. */
export function providerListQuery(scope: QueryScope) {
  return queryOptions({
    queryKey: queryKeys.providers(scope),
    queryFn: ({ signal }) =>
      fetchJson<ProviderListView>(`${apiPath(scope.customerId)}/providers`, { signal }),
    refetchInterval: ({ state }) => (state.data?.fetchedAt ? false : busyPollMs),
  });
}
