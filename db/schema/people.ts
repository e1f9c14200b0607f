import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
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
import { createdAt, customerId, instant, rowId } from "./columns";

/** The tenant itself: its id is the customer_id of every other table. */
export const customers = pgTable("customers", {
  id: uuid("id").primaryKey().defaultRandom(),
  name: text("name").notNull(),
  /** IANA zone in which the employer's dates are shown. */
  timeZone: text("time_zone").notNull().default("America/New_York"),
  createdAt: createdAt(),
});

export const users = pgTable("users", {
  id: text("id")
    .primaryKey()
    .default(sql`gen_random_uuid()::text`),
  name: text("name"),
  email: text("email").notNull().unique(),
  emailVerified: instant("email_verified"),
  image: text("image"),
  createdAt: createdAt(),
  disabledAt: instant("disabled_at"),
});

export const accounts = pgTable(
  "accounts",
  {
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    type: text("type").notNull(),
    provider: text("provider").notNull(),
    providerAccountId: text("provider_account_id").notNull(),
    refresh_token: text("refresh_token"),
    access_token: text("access_token"),
    expires_at: integer("expires_at"),
    token_type: text("token_type"),
    scope: text("scope"),
    id_token: text("id_token"),
    session_state: text("session_state"),
  },
  (table) => [primaryKey({ columns: [table.provider, table.providerAccountId] })],
);

/** Only the SHA-256 of a session token is stored. */
export const sessions = pgTable(
  "sessions",
  {
    sessionToken: text("session_token").primaryKey(),
    /** What the sessions page names it by; no secret. */
    id: rowId(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** Idle limit: moved on while the session is used. */
    expires: instant("expires").notNull(),
    /** Absolute limit: never moved. */
    expiresAbsolutely: instant("expires_absolutely")
      .notNull()
      .default(sql`now() + interval '7 days'`),
    createdAt: createdAt(),
    lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
    userAgent: text("user_agent"),
    ip: text("ip"),
    /** How it was started: email, passkey or oidc. */
    method: text("method").notNull().default("email"),
    /** When a second factor was last shown in it. */
    stepUpAt: instant("step_up_at"),
    /** SHA-256 of the token before the last rotation: requests on their way still find the session for a moment. */
    previousToken: text("previous_token"),
    rotatedAt: instant("rotated_at"),
    /** Its user's roles changed: the next page gives it a new token. */
    rotateDue: boolean("rotate_due").notNull().default(false),
  },
  (table) => [
    index("sessions_user_id").on(table.userId),
    uniqueIndex("sessions_id").on(table.id),
    index("sessions_previous_token").on(table.previousToken),
  ],
);

/**
 * A request to sign in: written for known and unknown addresses alike; the
 * worker decides whether a mail goes out. Holds hashes only: the link's secret
 * is derived from the id at send time.
 */
export const verificationTokens = pgTable(
  "verification_tokens",
  {
    identifier: text("identifier").notNull(),
    /** SHA-256 of the link's token. */
    token: text("token").notNull(),
    expires: instant("expires").notNull(),
    id: uuid("id").notNull().defaultRandom(),
    /** SHA-256 of the nonce cookie of the browser that asked. */
    nonceHash: text("nonce_hash"),
    /** SHA-256 of the 8-character code shown in that browser. */
    codeHash: text("code_hash"),
    codeAttempts: integer("code_attempts").notNull().default(0),
    callbackUrl: text("callback_url"),
    consumedAt: instant("consumed_at"),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.identifier, table.token] }),
    uniqueIndex("verification_tokens_id").on(table.id),
    index("verification_tokens_expires").on(table.expires),
  ],
);

export const permissions = pgTable("permissions", {
  name: text("name").primaryKey(),
  description: text("description").notNull(),
});

/** Built-in roles have the nil customer; an employer's own roles are rows, not code. */
export const roles = pgTable(
  "roles",
  {
    customerId: customerId(),
    name: text("name").notNull(),
    label: text("label").notNull(),
    databaseRole: text("database_role").notNull(),
  },
  (table) => [primaryKey({ columns: [table.customerId, table.name] })],
);

export const rolePermissions = pgTable(
  "role_permissions",
  {
    customerId: customerId(),
    role: text("role").notNull(),
    permission: text("permission")
      .notNull()
      .references(() => permissions.name),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.role, table.permission] }),
    foreignKey({ columns: [table.customerId, table.role], foreignColumns: [roles.customerId, roles.name] }),
  ],
);

/** Who holds which role where. Platform roles have the nil customer. */
export const userRoles = pgTable(
  "user_roles",
  {
    customerId: customerId(),
    id: rowId(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text("role").notNull(),
    /** Null means every connection of the customer. */
    connectionId: uuid("connection_id"),
    /** Only for the role employee: the mirror's row of that person. */
    individualId: uuid("individual_id"),
    grantedBy: text("granted_by"),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    uniqueIndex("user_roles_once").on(
      table.customerId,
      table.userId,
      table.role,
      table.connectionId,
      table.individualId,
    ),
    index("user_roles_user_id").on(table.userId),
  ],
);

/** One row: what this installation is. */
export const installation = pgTable("installation", {
  id: boolean("id").primaryKey().default(true),
  environment: text("environment"),
  demoSeededAt: instant("demo_seeded_at"),
  /** Known answer of the token keys: a wrong key stops the start. */
  keyCheck: jsonb("key_check"),
  /** Cluster and database that this installation ran in last: another one means a restored copy. */
  databaseIdentity: text("database_identity"),
  /** Set on a restored copy: nothing leaves it until staff confirm. */
  quarantinedAt: instant("quarantined_at"),
  createdAt: createdAt(),
});

/** Finds a tenant's row before the tenant is known. */
export const lookups = pgTable(
  "lookups",
  {
    kind: text("kind").notNull(),
    hash: text("hash").notNull(),
    customerId: customerId(),
    rowId: uuid("row_id").notNull(),
    createdAt: createdAt(),
    expiresAt: instant("expires_at"),
  },
  (table) => [primaryKey({ columns: [table.kind, table.hash] })],
);

/** A mail to be sent: template and parameters, never a link. Secrets are derived when it is sent. */
export const mailOutbox = pgTable(
  "mail_outbox",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    template: text("template").notNull(),
    recipient: text("recipient").notNull(),
    parameters: jsonb("parameters").notNull().default({}),
    linkId: uuid("link_id"),
    createdAt: createdAt(),
    sentAt: instant("sent_at"),
    failedAt: instant("failed_at"),
    /** Code of the last failure, never its text: mail servers quote addresses. */
    lastError: text("last_error"),
  },
  (table) => [
    index("mail_outbox_waiting")
      .on(table.createdAt)
      .where(sql`sent_at is null and failed_at is null`),
  ],
);

/** Counters of rate-limiter-flexible. */
export const rateLimits = pgTable("rate_limits", {
  key: text("key").primaryKey(),
  points: integer("points").notNull().default(0),
  expire: bigint("expire", { mode: "number" }),
});
