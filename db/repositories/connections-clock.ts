import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";

const nowRows = z.array(z.object({ now: z.coerce.date() }));
const nameRows = z.array(z.object({ id: z.string(), name: z.string() }));

/** The database's clock: the one by which ages are judged on every machine. */
export async function readClock(tx: Tx): Promise<Date> {
  const [row] = nowRows.parse([...(await tx.execute(sql`select now() as now`))]);
  if (!row) throw new TypeError("The database told no time");
  return row.now;
}

/** Names of people with a role at the scope's customer, or of staff; others are left out. */
export async function findUserNames(tx: Tx, userIds: readonly string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map();
  const list = sql.join(
    userIds.map((id) => sql`${id}`),
    sql`, `,
  );
  const rows = nameRows.parse([
    ...(await tx.execute(sql`select id, name from find_user_names(array[${list}]::text[])`)),
  ]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
