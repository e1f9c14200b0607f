import postgres, { type Sql } from "postgres";
import { UserError } from "./user-error";

/** Key of the session advisory lock; its holder is the one supervisor of a database. */
const lockKey = [80_723, 1] as const;

export interface DatabaseLock {
  sql: Sql;
  release(): Promise<void>;
}

/**
 * Takes the session lock that says "this database is supervised". It lives exactly as long as the connection:
 * a database whose lock is free belongs to nobody and may be adopted, one whose lock is held is never touched.
 */
export async function takeDatabaseLock(url: string, where: string): Promise<DatabaseLock> {
  const sql = postgres(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: 0,
    onnotice: () => undefined,
    connection: { application_name: `perch supervisor ${where}`.slice(0, 63) },
  });
  const release = () => sql.end({ timeout: 1 });
  try {
    const [row] = await sql<{ taken: boolean }[]>`
      select pg_try_advisory_lock(${lockKey[0]}::int, ${lockKey[1]}::int) as taken`;
    if (row?.taken) return { sql, release };
    const [holder] = await sql<{ name: string }[]>`
      select activity.application_name as name from pg_locks join pg_stat_activity activity using (pid)
      where locktype = 'advisory' and classid = ${lockKey[0]} and objid = ${lockKey[1]} and granted`;
    const address = holder?.name.replace("perch supervisor ", "") || "another address";
    throw new UserError(`Perch is already running on this database at ${address}. Stop that copy first.`);
  } catch (error) {
    await release();
    if (error instanceof UserError) throw error;
    throw new UserError(`The database cannot be used: ${(error as Error).message || "no connection"}`);
  }
}
