import { sql } from "drizzle-orm";
import { loginDatabase, type Tx } from "@/db/client";
import { env } from "@/lib/env";

/** Runs `fn` in a transaction of the login perch_auth: identity, and nothing of any employer. */
export function inIdentity<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
  return loginDatabase(env().AUTH_DATABASE_URL).transaction(fn);
}

/** Lets one change of a person's factors happen at a time: what was decided about them still holds at the commit. */
export async function lockFactors(tx: Tx, userId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`second_factor:${userId}`}, 0))`);
}
