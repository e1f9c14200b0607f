/**
 * Finch writes some fields in two ways. Its OpenAPI document has an object for `authentication_method`, an ISO
 * `pay_date`, an object for a company's `data` and a `job_url` below automated or manual jobs; its guide has a
 * string, MM-DD-YYYY, null and the older `/jobs/<id>`. `both` takes turns, for each kind of event by itself.
 */
export type Shapes = "document" | "guide" | "both";

/** Where events are sent, as Finch's dashboard would know it. */
export interface WebhookEndpoint {
  id: string;
  url: string;
  /** Base64; more than one while one is being replaced. The newest is last. */
  secrets: string[];
  /** Only events of this application's connections; null for all. */
  clientId: string | null;
  shapes: Shapes;
  /** Sends every event twice. */
  duplicates: boolean;
  /** Sends what happened together in the opposite order. */
  reorder: boolean;
  /** Events so far that have two shapes, by kind (`payment`, `job` …), so that the shapes can take turns. */
  turns: Record<string, number>;
  /** Events that were not queued, because too many waited. */
  dropped: number;
  /** Named when the sandbox was started: a reset keeps it. */
  fromStart: boolean;
  createdAt: string;
}

export interface Attempt {
  /** By the sandbox's clock. */
  at: string;
  /** The answer's status; null where there was none. */
  status: number | null;
  error: string | null;
  durationMs: number;
}

/** One event on its way to one endpoint. */
export interface Delivery {
  id: string;
  endpointId: string;
  eventId: string;
  eventType: string;
  connectionId: string | null;
  body: string;
  createdAt: string;
  state: "waiting" | "delivered" | "failed";
  attempts: Attempt[];
  /** When it is tried next, by the sandbox's clock; null once it is delivered or given up. */
  nextAt: string | null;
}
