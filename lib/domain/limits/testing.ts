import type { Sql } from "postgres";
import { sha256 } from "@/lib/crypto/hash";
import type { LimitKind } from "./limits";

/** Leaves a key nothing of a limit for an hour, however many points it has. `key` as takeLimit() is given it. */
export async function useUpLimit(sql: Sql, kind: LimitKind, key: string): Promise<void> {
  await sql`
    insert into rate_limits (key, points, expire)
    values (${`${kind}:${sha256(key)}`}, 1000000, ${Date.now() + 3_600_000})
    on conflict (key) do update set points = excluded.points, expire = excluded.expire`;
}
