import { spawn } from "node:child_process";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase, inScope, inSystem } from "@/db/client";
import { createTestUser } from "@/db/seed/factories";
import { createTestDatabase, type TestDatabase } from "@/db/testing";
import { platformCustomerId } from "@/lib/domain/context";
import { testContext, testPlatformContext } from "@/lib/domain/testing";
import { enqueue } from "@/lib/jobs/define";
import { cleanSignInsJob } from "@/lib/jobs/clean-sign-ins";
import { sendMailJob } from "@/lib/jobs/send-mail";
import { revokeTokenJob } from "@/lib/jobs/sync";
import { checkStart } from "./check-start";
import { beginRestore, confirmRestore, confirmRestoreByOperator, findRestoredCopy } from "./confirm-restore";

/** A restored copy, made as an operator makes one: the database of a running installation is copied under another name. */

let copy: TestDatabase;
let userId = "";
const nobody = "00000000-0000-4000-8000-00000000000a";

const stateOf = async (database: TestDatabase) => {
  const sql = database.sql("superuser");
  const [row] = await sql`select
    (select count(*)::int from sessions) as sessions,
    (select count(*)::int from verification_tokens) as requests,
    (select string_agg(kind, ',') from lookups) as lookups,
    (select quarantined_at is not null from installation) as held`;
  return row;
};
const auditOf = async (database: TestDatabase) =>
  (
    await database.sql("superuser")`
      select actor_kind, actor_id, action from audit_log where customer_id = ${platformCustomerId} order by seq`
  ).map((row) => `${row["actor_kind"]}:${row["actor_id"]} ${row["action"]}`);

async function fill(database: TestDatabase): Promise<void> {
  const sql = database.sql("superuser");
  userId = (await createTestUser(sql, { customerId: platformCustomerId, role: "staff_admin" })).id;
  await sql`insert into sessions (session_token, user_id, expires) values ('a', ${userId}, now() + interval '1 day')`;
  await sql`insert into lookups (kind, hash, customer_id, row_id, expires_at)
    values ('connect_state', 'x', ${nobody}, ${nobody}, now() + interval '1 hour'), ('finch_connection', 'y', ${nobody}, ${nobody}, null)`;
  await configureDatabase({ url: database.urls.worker });
  await inSystem(async (tx) => {
    await enqueue(tx, sendMailJob, { outboxId: crypto.randomUUID() });
    await enqueue(tx, revokeTokenJob, { customerId: nobody, connectionId: nobody });
  });
  // One that an older release enqueued, which set no flags.
  await sql`select graphile_worker.add_job('mail.send', json_build_object('outboxId', gen_random_uuid()))`;
}

beforeAll(async () => {
  const database = await createTestDatabase();
  Object.assign(process.env, database.env);
  await configureDatabase({ url: database.urls.worker });
  await checkStart({ as: "worker" });
  await fill(database);
  await checkStart({ as: "worker" });
  expect(await stateOf(database)).toMatchObject({ sessions: 1, held: false });
  await closeDatabase();
  await disconnectAll(database);
  copy = await createTestDatabase(database.name);
  // The keys are the same: they are kept elsewhere than the dump.
  copy.env = { ...database.env, ...urlsOf(copy) };
  Object.assign(process.env, copy.env);
  await configureDatabase({ url: copy.urls.worker });
  await database.drop();
}, 240_000);
afterAll(async () => {
  await closeDatabase();
  await copy.drop();
});

function urlsOf({ urls }: TestDatabase): Record<string, string> {
  return {
    DATABASE_URL: urls.app,
    AUTH_DATABASE_URL: urls.auth,
    WORKER_DATABASE_URL: urls.worker,
    MIGRATION_DATABASE_URL: urls.owner,
  };
}

async function disconnectAll(database: TestDatabase): Promise<void> {
  await database.sql("superuser").end({ timeout: 1 });
}

const jobs = async () => {
  const rows = await copy.sql("superuser")<{ task: string; attempts: number }[]>`
    select task_identifier as task, attempts from graphile_worker.jobs
    where task_identifier in ('mail.send', 'token.revoke') order by 1`;
  return rows.map(({ task, attempts }) => `${task} ${attempts}`);
};
const held = ["mail.send 0", "mail.send 0", "token.revoke 0"];
const staff = () => testPlatformContext("staff_admin", userId);

