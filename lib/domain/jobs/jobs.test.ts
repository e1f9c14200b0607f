import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase, inScope, inSystem } from "@/db/client";
import {
  createTestConnection,
  createTestCustomer,
  createTestUser,
  type TestConnection,
} from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { plainWords } from "@/lib/domain/audit/audit-words";
import { listAudit } from "@/lib/domain/audit/list-audit";
import { testContext, testPlatformContext } from "@/lib/domain/testing";
import { enqueue } from "@/lib/jobs/define";
import { sendMailJob } from "@/lib/jobs/send-mail";
import { connectionSyncJob, scheduleSyncsJob, syncStepJob } from "@/lib/jobs/sync";
import { getJobs } from "./get-jobs";
import { getQueueSummary } from "./get-queue-summary";
import { retryJobs } from "./retry-jobs";

const database = useTestDatabase();
beforeAll(() => configureDatabase({ url: database().urls.app }));
afterAll(closeDatabase);

const sql = () => database().sql("superuser");
const support = testPlatformContext("staff_support");
let connection: TestConnection;
let runId: string;

beforeAll(async () => {
  const { id: customerId } = await createTestCustomer(sql(), { name: "Larkspur Dental" });
  connection = await createTestConnection(sql(), { customerId });
  runId = randomUUID();
  await sql()`insert into sync_runs (customer_id, id, connection_id, reason) values (${customerId}, ${runId}, ${connection.id}, 'first')`;
});
beforeEach(async () => {
  await sql()`delete from graphile_worker._private_jobs`;
});

const step = (name: string) => ({ customerId: connection.customerId, runId, name, entityId: "", epoch: 1 });
/** A job as the queue leaves it after its last try, or after one of several. */
async function fail(error: string | null, { tries = 25, where = "true" } = {}): Promise<void> {
  await sql().unsafe(
    `update graphile_worker._private_jobs set attempts = $1, last_error = $2, updated_at = clock_timestamp(),
      run_at = case when $1 < max_attempts then now() + interval '10 minutes' else run_at end where ${where}`,
    [tries, error],
  );
}
const jobs = () =>
  sql()<{ attempts: number; due: boolean }[]>`
    select attempts, run_at <= now() as due from graphile_worker._private_jobs order by id`;

describe("the queue", () => {
  it("is counted by job and state, what was given up first", async () => {
    await inSystem(async (tx) => {
      await enqueue(tx, scheduleSyncsJob, {});
      await enqueue(tx, scheduleSyncsJob, {}, { runAt: new Date(Date.now() + 3_600_000) });
      await enqueue(tx, sendMailJob, { outboxId: randomUUID() });
      await enqueue(tx, syncStepJob, step("company"));
      await enqueue(tx, syncStepJob, step("directory"));
    });
    await sql()`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'pool' where payload ->> 'name' = 'company'`;
    await fail("sync.step failed: PostgresError", { where: "payload ->> 'name' = 'directory'" });
    const { kinds } = await getJobs(support, {});
    expect(kinds).toMatchObject([
      { job: "sync.step", label: "Step of a sync", running: 1, failed: 1, due: 0 },
      { job: "mail.send", due: 1, running: 0, failed: 0 },
      { job: "sync.schedule", due: 1, later: 1, retrying: 0 },
    ]);
    expect(kinds[1]?.oldestDueAt).toBeInstanceOf(Date);
  });

  it("comes down to a few figures", async () => {
    await inSystem(async (tx) => {
      await enqueue(tx, scheduleSyncsJob, {}, { runAt: new Date(Date.now() - 60_000) });
      await enqueue(tx, syncStepJob, step("company"));
      await enqueue(tx, syncStepJob, step("directory"));
    });
    await fail("x failed: UPSTREAM", { where: "payload ->> 'name' = 'company'" });
    await fail("x failed: UPSTREAM", { tries: 2, where: "payload ->> 'name' = 'directory'" });
    const summary = await getQueueSummary(support);
    expect(summary).toMatchObject({ due: 1, running: 0, failed: 1, retrying: 1, alive: 0 });
    expect(summary.now.getTime() - (summary.oldestDueAt?.getTime() ?? 0)).toBeGreaterThan(59_000);
  });

  it("holds mails while the installation is quarantined", async () => {
    await inSystem((tx) => enqueue(tx, sendMailJob, { outboxId: randomUUID() }));
    await sql()`insert into installation (id, quarantined_at) values (true, now()) on conflict (id) do update set quarantined_at = now()`;
    expect((await getJobs(support, {})).kinds).toMatchObject([{ job: "mail.send", due: 0, held: 1 }]);
    await sql()`update installation set quarantined_at = null`;
  });
});

