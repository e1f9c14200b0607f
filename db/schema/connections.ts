import { sql } from "drizzle-orm";
import {
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
import { count, createdAt, customerId, instant, rowId, textList, updatedAt } from "./columns";
import { customers } from "./people";

/** Finch's network as GET /providers last told it. */
export const providers = pgTable("providers", {
  id: text("id").primaryKey(),
  displayName: text("display_name").notNull(),
  products: textList("products"),
  authenticationMethods: jsonb("authentication_methods").notNull().default([]),
  mfaRequired: boolean("mfa_required"),
  fetchedAt: instant("fetched_at").notNull(),
});

/** One attempt to connect or reauthenticate: a Finch Connect session and what became of it. */
export const connectSessions = pgTable(
  "connect_sessions",
  {
    customerId: customerId(),
    id: rowId(),
    /** new | reauthenticate */
    kind: text("kind").notNull(),
    /** embedded | redirect */
    flow: text("flow").notNull(),
    finchSessionId: text("finch_session_id"),
    finchCustomerId: text("finch_customer_id").notNull(),
    /** The connection to repair; null for a new one. */
    connectionId: uuid("connection_id"),
    /** What a repair must come back with; it can outlive a connection row that was never written. */
    expectedFinchConnectionId: text("expected_finch_connection_id"),
    providerId: text("provider_id"),
    products: textList("products"),
    userId: text("user_id").notNull(),
    /** SHA-256 of the 256-bit state. */
    stateHash: text("state_hash").notNull(),
    /** SHA-256 of the browser's cookie: the state is worthless elsewhere. */
    nonceHash: text("nonce_hash").notNull(),
    redirectUri: text("redirect_uri"),
    /** created | opened | exchanging | succeeded | failed | closed | expired | lost */
    status: text("status").notNull().default("created"),
    codeHash: text("code_hash"),
    leaseUntil: instant("lease_until"),
    failureCode: text("failure_code"),
    failureMessage: text("failure_message"),
    resultConnectionId: uuid("result_connection_id"),
    createdAt: createdAt(),
    openedAt: instant("opened_at"),
    claimedAt: instant("claimed_at"),
    finishedAt: instant("finished_at"),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    uniqueIndex("connect_sessions_state").on(table.customerId, table.stateHash),
    index("connect_sessions_recent").on(table.customerId, table.createdAt),
    foreignKey({ columns: [table.customerId], foreignColumns: [customers.id] }).onDelete("cascade"),
  ],
);

export const connections = pgTable(
  "connections",
  {
    customerId: customerId(),
    id: rowId(),
    finchConnectionId: text("finch_connection_id").notNull(),
    finchCustomerId: text("finch_customer_id").notNull(),
    finchCompanyId: text("finch_company_id"),
    providerId: text("provider_id").notNull(),
    providerName: text("provider_name").notNull(),
    /** Products on the current token. */
    products: textList("products"),
    /** Products once granted and now gone (DOMAIN 6). */
    lostProducts: textList("lost_products"),
    /** automated | assisted, from the authentication method. */
    syncKind: text("sync_kind").notNull().default("automated"),
    /** As /introspect gave it: [{type, connection_status, products}]. */
    authenticationMethods: jsonb("authentication_methods").notNull().default([]),
    /** ConnectionStatus of /introspect: pending, processing, connected, reauth, error_permissions, … */
    accountStatus: text("account_status"),
    accountStatusMessage: text("account_status_message"),
    entities: jsonb("entities").notNull().default([]),
    username: text("username"),
    currentTokenId: uuid("current_token_id"),
    /** Set by a 401 reauthenticate_user or account status; cleared by any success of the current token. */
    actionNeededAt: instant("action_needed_at"),
    /** reauthenticate_user | account_setup_required | … */
    actionNeededReason: text("action_needed_reason"),
    permissionMissingAt: instant("permission_missing_at"),
    permissionMissingDetail: text("permission_missing_detail"),
    /** Finch-Data-Retrieved, the oldest over the granted products: the age of the data. */
    dataRetrievedAt: instant("data_retrieved_at"),
    /** Per product: {retrievedAt, lastAttemptAt, lastAttemptResult, fetchedAt}. */
    freshness: jsonb("freshness").notNull().default({}),
    setupStartedAt: instant("setup_started_at"),
    lastSyncStartedAt: instant("last_sync_started_at"),
    lastSyncSucceededAt: instant("last_sync_succeeded_at"),
    lastSyncFailedAt: instant("last_sync_failed_at"),
    lastSyncError: text("last_sync_error"),
    consecutiveFailures: count("consecutive_failures"),
    nextSyncAt: instant("next_sync_at"),
    refreshesAllowed: integer("refreshes_allowed"),
    refreshesRemaining: integer("refreshes_remaining"),
    /** When Finch allows the next one, where none is left. */
    refreshesRetryAt: instant("refreshes_retry_at"),
    /** When Finch said so: its window is an hour. */
    refreshesSeenAt: instant("refreshes_seen_at"),
    /** Steps that the provider answered with 501: {step: {fingerprint, at, requestId}}. Asked again when the fingerprint changes. */
    unsupported: jsonb("unsupported").notNull().default({}),
    /** When the last run that read everything, of all years, ended well. */
    fullySyncedAt: instant("fully_synced_at"),
    disconnectedAt: instant("disconnected_at"),
    disconnectedBy: text("disconnected_by"),
    /** When the hidden data is deleted for good. */
    dataDeleteAt: instant("data_delete_at"),
    dataDeletedAt: instant("data_deleted_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    uniqueIndex("connections_finch").on(table.customerId, table.finchConnectionId),
    index("connections_next_sync")
      .on(table.nextSyncAt)
      .where(sql`disconnected_at is null`),
    foreignKey({ columns: [table.customerId], foreignColumns: [customers.id] }).onDelete("cascade"),
  ],
);

/** Access tokens, sealed. At most one is current; the others are destroyed or wait for /disconnect. */
export const accessTokens = pgTable(
  "access_tokens",
  {
    customerId: customerId(),
    id: rowId(),
    connectionId: uuid("connection_id").notNull(),
    /** Null once destroyed. */
    ciphertext: text("ciphertext"),
    keyId: text("key_id"),
    products: textList("products"),
    /** current | replaced | disconnect_only | destroyed */
    state: text("state").notNull().default("current"),
    createdAt: createdAt(),
    replacedAt: instant("replaced_at"),
    destroyedAt: instant("destroyed_at"),
    disconnectAttempts: count("disconnect_attempts"),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    index("access_tokens_connection").on(table.customerId, table.connectionId),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
  ],
);

/** A customer's data key, wrapped by the keyring: envelope encryption (SECURITY 17). */
export const dataKeys = pgTable(
  "data_keys",
  {
    customerId: customerId(),
    id: rowId(),
    wrapped: text("wrapped").notNull(),
    /** Key of TOKEN_ENCRYPTION_KEYS that wraps it. */
    keyringId: text("keyring_id").notNull(),
    createdAt: createdAt(),
    retiredAt: instant("retired_at"),
  },
  (table) => [primaryKey({ columns: [table.customerId, table.id] })],
);

/** SSNs and bank numbers, cut from Finch's answers before anything is stored. */
export const sealedValues = pgTable(
  "sealed_values",
  {
    customerId: customerId(),
    id: rowId(),
    connectionId: uuid("connection_id").notNull(),
    /** individuals | companies */
    ownerTable: text("owner_table").notNull(),
    ownerId: uuid("owner_id").notNull(),
    /** ssn | encrypted_ssn | account | routing */
    kind: text("kind").notNull(),
    /** Which of several of one kind: a bank account's place in the list. */
    ordinal: integer("ordinal").notNull().default(0),
    ciphertext: text("ciphertext").notNull(),
    keyId: text("key_id").notNull(),
    /** HMAC under the customer's key: equality without decryption. */
    hmac: text("hmac").notNull(),
    lastFour: text("last_four"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    uniqueIndex("sealed_values_owner").on(
      table.customerId,
      table.ownerTable,
      table.ownerId,
      table.kind,
      table.ordinal,
    ),
    index("sealed_values_hmac").on(table.customerId, table.kind, table.hmac),
    index("sealed_values_connection").on(table.customerId, table.connectionId),
  ],
);

/** A connection's timeline: what happened, when, by whom. */
export const connectionEvents = pgTable(
  "connection_events",
  {
    customerId: customerId(),
    id: rowId(),
    connectionId: uuid("connection_id").notNull(),
    /** connected, reconnected, sync_succeeded, sync_failed, action_needed, disconnect_requested, … */
    kind: text("kind").notNull(),
    /** user | worker | system | finch */
    actorKind: text("actor_kind").notNull(),
    actorUserId: text("actor_user_id"),
    actorName: text("actor_name"),
    /** Facts of the event without personal data of the mirror. */
    detail: jsonb("detail").notNull().default({}),
    requestId: text("request_id"),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.id] }),
    index("connection_events_recent").on(table.customerId, table.connectionId, table.at),
    foreignKey({
      columns: [table.customerId, table.connectionId],
      foreignColumns: [connections.customerId, connections.id],
    }).onDelete("cascade"),
  ],
);
