import "server-only";
import { sql } from "drizzle-orm";
import { inSystem } from "@/db/client";
import journal from "@/db/migrations/meta/_journal.json";
import { env, isLoopbackUrl } from "@/lib/env";
import { getInstallationState } from "./installation";

/** First key of the session advisory lock that each worker holds while it lives (worker/liveness.ts). */
const workerLockClass = 505_247;

export interface Readiness {
  ready: boolean;
  checks: { database: boolean; migrations: boolean; worker: boolean; demo?: boolean };
}

async function hasWorker(): Promise<boolean> {
  const [row] = await inSystem((tx) =>
    tx.execute<{ alive: boolean }>(sql`select exists (
      select from pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 2
        and l.classid::bigint = ${workerLockClass}::bigint
        and l.database = (select d.oid from pg_database d where d.datname = current_database())) as alive`),
  );
  return row?.alive === true;
}

/** Whether everything that a person needs is there; in local mode also the demo. */
export async function getReadiness(): Promise<Readiness> {
  try {
    const [{ migrations, demoSeededAt }, worker] = await Promise.all([getInstallationState(), hasWorker()]);
    const checks = {
      database: true,
      migrations: migrations >= journal.entries.length,
      worker,
      // The demo stands on the sandbox; a local copy on Finch's own has none.
      ...(env().mode === "local" && isLoopbackUrl(env().FINCH_BASE_URL)
        ? { demo: demoSeededAt !== null }
        : {}),
    };
    return { ready: Object.values(checks).every(Boolean), checks };
  } catch {
    return { ready: false, checks: { database: false, migrations: false, worker: false } };
  }
}
