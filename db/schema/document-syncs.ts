import { sql } from "drizzle-orm";
import {
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { count, createdAt, customerId, instant, rowId } from "./columns";
import { connections } from "./connections";
import { individuals } from "./mirror";

/** Asking Finch to fetch W-4 forms: Finch does it person by person, each by a job of its own. */
export const documentSyncs = pgTable(
  "document_syncs",
  {
    customerId: customerId(),
    id: rowId(),
    connectionId: uuid("connection_id").notNull(),
    /** queued | asking | fetching | reading | done | failed | stopped */
    status: text("status").notNull().default("queued"),
    requestedBy: text("requested_by"),
    createdAt: createdAt(),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
    /** People that are asked for. */
    total: integer("total").notNull(),
    /** Tries of the same step that came to nothing, and looks at what Finch is still at. */
    retries: count("retries"),
    /** When it goes on by itself, where it waits. */
    retryAt: instant("retry_at"),
    /** Why it waits or ended: an outcome of Finch, or a word of ours. */
    code: text("code"),
    message: text("message"),
    requestId: text("request_id"),
    /** The sync that reads what Finch fetched. */
    runId: uuid("run_id"),
    stoppedBy: text("stopped_by"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    uniqueIndex("document_syncs_one_open")
      .on(table.customerId, table.connectionId)
      .where(sql`finished_at is null`),
    index("document_syncs_recent").on(table.customerId, table.connectionId, table.createdAt),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
  ],
);

/** What became of one person in it. */
export const documentSyncPeople = pgTable(
  "document_sync_people",
  {
    customerId: customerId(),
    syncId: uuid("sync_id").notNull(),
    individualId: uuid("individual_id").notNull(),
    connectionId: uuid("connection_id").notNull(),
    /** waiting | asked | fetched | failed */
    state: text("state").notNull().default("waiting"),
    finchJobId: text("finch_job_id"),
    code: text("code"),
    message: text("message"),
    requestId: text("request_id"),
    askedAt: instant("asked_at"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.syncId, table.individualId] }),
    index("document_sync_people_by_state").on(table.customerId, table.syncId, table.state),
    index("document_sync_people_by_person").on(table.customerId, table.individualId),
    foreignKey({
      columns: [table.customerId, table.syncId],
      foreignColumns: [documentSyncs.customerId, documentSyncs.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [table.customerId, table.individualId],
      foreignColumns: [individuals.customerId, individuals.id],
    }).onDelete("cascade"),
  ],
);
