import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";

const recorded = z.array(z.object({ id: z.uuid().nullable() })).length(1);

/**
 * Writes the audit row of an opening, and with it the right of this person to read that one ciphertext for a minute.
 * Null where the value is hidden, or the person may not open it by the roles in the database: then nothing is written.
 * The last statement of a transaction: it locks the audit chain's head.
 */
export async function recordReveal(tx: Tx, sealedValueId: string, reason: string): Promise<string | null> {
  const rows = recorded.parse([
    ...(await tx.execute(sql`select record_reveal(${sealedValueId}::uuid, ${reason}) as id`)),
  ]);
  return rows[0]?.id ?? null;
}
