import { sql } from "drizzle-orm";
import {
  bigint,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { count, createdAt, customerId, instant, rowId } from "./columns";
import { connections } from "./connections";

/**
 * What the mirror does and knows about itself: runs and their steps, requests, Finch's jobs, errors of single items,
 * what is held, and its own checks.
 */

export const syncRuns = pgTable(
  "sync_runs",
  {
    customerId: customerId(),
    id: rowId(),
    connectionId: uuid("connection_id").notNull(),
    /** first | scheduled | requested | reconnected | repair */
    reason: text("reason").notNull(),
    /** full: all years; window: what DOMAIN 1.4 re-reads; repair: only what is incomplete. */
    scope: text("scope").notNull().default("full"),
    /** queued | running | waiting | succeeded | partly_failed | failed | cancelled */
    status: text("status").notNull().default("queued"),
    tokenId: uuid("token_id"),
    requestedBy: text("requested_by"),
    cancelledBy: text("cancelled_by"),
    createdAt: createdAt(),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
    /** The outcome's code where it failed. */
    failureCode: text("failure_code"),
    failureMessage: text("failure_message"),
    requestId: text("request_id"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    uniqueIndex("sync_runs_one_open")
      .on(table.customerId, table.connectionId)
      .where(sql`status in ('queued', 'running', 'waiting')`),
    index("sync_runs_recent").on(table.customerId, table.connectionId, table.createdAt),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
  ],
);

export const syncSteps = pgTable(
  "sync_steps",
  {
    customerId: customerId(),
    runId: uuid("run_id").notNull(),
    /** Name of the step: see stepNames in lib/domain/sync/plan.ts. */
    name: text("name").notNull(),
    /** '' where the connection has a single entity. */
    entityId: text("entity_id").notNull().default(""),
    ordinal: integer("ordinal").notNull(),
    /** pending | running | waiting | succeeded | failed | skipped */
    status: text("status").notNull().default("pending"),
    /** Lease: a write with an older epoch changes nothing. */
    epoch: count("epoch"),
    attempts: count("attempts"),
    done: count("done"),
    total: integer("total"),
    itemErrors: count("item_errors"),
    requests: count("requests"),
    /** Requests that the step needs in all, as far as is known; null until then. */
    plannedRequests: integer("planned_requests"),
    /** The quota that it waits for a slot of; null where it waits for none. */
    quotaKey: text("quota_key"),
    /** Where to go on: offset of the page, batch number. */
    cursor: jsonb("cursor"),
    outcome: text("outcome"),
    message: text("message"),
    requestId: text("request_id"),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
    retryAt: instant("retry_at"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.runId, table.name, table.entityId] }),
    foreignKey({
      columns: [table.customerId, table.runId],
      foreignColumns: [syncRuns.customerId, syncRuns.id],
    }).onDelete("cascade"),
  ],
);

/** Every request to Finch, without bodies. Partitioned by day in SQL. */
export const apiRequests = pgTable(
  "api_requests",
  {
    customerId: customerId(),
    at: instant("at").notNull().defaultNow(),
    id: rowId(),
    connectionId: uuid("connection_id"),
    tokenId: uuid("token_id"),
    endpoint: text("endpoint").notNull(),
    /** HTTP status; null where no answer came. */
    status: integer("status"),
    outcome: text("outcome").notNull(),
    finchCode: text("finch_code"),
    finchRequestId: text("finch_request_id"),
    durationMs: integer("duration_ms").notNull(),
    bytes: bigint("bytes", { mode: "number" }),
    dataRetrievedAt: instant("data_retrieved_at"),
    lastAttemptAt: instant("last_attempt_at"),
    lastAttemptResult: text("last_attempt_result"),
    syncRunId: uuid("sync_run_id"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.at, table.id] }),
    index("api_requests_connection").on(table.customerId, table.connectionId, table.at),
    // Staff read all employers' requests by time, mostly the failed ones, or look for one by its id.
    index("api_requests_recent").on(table.at, table.id),
    index("api_requests_failed")
      .on(table.at, table.id)
      .where(sql`outcome not in ('ok', 'pending')`),
    index("api_requests_finch_request").on(table.finchRequestId.op("text_pattern_ops")),
  ],
);

