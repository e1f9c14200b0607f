import type { ConnectionState, StatusCause, StatusRemedy } from "./status";

/**
 * What screens get, listed field by field: no row, and above all no token, ever
 * leaves the domain. Instants are ISO strings in UTC; the employer's zone comes
 * beside them.
 */

export type StepState = "pending" | "running" | "waiting" | "succeeded" | "failed" | "skipped";

export interface SyncStepView {
  name: string;
  /** "" where the connection has a single entity. */
  entityId: string;
  status: StepState;
  done: number;
  total: number | null;
  itemErrors: number;
  requests: number;
  outcome: string | null;
  message: string | null;
  requestId: string | null;
  durationMs: number | null;
  retryAt: string | null;
}

export interface SyncRunView {
  id: string;
  /** first | scheduled | requested | reconnected */
  reason: string;
  /** queued | running | waiting | succeeded | partly_failed | failed | cancelled */
  status: string;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  failureCode: string | null;
  failureMessage: string | null;
  requestId: string | null;
  steps: SyncStepView[];
}

/** What this reader may do with this connection; what they may not is not on the page. */
export interface ConnectionAbilities {
  connect: boolean;
  sync: boolean;
  disconnect: boolean;
}

export interface ConnectionView {
  id: string;
  providerId: string;
  providerName: string;
  /** Which account of the provider: the company's legal name, where the reader may know it. */
  accountName: string | null;
  people: number | null;
  status: ConnectionState;
  cause: StatusCause;
  remedy: StatusRemedy | null;
  /** Since when the status is so, where that is known. */
  since: string | null;
  syncKind: "automated" | "assisted";
  products: string[];
  lostProducts: string[];
  /** Asked for and never granted. */
  absentProducts: string[];
  /** Age of the data by Finch's own header, the oldest over the granted products. */
  dataAsOf: string | null;
  /** When the data is late by the provider's cadence. */
  dataDueAt: string | null;
  nextSyncAt: string | null;
  lastSyncSucceededAt: string | null;
  /** Finch's own word for the trouble, where there is one: "reauthenticate_user". */
  troubleCode: string | null;
  setupStartedAt: string | null;
  createdAt: string;
  disconnectedAt: string | null;
  disconnectedByName: string | null;
  dataDeleteAt: string | null;
  dataDeletedAt: string | null;
  /** The request to name to Finch when asking about the present trouble. */
  troubleRequestId: string | null;
  latestRun: SyncRunView | null;
  /** Something is on its way: ask again soon. */
  isBusy: boolean;
  may: ConnectionAbilities;
}

export interface ConnectionListView {
  customerId: string;
  customerName: string;
  timeZone: string;
  /** The server's clock, from which ages on the page are counted. */
  now: string;
  mayConnect: boolean;
  connections: ConnectionView[];
}

export interface ProductFreshnessView {
  product: string;
  granted: boolean;
  lost: boolean;
  /** The step that fetches it in the latest run, where there is one. */
  stepStatus: StepState | null;
  stepOutcome: string | null;
  records: number | null;
  asOf: string | null;
  /** success | error | partial_error, by Finch's header. */
  lastAttemptResult: string | null;
  lastAttemptAt: string | null;
}

export interface ApiRequestView {
  id: string;
  at: string;
  /** Method and path: "GET /employer/directory". */
  endpoint: string;
  status: number | null;
  outcome: string;
  finchCode: string | null;
  durationMs: number;
  requestId: string | null;
}

export interface TimelineEventView {
  id: string;
  kind: string;
  /** user | worker | system | finch */
  actorKind: string;
  actorName: string | null;
  detail: Record<string, unknown>;
  requestId: string | null;
  at: string;
}

/** Which fields of a product the provider fills for this way of signing in; null where Finch did not say. */
export interface FieldSupportView {
  supported: string[];
  unsupported: string[];
}

export interface ConnectionDetailView extends ConnectionView {
  customerName: string;
  timeZone: string;
  now: string;
  finchConnectionId: string;
  /** Companies behind the connection; empty for staff and once it is disconnected. */
  entities: { id: string; name: string | null }[];
  freshness: ProductFreshnessView[];
  requests: ApiRequestView[];
  requestCount: number;
  timeline: TimelineEventView[];
  refreshesAllowed: number | null;
  refreshesRemaining: number | null;
  fields: FieldSupportView | null;
  retentionDays: number;
}

export interface ProviderView {
  id: string;
  name: string;
  /** Ways of signing in that Finch runs by itself. */
  automated: boolean;
  /** Set up by people at Finch, in up to 14 days. */
  assisted: boolean;
  mfaRequired: boolean | null;
  products: string[];
}

export interface ProviderListView {
  providers: ProviderView[];
  /** Null until the worker fetched the list for the first time. */
  fetchedAt: string | null;
}
