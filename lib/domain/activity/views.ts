/** What the page of requests shows. */

export interface ActivityRequestView {
  id: string;
  /** Its place in the list, for an address. */
  at: Date;
  endpoint: string;
  status: number | null;
  outcome: string;
  finchCode: string | null;
  requestId: string | null;
  durationMs: number;
  bytes: number | null;
  runId: string | null;
  customer: { id: string; name: string } | null;
  connection: { id: string; providerName: string } | null;
  /** Words of the outcome; null where all went well. */
  trouble: { label: string; happened: string; means: string; todo: string } | null;
}

export interface ActivityCountView {
  requests: number;
  failed: number;
  /** 202: neither data nor an error. */
  pending: number;
  /** Failed ÷ what was not 202; null where nothing else was. */
  errorRate: number | null;
}

export interface ActivityBucketView extends ActivityCountView {
  from: Date;
  to: Date;
  /** Half and 95 of 100 answers took at most so long; null where nothing was answered. */
  p50Ms: number | null;
  p95Ms: number | null;
}

export interface ActivityCauseView {
  outcome: string;
  finchCode: string | null;
  label: string;
  happened: string;
  todo: string;
  requests: number;
  connections: number;
  lastAt: Date;
}

export interface ActivityOption {
  value: string;
  label: string;
}

export interface ActivityView {
  from: Date;
  to: Date;
  live: boolean;
  bucketMs: number;
  sum: ActivityCountView;
  buckets: ActivityBucketView[];
  causes: ActivityCauseView[];
  requests: ActivityRequestView[];
  /** Places of the neighbouring pages. */
  newer: string | null;
  older: string | null;
  /** What the filters offer. */
  customers: ActivityOption[];
  connections: ActivityOption[];
  endpoints: ActivityOption[];
  outcomes: ActivityOption[];
  finchCodes: ActivityOption[];
  keptDays: number;
  now: Date;
}
