/** A migrated database of its own for each test file, cloned from a template in some 30 ms. */
import path from "node:path";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, inject } from "vitest";
import { databaseUrl } from "@/scripts/lib/postmaster";
import { getTestCluster, templateDatabase, testPasswords } from "./cluster";
import { testEnvironment } from "./environment";

export type TestLogin = "superuser" | "owner" | "app" | "auth" | "worker";

const logins: Record<TestLogin, string> = {
  superuser: "postgres",
  owner: "perch_owner",
  app: "perch_app",
  auth: "perch_auth",
  worker: "perch_worker",
};

export interface TestDatabase {
  name: string;
  port: number;
  urls: Record<TestLogin, string>;
  /** A client of that login, opened at first use and closed by `drop`. */
  sql(login: TestLogin): Sql;
  /** A complete environment for `loadEnv` and for child processes that use this database. */
  env: Record<string, string>;
  drop(): Promise<void>;
}

/**
 * Clones the migrated template, or a database that nobody is connected to. The caller drops it; `useTestDatabase` does
 * so by itself.
 */
export async function createTestDatabase(template = templateDatabase): Promise<TestDatabase> {
  const runFolder = inject("testRunFolder");
  const { port } = await getTestCluster(runFolder);
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  const urlOf = (login: TestLogin, database = name) =>
    databaseUrl({ user: logins[login], password: testPasswords[login], port, database });
  const clients = new Map<TestLogin, Sql>();
  const admin = () => postgres(urlOf("superuser", "postgres"), { max: 1, onnotice: () => undefined });
  await withClient(admin(), (sql) =>
    sql.unsafe(`create database ${name} template ${template} owner perch_owner`),
  );
  const urls = Object.fromEntries(
    (Object.keys(logins) as TestLogin[]).map((login) => [login, urlOf(login)]),
  ) as Record<TestLogin, string>;
  return {
    name,
    port,
    urls,
    env: testEnvironment(urls, path.join(runFolder, name)),
    sql(login) {
      const client = clients.get(login) ?? postgres(urls[login], { max: 4, onnotice: () => undefined });
      clients.set(login, client);
      return client;
    },
    async drop() {
      await Promise.all([...clients.values()].map((client) => client.end({ timeout: 1 })));
      clients.clear();
      await withClient(admin(), (sql) => sql.unsafe(`drop database if exists ${name} with (force)`));
    },
  };
}

async function withClient<T>(sql: Sql, use: (sql: Sql) => Promise<T>): Promise<T> {
  try {
    return await use(sql);
  } finally {
    await sql.end({ timeout: 2 });
  }
}

/**
 * One database for the tests of a file, reached through the returned function inside hooks and tests. Its
 * environment is installed in `process.env` before the tests run, so `env()` and `db` use it.
 */
export function useTestDatabase(extraEnvironment: Record<string, string> = {}): () => TestDatabase {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
    Object.assign(process.env, database.env, extraEnvironment);
  }, 90_000);
  afterAll(() => database?.drop());
  return () => {
    if (!database) throw new Error("The test database exists only inside tests and hooks.");
    return database;
  };
}
