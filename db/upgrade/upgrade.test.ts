import { rmSync } from "node:fs";
import type { Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrateDatabase } from "@/db/migrate";
import { createTestDatabase, type TestDatabase } from "@/db/testing";
import { dangersOf } from "./destructive";
import { fillTables, listColumnTypes, listFunctions, probe, regressions } from "./probe";
import { newStatements, newTables, newTags, previousFolder, previousTables } from "./releases";

/**
 * The migrations of this release, run while the release before serves (docs/operations.md, Upgrading). Generic: with the next
 * release it is about that one, and the reasons below go.
 */

const roles = [
  ...["perch_app", "perch_auth", "perch_worker"],
  ...["perch_tenant", "perch_employee", "perch_support", "perch_staff", "perch_sync"],
];

/** Statements that need a reason, by what they begin with. */
const allowedStatements: Record<string, string> = {
  'CREATE INDEX "api_requests_':
    "the release before sends some six requests a day for a connection and keeps 30 days: a second for 1,000 connections",
  'CREATE INDEX "individuals_by_name':
    "an employer has some thousand people: less than a second for a million of them",
  'CREATE INDEX "individuals_of_connection':
    "an employer has some thousand people: less than a second for a million of them",
};

/** What the release before can no longer do, and why nobody misses it. */
const allowedRegressions: Record<string, string> = {};

const lockTimeoutMs = 400;
/** Five times as long as the migration waits: whoever queued behind it would show, also on a busy machine. */
const heldMs = lockTimeoutMs * 5;
let database: TestDatabase;
let sql: Sql;
let folder = "";
let before: { outcomes: Map<string, string>; functions: Awaited<ReturnType<typeof listFunctions>> };
const traffic = { slowestMs: 0, statements: 0, failures: new Set<string>() };
let retries = 0;
let lastTryMs = 0;

/** What the release before does all the time, until it is told to stop. */
async function serve(state: { stop: boolean }): Promise<void> {
  const work = [
    "update sessions set last_seen_at = now()",
    "select count(*) from connections",
    "update connections set updated_at = now()",
    "select count(*) from audit_log",
    "update audit_heads set seq = seq",
    "update installation set environment = environment",
    "select * from user_roles limit 5",
  ];
  for (let turn = 0; !state.stop; turn += 1) {
    const startedAt = performance.now();
    await sql.unsafe(work[turn % work.length] ?? "").catch((error: unknown) => {
      traffic.failures.add(error instanceof Error ? error.message : "unknown");
    });
    traffic.slowestMs = Math.max(traffic.slowestMs, performance.now() - startedAt);
    traffic.statements += 1;
  }
}

/** A transaction of the release before that has read every table and takes its time; resolves once it holds them all. */
async function holdEverything(ms: number): Promise<{ released: Promise<unknown> }> {
  const { promise: held, resolve, reject } = Promise.withResolvers<void>();
  const released = sql.begin(async (tx) => {
    for (const { name } of previousTables()) await tx.unsafe(`select from "${name}" limit 1`);
    resolve();
    await tx`select pg_sleep(${ms / 1000})`;
  });
  released.catch(reject);
  await held;
  return { released };
}

