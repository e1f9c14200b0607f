import { queryOptions } from "@tanstack/react-query";
import type {
  ConnectionDetailView,
  ConnectionListView,
  ProviderListView,
} from "@/lib/domain/connections/views";
import { fetchJson } from "./fetch-json";
import { queryKeys, type QueryScope } from "./query-keys";

/** While a sync runs its steps are watched; otherwise the page only notices what others did. */
const busyPollMs = 1_000;
const calmPollMs = 30_000;

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

/** One connection with steps, products, requests and timeline. */
export function connectionQuery(scope: QueryScope, connectionId: string) {
  return queryOptions({
    queryKey: queryKeys.connection(scope, connectionId),
    queryFn: ({ signal }) =>
      fetchJson<ConnectionDetailView>(`${apiPath(scope.customerId)}/${connectionId}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.isBusy ? busyPollMs : calmPollMs),
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
