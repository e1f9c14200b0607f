import type { RefreshQuotaView } from "./refresh-quota";
import type { RunEstimateView, SyncRunView } from "./run-views";
import type { ConnectionState, StatusCause, StatusRemedy } from "./status";

export type { StepState, SyncRunView, SyncStepView } from "./run-views";

/**
 * What screens get, listed field by field: no row, and above all no token, ever
 * leaves the domain. Instants are ISO strings in UTC; the employer's zone comes
 * beside them.
 */

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

/** What the page of a connection polls. */
export interface ConnectionDetailView extends ConnectionView {
  customerName: string;
  timeZone: string;
  now: string;
  finchConnectionId: string;
  /** Companies behind the connection, without names for staff; none once it is disconnected. */
  entities: { id: string; name: string | null }[];
  /** Null where Finch did not say, and for assisted providers. */
  refresh: RefreshQuotaView | null;
  /** How long the open run still takes; null where none is open, or nobody can say. */
  estimate: RunEstimateView | null;
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
