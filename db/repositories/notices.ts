import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/**
 * Queues a mail to every administrator of the employer in the scope; in the platform's scope to the staff
 * administrators. Parameters hold nothing that these people may not see.
 */
export async function notifyAdmins(
  tx: Tx,
  template: string,
  parameters: Record<string, string | number | null>,
): Promise<void> {
  await tx.execute(sql`select notify_admins(${template}, ${JSON.stringify(parameters)}::jsonb)`);
}
