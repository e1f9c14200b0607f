import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { mailOutbox, users } from "@/db/schema";

/** Mails to be sent, on the worker's login. */
export type MailOutboxRow = typeof mailOutbox.$inferSelect;

export async function findOutgoingMail(tx: Tx, id: string): Promise<MailOutboxRow | null> {
  const [row] = await tx.select().from(mailOutbox).where(eq(mailOutbox.id, id));
  return row ?? null;
}

export async function markMailSent(tx: Tx, id: string): Promise<void> {
  await tx
    .update(mailOutbox)
    .set({ sentAt: sql`now()`, lastError: null })
    .where(eq(mailOutbox.id, id));
}

/** `code` names why; a final failure is not tried again. */
export async function markMailFailed(tx: Tx, id: string, code: string, final: boolean): Promise<void> {
  await tx
    .update(mailOutbox)
    .set({ lastError: code, ...(final ? { failedAt: sql`now()` } : {}) })
    .where(eq(mailOutbox.id, id));
}

/** Writes a mail to an address, with the id of the link that is derived when it is sent; gives the id for its job. */
export async function queueMail(
  tx: Tx,
  mail: { template: string; to: string; parameters: object; linkId: string },
): Promise<string> {
  const { template, to, parameters, linkId } = mail;
  const [row] = await tx.execute<{ id: string }>(
    sql`select queue_mail(${template}, ${to}, ${JSON.stringify(parameters)}::jsonb, ${linkId}::uuid) as id`,
  );
  if (!row) throw new TypeError("queue_mail returned nothing");
  return row.id;
}

/** Whether an address may sign in: a known user, not disabled, with a role. */
export async function maySignIn(tx: Tx, address: string): Promise<boolean> {
  const [row] = await tx.execute<{ may: boolean }>(sql`select may_sign_in(${address}) as may`);
  return row?.may === true;
}

/** What a mail calls a user: the name, or the address where none is known. On the worker's login. */
export async function findUserName(tx: Tx, userId: string): Promise<string | null> {
  const [row] = await tx
    .select({ name: users.name, email: users.email })
    .from(users)
    .where(eq(users.id, userId));
  if (!row) return null;
  // Accounts of the identity provider have no address of their own.
  return row.name ?? (row.email.endsWith(".invalid") ? "A member of staff" : row.email);
}
