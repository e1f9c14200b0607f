/** Facts that go into a connection's status, and what comes out. */

export const connectionStates = [
  "never_synced",
  "setting_up",
  "action_needed",
  "missing_permission",
  "syncing",
  "healthy",
  "late",
  "failing",
  "disconnected",
] as const;
export type ConnectionState = (typeof connectionStates)[number];

export interface ProductFreshness {
  /** Finch-Data-Retrieved. */
  retrievedAt: Date | null;
  lastAttemptAt: Date | null;
  /** success | error | partial_error */
  lastAttemptResult: string | null;
  /** When Perch asked. */
  fetchedAt: Date | null;
}

export interface StatusRun {
  /** queued | running | waiting | succeeded | partly_failed | failed | cancelled */
  status: string;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  failureMessage: string | null;
  requestId: string | null;
}

export interface StatusFacts {
  providerName: string;
  /** automated | assisted */
  syncKind: string;
  products: readonly string[];
  lostProducts: readonly string[];
  /** Shared, but the provider does not have it: there is no age to judge. */
  notOffered: readonly string[];
  accountStatus: string | null;
  actionNeededAt: Date | null;
  actionNeededReason: string | null;
  permissionMissingAt: Date | null;
  permissionMissingDetail: string | null;
  /** By product, the worst entity's. */
  freshness: Readonly<Record<string, ProductFreshness>>;
  setupStartedAt: Date | null;
  lastSyncSucceededAt: Date | null;
  lastSyncFailedAt: Date | null;
  lastSyncError: string | null;
  consecutiveFailures: number;
  nextSyncAt: Date | null;
  disconnectedAt: Date | null;
  dataDeleteAt: Date | null;
  dataDeletedAt: Date | null;
  /** The newest run, open or ended. */
  latestRun: StatusRun | null;
}

export interface StatusCause {
  happened: string;
  means: string;
}

/** What a person can do about it: the label of the deed, and the sentence around it. */
export interface StatusRemedy {
  action: "reconnect" | "sync" | "wait" | "provider" | "connect";
  text: string;
}

export interface LastResult {
  result: "none" | "succeeded" | "partly_failed" | "failed" | "cancelled";
  at: Date | null;
  message: string | null;
  requestId: string | null;
}

export interface ConnectionActivity {
  kind: "idle" | "queued" | "running" | "waiting";
  since: Date | null;
}

export interface ConnectionStatus {
  status: ConnectionState;
  cause: StatusCause;
  /** Null where nobody has to do anything. */
  remedy: StatusRemedy | null;
  /** Since when it is so, where that is known. */
  since: Date | null;
  /** Age of the data: the oldest over the granted products. */
  dataFrom: Date | null;
  /** When the data stops being fresh: by the cadence, or as the planned sync is overdue. */
  dueAt: Date | null;
  lastResult: LastResult;
  activity: ConnectionActivity;
}