beforeAll(async () => {
  database = await createTestDatabase("template0");
  sql = database.sql("superuser");
  folder = previousFolder();
  await migrateDatabase({ ownerUrl: database.urls.owner, migrationsFolder: folder });
  await fillTables(sql);
  before = { outcomes: await probe(sql, roles), functions: await listFunctions(sql) };

  const state = { stop: false };
  const serving = serve(state);
  const { released } = await holdEverything(heldMs);
  let tryStartedAt = performance.now();
  await migrateDatabase({
    ownerUrl: database.urls.owner,
    lockTimeoutMs,
    onRetry: () => {
      retries += 1;
      tryStartedAt = performance.now();
    },
  });
  lastTryMs = performance.now() - tryStartedAt;
  await released;
  state.stop = true;
  await serving;
}, 240_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

describe(`the migrations ${newTags.join(" and ")}`, () => {
  it("contain nothing that the release before would miss, but for what has a reason", () => {
    const statements = newStatements();
    const made = newTables(statements);
    const dangerous = statements.flatMap((statement) => {
      const isAllowed = Object.keys(allowedStatements).some((start) => statement.sql.startsWith(start));
      return isAllowed
        ? []
        : dangersOf(statement, made).map((danger) => `${danger}: ${statement.sql.slice(0, 120)}`);
    });
    expect(dangerous).toEqual([]);
    const unused = Object.keys(allowedStatements).filter(
      (start) => !statements.some(({ sql: text }) => text.startsWith(start)),
    );
    expect(unused).toEqual([]);
  });

  it("give way to an open transaction and try again, while nobody queues behind them for long", () => {
    expect(retries).toBeGreaterThan(0);
    expect(traffic.statements).toBeGreaterThan(20);
    expect([...traffic.failures]).toEqual([]);
    // The last try holds its locks as long as it runs.
    expect(traffic.slowestMs).toBeLessThan(lastTryMs + heldMs / 2);
  });

  it("leave every column of the release before, with its type", async () => {
    const types = await listColumnTypes(sql);
    const wider: Record<string, readonly string[]> = { integer: ["bigint"], "character varying": ["text"] };
    const changed = previousTables().flatMap(({ name, columns }) =>
      Object.values(columns).flatMap((column) => {
        const type = types.get(`${name}.${column.name}`);
        const same = type === column.type || wider[column.type]?.includes(type ?? "");
        return same ? [] : [`${name}.${column.name}: ${column.type} → ${type ?? "gone"}`];
      }),
    );
    expect(changed).toEqual([]);
  });

  it("leave every role its statements: reading, and writing that names only the columns of before", async () => {
    const worse = regressions(before.outcomes, await probe(sql, roles));
    expect(Object.keys(worse).filter((name) => !allowedRegressions[name])).toEqual([]);
    expect(Object.keys(allowedRegressions).filter((name) => !worse[name])).toEqual([]);
    expect(before.outcomes.size).toBeGreaterThan(300);
    expect([...before.outcomes.values()].filter((outcome) => outcome === "rows").length).toBeGreaterThan(60);
  });

  it("leave every function its name, arguments and result, and those who call it", async () => {
    const now = await listFunctions(sql);
    const changed = [...before.functions.values()].flatMap((old) => {
      const found = now.get(old.signature);
      if (!found) return [`${old.signature} is gone`];
      if (found.result !== old.result) return [`${old.signature} returns ${found.result}`];
      return old.callers
        .filter((caller) => !found.callers.includes(caller))
        .map((caller) => `${caller} may no longer call ${old.signature}`);
    });
    expect(changed).toEqual([]);
    expect(before.functions.size).toBeGreaterThan(10);
  });
});

describe("a statement that the release before would miss", () => {
  const made = new Set(["fresh"]);
  it.each([
    "alter table sessions drop column expires",
    'ALTER TABLE "sessions" RENAME COLUMN "expires" TO "ends"',
    "alter table sessions alter column expires set data type date",
    "alter table sessions alter column ip set not null",
    'ALTER TABLE "sessions" ADD COLUMN "x" text NOT NULL;',
    "revoke select on sessions from perch_auth",
    "delete from sessions",
    'CREATE INDEX "a" ON "sessions" USING btree ("x")',
    'ALTER TABLE "sessions" ADD CONSTRAINT "f" FOREIGN KEY ("x") REFERENCES "users"("id")',
  ])("is found: %s", (text) => {
    expect(dangersOf({ tag: "", sql: text }, made)).toHaveLength(1);
  });

  it.each([
    'ALTER TABLE "sessions" ADD COLUMN "x" text DEFAULT \'\' NOT NULL;',
    'CREATE INDEX "a" ON "fresh" USING btree ("x")',
    "create or replace function f() returns void language sql as $$ delete from sessions $$",
    "revoke all on function f() from public",
    'CREATE INDEX CONCURRENTLY "a" ON "sessions" ("x")',
  ])("is not seen in: %s", (text) => {
    expect(dangersOf({ tag: "", sql: text }, made)).toEqual([]);
  });
});
