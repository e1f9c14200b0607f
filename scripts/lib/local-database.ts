import { migrateDatabase } from "@/db/migrate";
import { bootstrapCluster } from "./bootstrap-cluster";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "./embedded-postgres";
import { databaseUrl } from "./postmaster";
import { completeEnvironment, databaseName, type Plan, type Variables } from "./local-environment";
import type { LocalSecrets } from "./secrets";
import { takeDatabaseLock, type DatabaseLock } from "./supervisor-lock";
import { UserError } from "./user-error";

export interface LocalDatabase {
  /** Null where the person brought a database of their own. */
  server: EmbeddedPostgres | null;
  lock: DatabaseLock;
  variables: Variables;
}

/** Starts or adopts the database of a local copy, locks it for this process, and brings it up to date. */
export async function openLocalDatabase(plan: Plan, secrets: LocalSecrets): Promise<LocalDatabase> {
  const server = plan.embeddedPostgres ? await startServer(plan, secrets) : null;
  const variables = completeEnvironment(plan, secrets, server?.port ?? null);
  const superuserUrl = server ? superuserUrlOf(secrets, server.port) : undefined;
  const ownerUrl = required(variables, "MIGRATION_DATABASE_URL");
  let lock: DatabaseLock | undefined;
  try {
    lock = await takeDatabaseLock(superuserUrl ?? ownerUrl, plan.appUrl);
    await migrateDatabase({ ownerUrl, passwords: passwordsOf(variables) });
    return { server, lock, variables };
  } catch (error) {
    // A server that was found running and is locked by another supervisor is that one's, not ours to stop.
    if (lock || server?.adopted === false) await server?.stop();
    await lock?.release();
    throw error;
  }
}

/** Starts or adopts the embedded server and makes sure that owner and database are there. */
export async function startServer(plan: Plan, secrets: LocalSecrets): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({
    dataDir: plan.dataDir,
    superuserPassword: secrets.postgresPassword,
    settings: { max_connections: "150" },
  });
  await bootstrapCluster(server.superuserUrl, {
    database: databaseName,
    ownerPassword: secrets.ownerPassword,
  });
  return server;
}

function superuserUrlOf(secrets: LocalSecrets, port: number): string {
  return databaseUrl({ user: "postgres", password: secrets.postgresPassword, port, database: databaseName });
}

/** The passwords that the migrations give to the logins, read from the URLs that will use them. */
export function passwordsOf(variables: Variables): { app: string; auth: string; worker: string } {
  const password = (name: string) => decodeURIComponent(new URL(required(variables, name)).password);
  return {
    app: password("DATABASE_URL"),
    auth: password("AUTH_DATABASE_URL"),
    worker: password("WORKER_DATABASE_URL"),
  };
}

function required(variables: Variables, name: string): string {
  const value = variables[name];
  if (value) return value;
  throw new UserError(
    `${name} is missing. With a database of your own set all of DATABASE_URL, AUTH_DATABASE_URL, WORKER_DATABASE_URL and MIGRATION_DATABASE_URL (see .env.example).`,
  );
}
