import { queryOptions } from "@tanstack/react-query";
import type { QuotaStateView } from "@/lib/domain/quota/views";
import { paths } from "@/lib/paths";
import { fetchJson } from "./fetch-json";
import { queryKeys, type QueryScope } from "./query-keys";

/** While requests wait the windows are watched; otherwise the page only notices that something begins. */
const busyPollMs = 1_500;
const calmPollMs = 5_000;

/** Finch's windows, who waits and how long the backlog takes. For staff. */
export function quotaQuery(scope: QueryScope) {
  return queryOptions({
    queryKey: queryKeys.quota(scope),
    queryFn: ({ signal }) => fetchJson<QuotaStateView>(paths.adminQuota(), { signal }),
    refetchInterval: ({ state }) =>
      state.data && (state.data.waiting > 0 || state.data.backlog.requests > 0) ? busyPollMs : calmPollMs,
  });
}