/** Jobs at Finch (a Finch job, never one of our queue). */
export const finchJobs = pgTable(
  "finch_jobs",
  {
    customerId: customerId(),
    connectionId: uuid("connection_id").notNull(),
    finchJobId: text("finch_job_id").notNull(),
    /** data_sync_all, w4_form_employee_sync, … */
    type: text("type").notNull(),
    /** pending, in_progress, complete, error, reauth_error, permissions_error */
    status: text("status").notNull(),
    createdAtFinch: instant("created_at_finch"),
    scheduledAt: instant("scheduled_at"),
    startedAt: instant("started_at"),
    completedAt: instant("completed_at"),
    fetchedAt: instant("fetched_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.connectionId, table.finchJobId] }),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
  ],
);

/**
 * Why Finch gave nothing for one payment, benefit, document or pay group of an answer. Errors of people stand on
 * the person (individuals.individual_error, employment_error).
 */
export const itemErrors = pgTable(
  "item_errors",
  {
    customerId: customerId(),
    connectionId: uuid("connection_id").notNull(),
    entityId: text("entity_id").notNull().default(""),
    /** The step: pay_groups, pay_statements, benefits, documents. */
    product: text("product").notNull(),
    /** Finch's id of the item. */
    finchId: text("finch_id").notNull(),
    /** The person concerned, where the item is about one. */
    individualId: uuid("individual_id"),
    /** Finch's code of the item. */
    code: integer("code").notNull(),
    name: text("name"),
    finchCode: text("finch_code"),
    message: text("message"),
    firstSeenAt: instant("first_seen_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.customerId, table.connectionId, table.entityId, table.product, table.finchId],
    }),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
  ],
);

/** An empty answer where there was data: nothing is deleted until a person accepts it (DOMAIN 1.3). */
export const syncHolds = pgTable(
  "sync_holds",
  {
    customerId: customerId(),
    id: rowId(),
    connectionId: uuid("connection_id").notNull(),
    entityId: text("entity_id").notNull().default(""),
    /** directory | payments | pay_statements | benefits | documents | pay_groups */
    product: text("product").notNull(),
    /** Finch's id of the payment or benefit whose content is gone; '' for a whole list. */
    finchId: text("finch_id").notNull().default(""),
    /** Rows that would go. */
    rows: integer("rows").notNull(),
    runId: uuid("run_id"),
    requestId: text("request_id"),
    createdAt: createdAt(),
    acceptedAt: instant("accepted_at"),
    acceptedBy: text("accepted_by"),
    /** Over: accepted and deleted, or the data came back. */
    resolvedAt: instant("resolved_at"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    uniqueIndex("sync_holds_open")
      .on(table.customerId, table.connectionId, table.entityId, table.product, table.finchId)
      .where(sql`resolved_at is null`),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
  ],
);

/** People who were erased: never stored again (SECURITY 19). HMAC of connection and individual id. */
export const suppressions = pgTable(
  "suppressions",
  {
    customerId: customerId(),
    connectionId: uuid("connection_id").notNull(),
    hmac: text("hmac").notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.customerId, table.connectionId, table.hmac] })],
);

/** Checks of the mirror against itself: nightly reconcile, nightly recompute of totals. Counts only. */
export const reconciliations = pgTable(
  "reconciliations",
  {
    customerId: customerId(),
    id: rowId(),
    connectionId: uuid("connection_id").notNull(),
    /** reconcile | totals */
    kind: text("kind").notNull(),
    startedAt: instant("started_at").notNull(),
    finishedAt: instant("finished_at"),
    checked: count("checked"),
    differences: count("differences"),
    repaired: count("repaired"),
    detail: jsonb("detail").notNull().default({}),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    index("reconciliations_recent").on(table.customerId, table.connectionId, table.startedAt),
    index("reconciliations_by_time").on(table.startedAt),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
  ],
);
