import { bigint, index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { customerId, instant, rowId } from "./columns";

/** The end of each customer's chain; the nil customer's is the platform's. Locked by audit_append(). */
export const auditHeads = pgTable(
  "audit_heads",
  {
    customerId: customerId(),
    seq: bigint("seq", { mode: "number" }).notNull(),
    hash: text("hash").notNull(),
  },
  (table) => [primaryKey({ columns: [table.customerId] })],
);

/** Ids only. hash = sha256(prev ‖ canonical json of customer, seq, time, actor, action, target, details digest). */
export const auditLog = pgTable(
  "audit_log",
  {
    customerId: customerId(),
    seq: bigint("seq", { mode: "number" }).notNull(),
    id: rowId(),
    at: instant("at").notNull(),
    actorKind: text("actor_kind").notNull(),
    actorId: text("actor_id").notNull(),
    action: text("action").notNull(),
    targetType: text("target_type").notNull(),
    targetId: text("target_id").notNull(),
    detailsDigest: text("details_digest"),
    prevHash: text("prev_hash").notNull(),
    hash: text("hash").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.seq] }),
    index("audit_log_target").on(table.customerId, table.targetType, table.targetId),
  ],
);

/** Personal values of an audit row, with a salt of their own: erasing both leaves the chain verifiable. */
export const auditDetails = pgTable(
  "audit_details",
  {
    customerId: customerId(),
    seq: bigint("seq", { mode: "number" }).notNull(),
    salt: uuid("salt").notNull(),
    details: jsonb("details").notNull(),
  },
  (table) => [primaryKey({ columns: [table.customerId, table.seq] })],
);
