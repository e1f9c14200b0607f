/**
 * One PostgreSQL for a whole test run, started by the first test file that asks for a database: runs without
 * such tests do not pay for it. The folder of the run is the meeting point of all test processes.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { migrateDatabase } from "@/db/migrate";
import { bootstrapCluster } from "@/scripts/lib/bootstrap-cluster";
import { startEmbeddedPostgres } from "@/scripts/lib/embedded-postgres";
import { databaseUrl } from "@/scripts/lib/postmaster";
import { waitUntil } from "@/scripts/lib/processes";

const startTimeoutMs = 60_000;

export const templateDatabase = "perch_template";
export const testPasswords = {
  superuser: "test-superuser",
  owner: "test-owner",
  app: "test-app",
  auth: "test-auth",
  worker: "test-worker",
};

export interface TestCluster {
  port: number;
  pid: number;
  folder: string;
}

/** The run's cluster; whoever asks first starts it while the others wait. */
export async function getTestCluster(runFolder: string): Promise<TestCluster> {
  const ready = path.join(runFolder, "cluster.json");
  const failed = path.join(runFolder, "failed");
  try {
    writeFileSync(path.join(runFolder, "lock"), String(process.pid), { flag: "wx" });
  } catch {
    await waitUntil(() => existsSync(ready) || existsSync(failed), startTimeoutMs);
    if (!existsSync(ready))
      throw new Error("The test database did not start; see the first test file that failed.");
    return JSON.parse(readFileSync(ready, "utf8")) as TestCluster;
  }
  try {
    const cluster = await startTestCluster(path.join(runFolder, "data"));
    writeFileSync(`${ready}.new`, JSON.stringify(cluster));
    renameSync(`${ready}.new`, ready);
    return cluster;
  } catch (error) {
    writeFileSync(failed, "");
    throw error;
  }
}

async function startTestCluster(dataDir: string): Promise<TestCluster> {
  const server = await startEmbeddedPostgres({
    dataDir,
    superuserPassword: testPasswords.superuser,
    settings: {
      fsync: "off",
      synchronous_commit: "off",
      full_page_writes: "off",
      max_connections: "300",
      autovacuum: "off",
    },
  });
  const { port, pid, folder } = server;
  await bootstrapCluster(server.superuserUrl, {
    database: templateDatabase,
    ownerPassword: testPasswords.owner,
  });
  const { app, auth, worker } = testPasswords;
  await migrateDatabase({
    ownerUrl: databaseUrl({
      user: "perch_owner",
      password: testPasswords.owner,
      port,
      database: templateDatabase,
    }),
    passwords: { app, auth, worker },
  });
  const sql = postgres(server.superuserUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(`alter database ${templateDatabase} is_template true allow_connections false`);
  } finally {
    await sql.end({ timeout: 2 });
  }
  return { port, pid, folder };
}
