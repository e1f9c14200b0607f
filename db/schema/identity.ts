import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, instant, rowId, textList } from "./columns";
import { users } from "./people";

const userId = () =>
  text("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });

/** WebAuthn credentials: the public key only, the private one never leaves the authenticator. */
export const passkeys = pgTable(
  "passkeys",
  {
    /** Credential id, base64url. */
    id: text("id").primaryKey(),
    userId: userId(),
    /** COSE public key, base64url. */
    publicKey: text("public_key").notNull(),
    /** Signature counter; a smaller one than before is a copy of the key. */
    counter: bigint("counter", { mode: "number" }).notNull().default(0),
    transports: textList("transports"),
    /** Kept in sync between devices by its provider. */
    backedUp: boolean("backed_up").notNull().default(false),
    name: text("name").notNull(),
    createdAt: createdAt(),
    lastUsedAt: instant("last_used_at"),
  },
  (table) => [index("passkeys_user_id").on(table.userId)],
);

/** Authenticator apps (RFC 6238). The secret is wrapped by the keyring, bound to user and row. */
export const totpFactors = pgTable(
  "totp_factors",
  {
    id: rowId().primaryKey(),
    userId: userId(),
    wrapped: text("wrapped").notNull(),
    keyringId: text("keyring_id").notNull(),
    name: text("name").notNull(),
    createdAt: createdAt(),
    /** Null until the first right code: an unconfirmed one proves nothing. */
    confirmedAt: instant("confirmed_at"),
    /** Time step of the last accepted code: each code works once. */
    lastStep: bigint("last_step", { mode: "number" }),
    lastUsedAt: instant("last_used_at"),
  },
  (table) => [index("totp_factors_user_id").on(table.userId)],
);

/** SHA-256 of codes for the day an authenticator is lost; each works once. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    userId: userId(),
    hash: text("hash").notNull(),
    createdAt: createdAt(),
    usedAt: instant("used_at"),
  },
  (table) => [primaryKey({ columns: [table.userId, table.hash] })],
);

/** What a browser must answer to: a passkey's challenge, a redirect to the identity provider. Once, minutes. */
export const authChallenges = pgTable(
  "auth_challenges",
  {
    id: rowId().primaryKey(),
    kind: text("kind").notNull(),
    /** Null where nobody is signed in yet. */
    userId: text("user_id").references(() => users.id, { onDelete: "cascade" }),
    /** SHA-256 of the cookie, or of the session, of the browser that began. */
    browserHash: text("browser_hash").notNull(),
    data: jsonb("data").notNull(),
    createdAt: createdAt(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [index("auth_challenges_expires").on(table.expiresAt)],
);

/** Browsers that somebody signed in with before, by the hash of a cookie: a new one is told by mail. */
export const knownDevices = pgTable(
  "known_devices",
  {
    userId: userId(),
    hash: text("hash").notNull(),
    createdAt: createdAt(),
    lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.hash] })],
);

/** One row for each run of the daily retention: what it deleted, by kind. */
export const retentionRuns = pgTable(
  "retention_runs",
  {
    id: rowId().primaryKey(),
    startedAt: instant("started_at").notNull().defaultNow(),
    finishedAt: instant("finished_at"),
    /** Rows deleted by kind. */
    results: jsonb("results").notNull().default({}),
    failures: integer("failures").notNull().default(0),
    /** Code of the failure, never its text. */
    errorCode: text("error_code"),
  },
  (table) => [index("retention_runs_started").on(table.startedAt)],
);
