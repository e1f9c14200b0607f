import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { suppressions } from "@/db/schema";

/** HMACs of the people of a connection who were erased. */
export async function listSuppressions(
  tx: Tx,
  { customerId, connectionId }: { customerId: string; connectionId: string },
): Promise<string[]> {
  const rows = await tx
    .select({ hmac: suppressions.hmac })
    .from(suppressions)
    .where(and(eq(suppressions.customerId, customerId), eq(suppressions.connectionId, connectionId)));
  return rows.map((row) => row.hmac);
}
