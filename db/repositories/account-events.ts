import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";

/** What people do with their own account, on the login perch_auth: the platform's audit, and mails to themselves. */

interface AccountEvent {
  userId: string;
  action: `${string}.${string}`;
  targetType: string;
  targetId: string;
  /** Erasable; the row itself holds ids only. */
  details?: Record<string, unknown>;
}

/** Appends to the platform's audit chain. The last statement of a transaction: it locks the chain's head. */
export async function recordAccountEvent(tx: Tx, event: AccountEvent): Promise<void> {
  const body = event.details ? JSON.stringify(event.details) : null;
  await tx.execute(sql`select set_config('app.customer_id', '00000000-0000-0000-0000-000000000000', true)`);
  await tx.execute(
    sql`select audit_append('user', ${event.userId}, ${event.action}, ${event.targetType}, ${event.targetId}, ${body}::jsonb)`,
  );
}

/** Queues a mail to the user's own address; an account without one gets none. */
export async function notifyUser(
  tx: Tx,
  userId: string,
  template: string,
  parameters: Record<string, string | number | null>,
): Promise<void> {
  await tx.execute(sql`select notify_user(${userId}, ${template}, ${JSON.stringify(parameters)}::jsonb)`);
}
