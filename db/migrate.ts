import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { runMigrations } from "graphile-worker";
import postgres from "postgres";
import { permissions, roleTable, roles } from "@/lib/auth/permissions";
import { platformCustomerId } from "@/lib/domain/context";

interface MigrateOptions {
  /** The owner's login: not a superuser, with CREATEROLE. */
  ownerUrl: string;
  /** Passwords of the three logins; left alone where not given. */
  passwords?: Partial<Record<"app" | "auth" | "worker", string>>;
  /** Another release's migrations, in tests. */
  migrationsFolder?: string;
  /** How long a statement of a migration, and whoever queues behind it, may wait for a lock. */
  lockTimeoutMs?: number;
  /** Called before each further try. */
  onRetry?: () => void;
}

const ownFolder = path.join(import.meta.dirname, "migrations");
/** Together some two minutes: longer than any request or step of ours holds a lock. */
const tries = 40;
const longestPauseMs = 4_000;

/**
 * Brings a database to this release: the queue's schema, ours, the built-in roles, the logins' rights. Safe to repeat,
 * to run twice at once, and to run while the previous release serves: a lock that is not to be had within a moment is
 * given back, so that nobody queues behind the migration, and everything is tried again.
 */
export async function migrateDatabase({
  ownerUrl,
  passwords = {},
  migrationsFolder = ownFolder,
  lockTimeoutMs = 3_000,
  onRetry = () => undefined,
}: MigrateOptions): Promise<void> {
  const client = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    await client`select pg_advisory_lock(505246)`;
    await client`select set_config('lock_timeout', ${`${lockTimeoutMs}ms`}, false)`;
    await withRetries(onRetry, async () => {
      await runMigrations({ connectionString: withLockTimeout(ownerUrl, lockTimeoutMs), logger: undefined });
      await migrate(drizzle(client), { migrationsFolder });
      await syncBuiltInRoles(client);
      await grantQueueToWorker(client);
    });
    await setPasswords(client, passwords);
  } finally {
    await client.end();
  }
}

function withLockTimeout(url: string, ms: number): string {
  const changed = new URL(url);
  changed.searchParams.set("options", `-c lock_timeout=${ms}ms`);
  return changed.href;
}

/** A lock that was not to be had, or two transactions that wait for each other. */
function isLockTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code: unknown = Reflect.get(error, "code");
  return code === "55P03" || code === "40P01" || isLockTrouble(error.cause);
}

async function withRetries(onRetry: () => void, run: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt === tries || !isLockTrouble(error)) throw error;
      onRetry();
      await new Promise((resolve) => setTimeout(resolve, Math.min(100 * 2 ** attempt, longestPauseMs)));
    }
  }
}

/** The rows of roles and permissions follow the one table in lib/auth/permissions.ts. */
async function syncBuiltInRoles(client: postgres.Sql): Promise<void> {
  const permissionRows = Object.entries(permissions).map(([name, description]) => ({ name, description }));
  const roleRows = roles.map((name) => ({
    customer_id: platformCustomerId,
    name,
    label: roleTable[name].label,
    database_role: roleTable[name].databaseRole,
  }));
  const grants = roles.flatMap((role) =>
    roleTable[role].permissions.map((permission) => ({ customer_id: platformCustomerId, role, permission })),
  );
  await client.begin(async (tx) => {
    await tx`insert into permissions ${tx(permissionRows)} on conflict (name) do update set description = excluded.description`;
    await tx`insert into roles ${tx(roleRows)} on conflict (customer_id, name)
      do update set label = excluded.label, database_role = excluded.database_role`;
    await tx`delete from role_permissions where customer_id = ${platformCustomerId}`;
    await tx`insert into role_permissions ${tx(grants)}`;
    await tx`insert into installation (id) values (true) on conflict do nothing`;
  });
}

/** graphile-worker's tables are under row-level security without policies: only their owner gets in. */
async function grantQueueToWorker(client: postgres.Sql): Promise<void> {
  await client.unsafe(`
    grant usage on schema graphile_worker to perch_worker;
    grant select, insert, update, delete on all tables in schema graphile_worker to perch_worker;
    grant usage, select on all sequences in schema graphile_worker to perch_worker;
    grant execute on all functions in schema graphile_worker to perch_worker;
    do $$
    declare t record;
    begin
      for t in select c.oid::regclass as name, c.oid from pg_class c
        where c.relnamespace = 'graphile_worker'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
          and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'perch_worker')
      loop
        execute format('create policy perch_worker on %s to perch_worker using (true) with check (true)', t.name);
      end loop;
    end $$;`);
}

async function setPasswords(
  client: postgres.Sql,
  passwords: NonNullable<MigrateOptions["passwords"]>,
): Promise<void> {
  for (const login of ["app", "auth", "worker"] as const) {
    const password = passwords[login];
    if (!password) continue;
    if (!/^[\w-]{8,}$/.test(password))
      throw new TypeError("A login's password must be 8 or more of A-Z a-z 0-9 _ -");
    await client.unsafe(`alter role perch_${login} with password '${password}'`);
  }
}
