import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/** Browsers that somebody signed in with, by the SHA-256 of a cookie. */
export type DeviceSeen = "first" | "known" | "new";

/**
 * Remembers the browser of a sign-in: known, new beside others, or the first of all of this account. Of two first
 * sign-ins at once both may count as first.
 */
export async function rememberDevice(tx: Tx, userId: string, hash: string): Promise<DeviceSeen> {
  const [row] = await tx.execute<{ known: boolean; others: boolean }>(sql`
    select coalesce(bool_or(hash = ${hash}), false) as known, count(*) > 0 as others
    from known_devices where user_id = ${userId}`);
  await tx.execute(sql`
    insert into known_devices (user_id, hash) values (${userId}, ${hash})
    on conflict (user_id, hash) do update set last_seen_at = now()`);
  if (row?.known) return "known";
  return row?.others ? "new" : "first";
}