describe("a failure", () => {
  it("names cause, tries, step, employer and connection, and what helps", async () => {
    await inSystem((tx) => enqueue(tx, syncStepJob, step("pay_statements")));
    await fail("sync.step failed: UPSTREAM");
    expect((await getJobs(support, {})).failures).toMatchObject([
      {
        label: "Step of a sync",
        about: "pay_statements",
        state: "failed",
        attempts: 25,
        maxAttempts: 25,
        code: "UPSTREAM",
        happened: "Another service did not answer: Finch, or the mail server.",
        customer: { name: "Larkspur Dental" },
        connection: { id: connection.id, providerName: "Gusto" },
        runId,
        nextAt: null,
      },
    ]);
  });

  it("that comes again by itself says when", async () => {
    await inSystem((tx) => enqueue(tx, connectionSyncJob, { customerId: connection.customerId, runId }));
    await fail("connection.sync failed: UPSTREAM", { tries: 3 });
    const [failure] = (await getJobs(support, { state: "retrying" })).failures;
    expect(failure).toMatchObject({ state: "retrying", attempts: 3, connection: { id: connection.id } });
    expect(failure?.nextAt?.getTime()).toBeGreaterThan(Date.now());
    expect((await getJobs(support, { state: "failed" })).failures).toEqual([]);
  });

  it("shows nothing of an error's text or of a payload but ids", async () => {
    await inSystem((tx) => enqueue(tx, syncStepJob, step("company")));
    await sql()`update graphile_worker._private_jobs set payload = (payload::jsonb || ${sql().json({ ssn: "123-45-6789", connectionId: "Robert'); --", name: "Ada Lovelace" })})::json`;
    await fail("duplicate key value: Ada Lovelace, 123-45-6789");
    const view = await getJobs(support, {});
    expect(view.failures).toMatchObject([{ code: null, about: null, customer: { name: "Larkspur Dental" } }]);
    expect(JSON.stringify(view)).not.toMatch(/Lovelace|6789|Robert/);
  });

  it("of a worker that died with it says so", async () => {
    await inSystem((tx) => enqueue(tx, syncStepJob, step("company")));
    await fail(null);
    expect((await getJobs(support, {})).failures[0]?.happened).toBe("The worker died while it did this.");
  });

  it("is found by job and employer, and pages add up", async () => {
    await inSystem(async (tx) => {
      for (let n = 0; n < 60; n += 1) await enqueue(tx, syncStepJob, step(`step_${"abc"[n % 3] ?? ""}`));
      await enqueue(tx, sendMailJob, { outboxId: randomUUID() });
    });
    await fail("x failed: UPSTREAM");
    const first = await getJobs(support, { job: "sync.step" });
    const second = await getJobs(support, { job: "sync.step", after: first.next });
    const ids = [...first.failures, ...second.failures].map(({ id }) => id);
    expect([first.failures.length, new Set(ids).size, second.next]).toEqual([50, 60, null]);
    expect((await getJobs(support, { job: "mail.send" })).failures).toHaveLength(1);
    expect((await getJobs(support, { customerId: connection.customerId })).employer?.name).toBe(
      "Larkspur Dental",
    );
    expect((await getJobs(support, { customerId: randomUUID() })).failures).toEqual([]);
  });
});

