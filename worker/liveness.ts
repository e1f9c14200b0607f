import postgres from "postgres";
import { log } from "@/lib/log";

/**
 * A job of a worker that was killed stays locked for 4 hours by default. So each worker holds a session advisory
 * lock keyed by its id: the lock goes with the session, and whoever finds a job locked by an id whose lock is
 * free sets the job free (DESIGN §7).
 */
const lookEveryMs = 5_000;
/** A worker takes its lock right after it starts; a job locked for less than this may be that new worker's. */
const settledAfter = "3 seconds";
/** First key of the advisory locks, so that they meet no others. */
const lockSpace = 505_247;

export interface Liveness {
  /** Frees what dead workers held, once; gives their ids. */
  reap(): Promise<string[]>;
  /** Frees what this worker still holds and lets go of its lock. */
  stop(options: { freeJobs: boolean }): Promise<void>;
}

/** Announces a worker as alive and looks after the dead ones. The session must be direct, not pooled. */
export async function startLiveness(connectionString: string, workerId: string): Promise<Liveness> {
  const sql = postgres(connectionString, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => undefined,
    connection: { application_name: "perch worker" },
  });
  await holdLock(sql, workerId);
  const look = () => {
    reap(sql, workerId).catch((error: unknown) => log.error("looking for dead workers failed", error));
  };
  const timer = setInterval(look, lookEveryMs);
  return {
    reap: () => reap(sql, workerId),
    async stop({ freeJobs }) {
      clearInterval(timer);
      if (freeJobs)
        await sql`select graphile_worker.force_unlock_workers(${[workerId]}::text[])`.catch(() => undefined);
      await sql.end({ timeout: 1 });
    },
  };
}

/** Takes the lock again where the session was lost and made anew. */
async function holdLock(sql: postgres.Sql, workerId: string): Promise<void> {
  const [held] = await sql`
    select 1 from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()
      and classid = ${lockSpace}::oid and objid = (hashtext(${workerId})::bit(32)::bigint)::oid and granted`;
  if (!held) await sql`select pg_advisory_lock(${lockSpace}, hashtext(${workerId}))`;
}

async function reap(sql: postgres.Sql, workerId: string): Promise<string[]> {
  await holdLock(sql, workerId);
  const dead = await sql<{ id: string }[]>`
    with holders as materialized (
      select locked_by as id, max(locked_at) as at from graphile_worker._private_jobs where locked_by is not null group by 1
      union
      select locked_by, max(locked_at) from graphile_worker._private_job_queues where locked_by is not null group by 1
    )
    select id from holders where id <> ${workerId} and at < now() - ${settledAfter}::interval
      and pg_try_advisory_xact_lock(${lockSpace}, hashtext(id))`;
  const ids = [...new Set(dead.map((row) => row.id))];
  if (ids.length > 0) {
    await sql`select graphile_worker.force_unlock_workers(${ids}::text[])`;
    log.warn("freed the jobs of workers that died", { count: ids.length });
  }
  return ids;
}
