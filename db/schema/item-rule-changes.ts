import { sql } from "drizzle-orm";
import { foreignKey, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, customerId, instant, rowId } from "./columns";
import { connections } from "./connections";

/** What was asked of Finch about its rules on pay statement items. It is written down before anything is sent. */
export const itemRuleChanges = pgTable(
  "item_rule_changes",
  {
    customerId: customerId(),
    id: rowId(),
    connectionId: uuid("connection_id").notNull(),
    entityId: text("entity_id").notNull().default(""),
    /** create | update | delete */
    kind: text("kind").notNull(),
    /** Null for a rule that is not there yet. */
    finchRuleId: text("finch_rule_id"),
    /** {conditions, metadata, effectiveStart, effectiveEnd} as they are to be; null for a deletion. */
    wanted: jsonb("wanted"),
    /** queued | sending | done | failed | unknown (the answer was lost, and looking did not tell) */
    state: text("state").notNull().default("queued"),
    /** Why it failed: an outcome of Finch, or a word of ours. */
    code: text("code"),
    message: text("message"),
    requestId: text("request_id"),
    requestedBy: text("requested_by"),
    createdAt: createdAt(),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    /** One at a time: what is previewed for the next one must be what is there. */
    uniqueIndex("item_rule_changes_one_open")
      .on(table.customerId, table.connectionId, table.entityId)
      .where(sql`finished_at is null`),
    index("item_rule_changes_recent").on(table.customerId, table.connectionId, table.createdAt),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
  ],
);
