import { sql } from "drizzle-orm";
import { bigint, boolean, index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, customerId, instant, rowId, transactionId } from "./columns";

/** The end of each customer's chain; the nil customer's is the platform's. Locked by audit_append(). */
export const auditHeads = pgTable(
  "audit_heads",
  {
    customerId: customerId(),
    seq: bigint("seq", { mode: "number" }).notNull(),
    hash: text("hash").notNull(),
    /** Rows up to here are gone by retention: the chain is checked from this hash on. */
    baseSeq: bigint("base_seq", { mode: "number" }).notNull().default(0),
    baseHash: text("base_hash").notNull().default(""),
  },
  (table) => [primaryKey({ columns: [table.customerId] })],
);

/** Heads signed with a key that the database lacks: a chain written anew has no signature. */
export const auditSignatures = pgTable(
  "audit_signatures",
  {
    customerId: customerId(),
    seq: bigint("seq", { mode: "number" }).notNull(),
    hash: text("hash").notNull(),
    signedAt: instant("signed_at").notNull(),
    keyId: text("key_id").notNull(),
    /** Ed25519 over customer, seq, hash and time, base64. */
    signature: text("signature").notNull(),
  },
  (table) => [primaryKey({ columns: [table.customerId, table.seq] })],
);

/** What the last verification of a chain found: shown on the audit pages. */
export const auditChecks = pgTable(
  "audit_checks",
  {
    customerId: customerId(),
    checkedAt: instant("checked_at").notNull(),
    fullCheckedAt: instant("full_checked_at"),
    throughSeq: bigint("through_seq", { mode: "number" }).notNull(),
    problems: jsonb("problems").notNull().default([]),
  },
  (table) => [primaryKey({ columns: [table.customerId] })],
);

/**
 * Each opening of a sealed value. record_reveal() writes it together with its audit row; the role that reads
 * ciphertexts sees only what was recorded for the same person in the last minute.
 */
export const reveals = pgTable(
  "reveals",
  {
    customerId: customerId(),
    id: rowId(),
    userId: text("user_id").notNull(),
    connectionId: uuid("connection_id").notNull(),
    sealedValueId: uuid("sealed_value_id").notNull(),
    kind: text("kind").notNull(),
    breakGlass: boolean("break_glass").notNull().default(false),
    auditSeq: bigint("audit_seq", { mode: "number" }).notNull(),
    /** The transaction that wrote it: only others, which see it committed, may read what it opens. */
    recordedIn: transactionId("recorded_in")
      .notNull()
      .default(sql`pg_current_xact_id()`),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    index("reveals_sealed_value").on(table.customerId, table.sealedValueId, table.createdAt),
  ],
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
    index("audit_log_actor").on(table.customerId, table.actorId, table.seq),
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
