import { sql } from "drizzle-orm";
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, updatedAt } from "./columns";

/**
 * Finch's allowances as rows (DESIGN §7). Changed only by the quota_… functions of 0007_quota.sql: a slot is taken,
 * sent and given back there, by Postgres's clock alone.
 */

/** A set of slots: one for each endpoint that Finch counts by itself, and two for each address that requests leave from. */
export const quotaEndpoints = pgTable(
  "quota_endpoints",
  {
    /** Finch's client id; '' for the sets of an address. */
    clientId: text("client_id").notNull(),
    /** pay-statement, directory, …; ip:<EGRESS_ID> and auth_ip:<EGRESS_ID>. */
    key: text("key").notNull(),
    /** Requests in a window. */
    allowance: integer("allowance").notNull(),
    /** In real time: divided by QUOTA_CLOCK_RATE already. */
    windowMs: integer("window_ms").notNull(),
    /** The kind of address set that its requests count in too: ip or auth_ip. Null for such a set itself. */
    addressSet: text("address_set"),
    /** Where the figure is from; '' where Finch documents none. */
    source: text("source").notNull().default(""),
    /** Ever given: every fifth goes to the lowest priority. */
    grants: bigint("grants", { mode: "number" }).notNull().default(0),
    /** After a 429: nothing is granted before. */
    pausedUntil: instant("paused_until"),
    /** 429s close to each other. */
    strikes: integer("strikes").notNull().default(0),
    updatedAt: updatedAt(),
  },
  (table) => [primaryKey({ columns: [table.clientId, table.key] })],
);

/** One request's place in a window: as many as the allowance. */
export const quotaSlots = pgTable(
  "quota_slots",
  {
    clientId: text("client_id").notNull(),
    key: text("key").notNull(),
    slotNo: integer("slot_no").notNull(),
    /** When it may be used again; -infinity where it never was. */
    freeAt: instant("free_at").notNull(),
    /** The grant that holds it; the same on the endpoint's and the address's slot. */
    holder: uuid("holder"),
    grantedAt: instant("granted_at"),
    /** A slot may be granted a moment before it is free: the request leaves then. */
    usableAt: instant("usable_at"),
    sentAt: instant("sent_at"),
  },
  (table) => [
    primaryKey({ columns: [table.clientId, table.key, table.slotNo] }),
    index("quota_slots_holder")
      .on(table.holder)
      .where(sql`holder is not null`),
  ],
);

/** When each connection had its last turn at an endpoint: fairness is between lanes. */
export const quotaLanes = pgTable(
  "quota_lanes",
  {
    clientId: text("client_id").notNull(),
    key: text("key").notNull(),
    /** The connection's id, or whatever else takes turns. */
    lane: text("lane").notNull(),
    lastGrantedAt: instant("last_granted_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.clientId, table.key, table.lane] })],
);

/** A request that waits in a lane. Its grant enqueues its job; without one, the process that waits asks again and again. */
export const quotaTickets = pgTable(
  "quota_tickets",
  {
    id: uuid("id").primaryKey(),
    clientId: text("client_id").notNull(),
    key: text("key").notNull(),
    /** 0 a person waits, 1 webhook, 2 scheduled. */
    priority: smallint("priority").notNull(),
    lane: text("lane").notNull(),
    /** The lane's last turn, kept here for the order; -infinity where it had none. */
    turn: instant("turn").notNull(),
    joinedAt: instant("joined_at").notNull(),
    customerId: uuid("customer_id"),
    connectionId: uuid("connection_id"),
    /** The address that the request will leave from; null where any worker may send it. */
    egress: text("egress"),
    job: text("job"),
    payload: jsonb("payload"),
    maxAttempts: integer("max_attempts"),
    /** What is woken: it waits once at a time. */
    waker: text("waker"),
    /** The sync run that it belongs to: a ticket goes with it. */
    workId: uuid("work_id"),
    /** Of those that ask again and again: gone when they no longer do. */
    expiresAt: instant("expires_at"),
    /** Granted, and not fetched yet. */
    grantId: uuid("grant_id"),
  },
  (table) => [
    index("quota_tickets_order").on(
      table.clientId,
      table.key,
      table.priority,
      table.turn,
      table.joinedAt,
      table.id,
    ),
    uniqueIndex("quota_tickets_waker").on(table.customerId, table.waker),
    index("quota_tickets_connection").on(table.connectionId),
  ],
);
