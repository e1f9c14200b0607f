import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/** Today in the employer's time zone by the database's clock (YYYY-MM-DD). */
export async function readToday(tx: Tx, customerId: string): Promise<string> {
  const [row] = await tx.execute<{ today: string }>(sql`
    select to_char(clock_timestamp() at time zone c.time_zone, 'YYYY-MM-DD') as today
    from customers c where c.id = ${customerId}::uuid`);
  if (!row) throw new TypeError("A worker's customer was not there");
  return row.today;
}
