import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { installation } from "@/db/schema";

/** Whether the demo is complete. For the bare worker login. */
export async function isDemoSeeded(tx: Tx): Promise<boolean> {
  const [row] = await tx.select({ at: installation.demoSeededAt }).from(installation);
  return row?.at != null;
}

/** Says that the demo is complete; a server refuses such a database from then on (SECURITY 1). */
export async function markDemoSeeded(tx: Tx): Promise<void> {
  await tx
    .insert(installation)
    .values({ id: true, demoSeededAt: sql`now()` })
    .onConflictDoUpdate({ target: installation.id, set: { demoSeededAt: sql`now()` } });
}