describe("starting failed work again", () => {
  it("gives one job all its tries at once, and is audited", async () => {
    const { id: userId } = await createTestUser(sql(), { role: "staff_support" });
    await inSystem(async (tx) => {
      await enqueue(tx, syncStepJob, step("company"));
      await enqueue(tx, syncStepJob, step("directory"));
    });
    await fail("sync.step failed: INTERNAL");
    const [{ id = "" } = {}] = (await getJobs(support, {})).failures;
    expect(await retryJobs(testPlatformContext("staff_support", userId), { id })).toEqual({ jobs: 1 });
    expect((await jobs()).map(({ attempts }) => attempts).sort()).toEqual([0, 25]);
    const { entries } = await listAudit(testPlatformContext("staff_admin"), {});
    expect(entries[0]).toMatchObject({ action: "job.retry", actor: { id: userId }, target: { id } });
    expect(plainWords(entries[0]?.words ?? [])).toBe("started failed work again: Step of a sync (1 job)");
  });

  it("takes all of one kind, also what waits for its next try, and nothing else", async () => {
    await inSystem(async (tx) => {
      for (const name of ["company", "directory", "payments"]) await enqueue(tx, syncStepJob, step(name));
      await enqueue(tx, sendMailJob, { outboxId: randomUUID() });
    });
    await fail("x failed: UPSTREAM");
    await fail("x failed: UPSTREAM", { tries: 2, where: "payload ->> 'name' = 'directory'" });
    await sql()`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'pool' where payload ->> 'name' = 'payments'`;
    expect(await retryJobs(support, { job: "sync.step" })).toEqual({ jobs: 2 });
    expect(await jobs()).toEqual([
      { attempts: 0, due: true },
      { attempts: 0, due: true },
      { attempts: 25, due: true },
      { attempts: 25, due: true },
    ]);
  });

  it("of what never failed, runs or is gone is refused", async () => {
    await inSystem((tx) => enqueue(tx, scheduleSyncsJob, {}));
    const [row] = await sql()<{ id: string }[]>`select id::text from graphile_worker._private_jobs`;
    for (const input of [{ id: row?.id ?? "" }, { id: "999999" }, { job: "sync.schedule" }])
      await expect(retryJobs(support, input)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(retryJobs(support, { id: "1; drop table users" })).rejects.toThrow();
  });

  it("is for staff alone, also in the database", async () => {
    const ctx = testContext("employer_admin", connection.customerId);
    await expect(retryJobs(ctx, { job: "sync.step" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(getQueueSummary(ctx)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(getJobs(ctx, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
    for (const call of [
      "retry_queue_jobs(null, 'sync.step')",
      "queue_depth()",
      "list_workers()",
      "list_crontabs()",
    ])
      await expect(
        inScope(ctx, async (tx) => void (await tx.execute(`select * from ${call}`))),
      ).rejects.toMatchObject({
        cause: { message: expect.stringContaining("permission denied") as string },
      });
  });
});

describe("beside the queue", () => {
  it("are the workers that live, by process, and those that died", async () => {
    await sql()`insert into workers (id, process, takes, concurrency) values ('pool-1', 'p1', 'steps', 64), ('pool-2', 'p1', 'others', 8), ('pool-3', 'p2', 'others', 8)`;
    await sql()`insert into worker_reaps (worker_id, process, takes, reaped_by, jobs, kinds) values ('pool-0', 'p0', 'steps', 'pool-1', 3, '{"sync.step": 3}')`;
    const [lock] = await Promise.all([
      database()
        .sql("worker")
        .begin(async (tx) => {
          await tx`select pg_advisory_xact_lock(505247, hashtext('pool-2'))`;
          return (await getJobs(support, {})).workers;
        }),
    ]);
    expect(lock.map(({ process, alive, workers }) => [process, alive, workers.length])).toEqual([
      ["p1", true, 2],
      ["p2", false, 1],
    ]);
    expect((await getJobs(support, {})).reaps).toMatchObject([
      { workerId: "pool-0", jobs: 3, kinds: ["3 × Step of a sync"] },
    ]);
  });

  it("are the times of the clock, the next first", async () => {
    const { schedules, now } = await getJobs(support, {});
    expect(schedules.length).toBeGreaterThanOrEqual(6);
    expect(schedules[0]?.id).toBe("sync.schedule");
    const times = schedules.map(({ nextAt }) => nextAt.getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThan(now.getTime());
  });
});
