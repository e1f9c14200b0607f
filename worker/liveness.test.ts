import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase, inSystem } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { cleanSignInsJob } from "@/lib/jobs/clean-sign-ins";
import { enqueue } from "@/lib/jobs/define";
import { scheduleSyncsJob } from "@/lib/jobs/sync";
import { startLiveness } from "./liveness";

const database = useTestDatabase();
beforeAll(() => configureDatabase({ url: database().urls.worker }));
afterAll(closeDatabase);

const sql = () => database().sql("superuser");
const start = (id: string) => startLiveness(database().urls.worker, id, { concurrency: 4, takes: "mails" });
/** A worker that was killed: its row and its jobs stay, its lock is gone. */
async function killed(id: string, jobs: number): Promise<void> {
  await sql()`insert into workers (id, process, takes, concurrency, started_at, seen_at)
    values (${id}, 'p1', 'mails', 8, now() - interval '1 hour', now() - interval '1 minute')`;
  await sql()`update graphile_worker._private_jobs set locked_at = now() - interval '1 minute', locked_by = ${id}, attempts = 1
    where id in (select id from graphile_worker._private_jobs where locked_by is null order by id limit ${jobs})`;
}
const reaps = () => sql()`
  select worker_id, process, takes, reaped_by, jobs, kinds, seen_at is not null as seen from worker_reaps order by at, worker_id`;

describe("a worker", () => {
  it("is in the list while it lives, and leaves no trace when it stops", async () => {
    const worker = await start("pool-lives");
    expect(await sql()`select id, takes, alive, concurrency, running from list_workers()`).toEqual([
      { id: "pool-lives", takes: "mails", alive: true, concurrency: 4, running: 0 },
    ]);
    await worker.stop();
    expect(await sql()`select 1 from list_workers()`).toHaveLength(0);
    expect(await reaps()).toHaveLength(0);
  });

  it("that died is noted once, with what it held, however many notice", async () => {
    await inSystem(async (tx) => {
      await enqueue(tx, scheduleSyncsJob, {});
      await enqueue(tx, scheduleSyncsJob, {});
      await enqueue(tx, cleanSignInsJob, {});
    });
    await killed("pool-busy", 3);
    await killed("pool-idle", 0);
    expect(await sql()`select id, alive, running from list_workers() order by 1`).toEqual([
      { id: "pool-busy", alive: false, running: 3 },
      { id: "pool-idle", alive: false, running: 0 },
    ]);
    const others = await Promise.all(["pool-a", "pool-b", "pool-c"].map(start));
    const noticed = (await Promise.all(others.map((other) => other.reap()))).flat();
    expect(noticed.sort()).toEqual(["pool-busy", "pool-idle"]);
    expect(await reaps()).toMatchObject([
      {
        worker_id: "pool-busy",
        process: "p1",
        takes: "mails",
        jobs: 3,
        kinds: { "sync.schedule": 2, "sign-in.clean": 1 },
        seen: true,
      },
      { worker_id: "pool-idle", jobs: 0, kinds: {} },
    ]);
    expect(await sql()`select 1 from graphile_worker._private_jobs where locked_by is not null`).toHaveLength(
      0,
    );
    expect(await sql()`select id from list_workers() where alive order by 1`).toHaveLength(3);
    await Promise.all(others.map((other) => other.stop()));
  });

  it("whose session was cut shows itself again at its next look", async () => {
    const worker = await start("pool-cut");
    await sql()`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = 505247 and granted`;
    const isAlive = async () => {
      await worker.reap().catch(() => undefined);
      const [row] = await sql()`select alive from list_workers()`;
      return row?.["alive"] === true;
    };
    await expect.poll(isAlive, { timeout: 15_000 }).toBe(true);
    await worker.stop();
  });
});
