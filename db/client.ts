import { sql } from "drizzle-orm";
import { drizzle, type PostgresJsDatabase, type PostgresJsTransaction } from "drizzle-orm/postgres-js";
import type { ExtractTablesWithRelations } from "drizzle-orm";
import postgres from "postgres";
import * as schema from "./schema";
import { roleTable } from "@/lib/auth/permissions";
import { platformCustomerId, type Context } from "@/lib/domain/context";
import { env } from "@/lib/env";

/**
 * The only way to the database. A login inherits nothing: each transaction
 * first becomes one database role and says for which customer, connections and
 * individual it runs; row-level security reads those settings (DESIGN §5).
 */

export type Schema = typeof schema;
export type Tx = PostgresJsTransaction<Schema, ExtractTablesWithRelations<Schema>>;
export type Database = PostgresJsDatabase<Schema>;

interface Connected {
  url: string;
  client: postgres.Sql;
  database: Database;
}

// One pool a process, also where a bundler loads this module more than once.
const holder = globalThis as typeof globalThis & {
  perchDatabase?: Connected;
  perchLoginDatabases?: Map<string, Connected>;
};

export interface DatabaseOptions {
  url: string;
  /** Connections at most. */
  max?: number;
}

function open({ url, max = 10 }: DatabaseOptions): Connected {
  const client = postgres(url, {
    max,
    // Notices are for people at psql.
    onnotice: () => undefined,
    idle_timeout: 60,
    connection: { application_name: "perch" },
  });
  return { url, client, database: drizzle(client, { schema }) };
}

/** Opens this process's pool with another login than DATABASE_URL's. A second call closes the first pool. */
export async function configureDatabase(options: DatabaseOptions): Promise<void> {
  if (holder.perchDatabase?.url === options.url) return;
  await holder.perchDatabase?.client.end({ timeout: 2 });
  holder.perchDatabase = open(options);
}

/**
 * A small pool of another login for its own global tables (next-auth's, the
 * migration owner's): no scope, so no tenant rows.
 */
export function loginDatabase(url: string): Database {
  const pools = (holder.perchLoginDatabases ??= new Map<string, Connected>());
  const pool = pools.get(url) ?? open({ url, max: 5 });
  pools.set(url, pool);
  return pool.database;
}

/** Closes the pools; running queries get two seconds. */
export async function closeDatabase(): Promise<void> {
  const closing = [holder.perchDatabase, ...(holder.perchLoginDatabases?.values() ?? [])];
  delete holder.perchDatabase;
  delete holder.perchLoginDatabases;
  await Promise.all(closing.map(async (pool) => pool?.client.end({ timeout: 2 })));
}

/** The pool itself, for LISTEN and for what has no transaction. */
export function databaseClient(): postgres.Sql {
  return connected().client;
}

function connected(): Connected {
  holder.perchDatabase ??= open({ url: env().DATABASE_URL });
  return holder.perchDatabase;
}

function databaseRole(ctx: Context): string {
  if (ctx.role !== "worker") return roleTable[ctx.role].databaseRole;
  return ctx.scope.kind === "customer" ? "perch_sync" : "perch_support";
}

function connectionSetting(ctx: Context): string {
  if (ctx.scope.kind === "platform") return "";
  return ctx.scope.connectionIds === "all" ? "*" : ctx.scope.connectionIds.join(",");
}

const flag = (granted: boolean) => (granted ? "on" : "off");

/** Role and all settings in one statement, for this transaction only. */
async function enterScope(tx: Tx, ctx: Context, role: string): Promise<void> {
  const customerId = ctx.scope.kind === "customer" ? ctx.scope.customerId : platformCustomerId;
  const individualId = ctx.scope.kind === "customer" ? (ctx.scope.individualId ?? "") : "";
  const userId = ctx.actor.kind === "user" ? ctx.actor.userId : "";
  await tx.execute(sql`select
    set_config('role', ${role}, true),
    set_config('app.customer_id', ${customerId}, true),
    set_config('app.connection_ids', ${connectionSetting(ctx)}, true),
    set_config('app.individual_id', ${individualId}, true),
    set_config('app.user_id', ${userId}, true),
    set_config('app.can_pay', ${flag(ctx.grants.pay)}, true),
    set_config('app.can_payroll', ${flag(ctx.grants.payroll)}, true),
    set_config('app.can_pii', ${flag(ctx.grants.pii)}, true),
    set_config('app.can_traits', ${flag(ctx.grants.traits)}, true),
    set_config('app.can_secrets', ${flag(ctx.grants.secrets)}, true),
    set_config('app.can_deductions', ${flag(ctx.grants.deductions)}, true),
    set_config('app.can_documents', ${flag(ctx.grants.documents)}, true),
    set_config('app.can_audit', ${flag(ctx.grants.audit)}, true),
    set_config('app.can_team', ${flag(ctx.grants.team)}, true)`);
}

export interface ScopeOptions {
  readOnly?: boolean;
  /** The role that opens sealed values, each only after record_reveal(). */
  as?: "perch_reveal";
}

/**
 * Runs `fn` in a transaction under the context's database role and scope.
 * Only a throw rolls back. No network call belongs in `fn`.
 */
export function inScope<T>(ctx: Context, fn: (tx: Tx) => Promise<T>, options: ScopeOptions = {}): Promise<T> {
  return connected().database.transaction(
    async (tx) => {
      await enterScope(tx, ctx, options.as ?? databaseRole(ctx));
      return fn(tx);
    },
    // One snapshot for all statements: a page read during a sync must not contradict itself.
    options.readOnly ? { accessMode: "read only", isolationLevel: "repeatable read" } : undefined,
  );
}

/** The bare login without a transaction: for a single statement that is one by itself. */
export function systemDatabase(): Database {
  return connected().database;
}

/** Runs `fn` as the bare login: global tables and definer functions, no tenant rows. */
export function inSystem<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
  return connected().database.transaction(fn);
}