describe("a restored copy", () => {
  it("is found by the first process that starts, web as well as worker, and holds no session and no link", async () => {
    await configureDatabase({ url: copy.urls.app });
    await checkStart({ as: "web" });
    expect(await stateOf(copy)).toEqual({
      sessions: 0,
      requests: 0,
      lookups: "finch_connection",
      held: true,
    });
    expect(await auditOf(copy)).toEqual(["system:start installation.quarantine"]);
    expect(await findRestoredCopy(testPlatformContext("staff_support"))).toBeInstanceOf(Date);
  });

  it("is quarantined once: who signs in afterwards stays signed in over the next start", async () => {
    await copy.sql("superuser")`
      insert into sessions (session_token, user_id, expires) values ('b', ${userId}, now() + interval '1 day')`;
    await configureDatabase({ url: copy.urls.worker });
    await checkStart({ as: "worker" });
    expect(await stateOf(copy)).toMatchObject({ sessions: 1, held: true });
    expect(await auditOf(copy)).toHaveLength(1);
  });

  it("does its own work, while mails and disconnects wait without using up attempts", async () => {
    await configureDatabase({ url: copy.urls.worker });
    const worker = startWorkerProcess();
    await inSystem((tx) => enqueue(tx, cleanSignInsJob, {}, { priority: 10 }));
    await expect.poll(() => countOf("sign-in.clean"), { timeout: 30_000 }).toBe(0);
    // A mail that is asked for now waits too.
    await inSystem((tx) => enqueue(tx, sendMailJob, { outboxId: crypto.randomUUID() }));
    await inSystem((tx) => enqueue(tx, cleanSignInsJob, {}, { priority: 10 }));
    await expect.poll(() => countOf("sign-in.clean"), { timeout: 30_000 }).toBe(0);
    expect(await jobs()).toEqual(["mail.send 0", ...held]);

    await configureDatabase({ url: copy.urls.app });
    await expect(confirmRestore({ ...staff(), steppedUpAt: null })).rejects.toMatchObject({
      code: "STEP_UP_REQUIRED",
    });
    await expect(confirmRestore(testPlatformContext("staff_support"))).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(confirmRestore(testContext("employer_admin", nobody))).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect(await stateOf(copy)).toMatchObject({ held: true });

    expect(await confirmRestore(staff())).toBe(true);
    expect(await confirmRestore(staff())).toBe(false);
    expect((await auditOf(copy)).at(-1)).toBe(`user:${userId} installation.confirm_restore`);
    await expect.poll(jobs, { timeout: 30_000 }).toEqual([]);
    worker.kill("SIGKILL");
  }, 240_000);

  it("is declared and confirmed by the operator where cluster and database are the same", async () => {
    await configureDatabase({ url: copy.urls.worker });
    await beginRestore();
    expect(await stateOf(copy)).toMatchObject({ sessions: 0, held: true });
    expect(await confirmRestoreByOperator()).toBe(true);
    expect((await auditOf(copy)).slice(-2)).toEqual([
      "system:restore:begin installation.quarantine",
      "system:restore:confirm installation.confirm_restore",
    ]);
  });

  it("cannot be declared or confirmed by the logins and roles of people without the right", async () => {
    for (const login of ["app", "auth"] as const) {
      await expect(copy.sql(login)`select confirm_restore()`).rejects.toThrow(/permission denied/);
      await expect(copy.sql(login)`select quarantine_installation('x', 'y')`).rejects.toThrow(
        /permission denied/,
      );
    }
    await configureDatabase({ url: copy.urls.app });
    for (const ctx of [testContext("employer_admin", nobody), testPlatformContext("staff_support")])
      await expect(inScope(ctx, (tx) => tx.execute("select confirm_restore()"))).rejects.toThrow();
  });
});

const countOf = async (task: string) =>
  (
    await copy.sql("superuser")`
    select 1 from graphile_worker.jobs where task_identifier = ${task}`
  ).length;

function startWorkerProcess() {
  return spawn(process.execPath, ["--import", "tsx", "worker/main.ts"], {
    cwd: path.resolve(import.meta.dirname, "../../.."),
    env: { ...process.env, ...copy.env },
    stdio: "ignore",
  });
}
