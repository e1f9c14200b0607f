import { randomUUID } from "node:crypto";
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
  stop(): Promise<void>;
}

/** For whoever looks at the list of workers. */
interface LivenessOptions {
  /** Jobs that the worker does at a time. */
  concurrency?: number;
  /** Which ones, in a word. */
  takes?: string;
}

/** Tells the workers of this process from those of others. */
const processId = randomUUID().slice(0, 8);

/** Announces a worker as alive and looks after the dead ones. The session must be direct, not pooled. */
export async function startLiveness(
  connectionString: string,
  workerId: string,
  { concurrency = 1, takes = "every job" }: LivenessOptions = {},
): Promise<Liveness> {
  const sql = postgres(connectionString, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => undefined,
    connection: { application_name: "perch worker" },
  });
  const lookAround = async () => {
    await holdLock(sql, workerId);
    await showItself(sql, workerId, { concurrency, takes });
    return reap(sql, workerId);
  };
  await holdLock(sql, workerId);
  await showItself(sql, workerId, { concurrency, takes });
  const look = () => {
    lookAround().catch((error: unknown) => log.error("looking for dead workers failed", error));
  };
  const timer = setInterval(look, lookEveryMs);
  return {
    reap: lookAround,
    async stop() {
      clearInterval(timer);
      await sql`select graphile_worker.force_unlock_workers(${[workerId]}::text[])`.catch(() => undefined);
      await sql`delete from workers where id = ${workerId}`.catch(() => undefined);
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

async function showItself(
  sql: postgres.Sql,
  workerId: string,
  { concurrency, takes }: Required<LivenessOptions>,
): Promise<void> {
  await sql`insert into workers (id, process, takes, concurrency) values (${workerId}, ${processId}, ${takes}, ${concurrency})
    on conflict (id) do update set seen_at = now()`;
}

/** In one transaction: its locks on the ids of the dead keep other reapers from finding them too. */
async function reap(sql: postgres.Sql, workerId: string): Promise<string[]> {
  const dead = await sql.begin(async (tx) => {
    const found = await tx<{ id: string }[]>`
      with signs as materialized (
        select locked_by as id, locked_at as at from graphile_worker._private_jobs where locked_by is not null
        union all
        select locked_by, locked_at from graphile_worker._private_job_queues where locked_by is not null
        union all
        select id, seen_at from workers
      ), silent as materialized (
        select id from signs where id <> ${workerId} group by id having max(at) < now() - ${settledAfter}::interval
      )
      select id from silent where pg_try_advisory_xact_lock(${lockSpace}, hashtext(id))`;
    const ids = found.map((row) => row.id);
    if (ids.length > 0) await bury(tx, ids, workerId);
    return ids;
  });
  if (dead.length > 0) log.warn("freed the jobs of workers that died", { count: dead.length });
  return dead;
}

/** Sets free what they held, and notes it for staff. */
async function bury(tx: postgres.TransactionSql, ids: string[], reapedBy: string): Promise<void> {
  await tx`
    insert into worker_reaps (worker_id, process, takes, seen_at, reaped_by, jobs, kinds)
    select d.id, coalesce(w.process, ''), coalesce(w.takes, ''), w.seen_at, ${reapedBy}, coalesce(sum(k.count), 0)::int,
      coalesce(jsonb_object_agg(k.name, k.count) filter (where k.name is not null), '{}')
    from unnest(${ids}::text[]) d(id)
    left join workers w on w.id = d.id
    left join lateral (
      select t.identifier as name, count(*) as count from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id where j.locked_by = d.id group by 1) k on true
    group by d.id, w.process, w.takes, w.seen_at`;
  await tx`select graphile_worker.force_unlock_workers(${ids}::text[])`;
  await tx`delete from workers where id = any (${ids}::text[])`;
}
