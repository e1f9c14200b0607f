import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { connections, individuals, userRoles } from "@/db/schema";

/** The definer functions behind a team: identity is global, so no role of the scope reads it by itself. */

export interface MemberRow {
  userId: string;
  email: string;
  name: string | null;
  disabled: boolean;
  secondFactor: boolean;
  lastSeenAt: Date | null;
  elsewhere: boolean;
}

type MemberWire = {
  user_id: string;
  email: string;
  name: string | null;
  disabled: boolean;
  second_factor: boolean;
  last_seen_at: string | Date | null;
  elsewhere: boolean;
};

/** The people with a role at the customer of the scope; none for who may not see the team. */
export async function listMemberRows(tx: Tx): Promise<MemberRow[]> {
  const rows = await tx.execute<MemberWire>(sql`select * from list_members()`);
  return rows.map((row) => ({
    userId: row.user_id,
    email: row.email,
    name: row.name,
    disabled: row.disabled,
    secondFactor: row.second_factor,
    lastSeenAt: row.last_seen_at === null ? null : new Date(row.last_seen_at),
    elsewhere: row.elsewhere,
  }));
}

/** One change at a time to who administers a customer, until the transaction ends. */
export async function lockTeam(tx: Tx, customerId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`team:${customerId}`}, 0))`);
}

/** People who administer the customer of the scope; disabled ones do not count. */
export async function countAdmins(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`select count_admins() as count`);
  return row?.count ?? 0;
}

/** Whether somebody holds a permission here or on the platform at this moment. */
export async function stillHolds(tx: Tx, userId: string, permission: string): Promise<boolean> {
  const [row] = await tx.execute<{ holds: boolean }>(
    sql`select still_holds(${userId}, ${permission}) as holds`,
  );
  return row?.holds === true;
}

/** The user of an address (lower case); for staff only. */
export async function findUserId(tx: Tx, email: string): Promise<string | null> {
  const [row] = await tx.execute<{ id: string | null }>(sql`select find_user_id(${email}) as id`);
  return row?.id ?? null;
}

/** The user of an identity provider's subject, made if new; for staff only. */
export async function ensureStaffIdentity(
  tx: Tx,
  identity: { issuer: string; subject: string; name: string | null },
): Promise<string> {
  const { issuer, subject, name } = identity;
  const [row] = await tx.execute<{ id: string }>(
    sql`select ensure_staff_identity(${issuer}, ${subject}, ${name}) as id`,
  );
  if (!row) throw new Error("ensure_staff_identity returned nothing");
  return row.id;
}

/** Removes every second factor and session of somebody; false where that is not for this scope to do. */
export async function resetSecondFactors(tx: Tx, userId: string): Promise<boolean> {
  const [row] = await tx.execute<{ done: boolean }>(sql`select reset_second_factors(${userId}) as done`);
  return row?.done === true;
}

/** Each session of somebody gets a new token with its next page. */
export async function renewSessionsOf(tx: Tx, userId: string): Promise<void> {
  await tx.execute(sql`select renew_sessions_of(${userId})`);
}

/** Queues a mail to a user of ours; nothing for a disabled one. */
export async function notifyUser(
  tx: Tx,
  userId: string,
  template: string,
  parameters: object,
): Promise<void> {
  await tx.execute(sql`select notify_user(${userId}, ${template}, ${JSON.stringify(parameters)}::jsonb)`);
}

/** Queues a mail to everybody who administers the customer of the scope. */
export async function notifyAdmins(tx: Tx, template: string, parameters: object): Promise<void> {
  await tx.execute(sql`select notify_admins(${template}, ${JSON.stringify(parameters)}::jsonb)`);
}

/** Another customer for the statements that follow, for staff who act at several in one transaction. */
export async function moveToCustomer(tx: Tx, customerId: string): Promise<void> {
  await tx.execute(sql`select set_config('app.customer_id', ${customerId}, true)`);
}

/** The customers at which somebody holds a role, the platform among them; complete only for staff. */
export async function listCustomersOf(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ customerId: userRoles.customerId })
    .from(userRoles)
    .where(eq(userRoles.userId, userId));
  return rows.map(({ customerId }) => customerId).sort();
}

/** Whether an open connection of the customer is within the scope. */
export async function hasConnection(tx: Tx, customerId: string, id: string): Promise<boolean> {
  const rows = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(eq(connections.customerId, customerId), eq(connections.id, id), isNull(connections.disconnectedAt)),
    );
  return rows.length > 0;
}

/** Whether a person is in a connection's directory. */
export async function hasIndividual(
  tx: Tx,
  { customerId, connectionId, id }: { customerId: string; connectionId: string; id: string },
): Promise<boolean> {
  const rows = await tx
    .select({ id: individuals.id })
    .from(individuals)
    .where(
      and(
        eq(individuals.customerId, customerId),
        eq(individuals.connectionId, connectionId),
        eq(individuals.id, id),
        isNull(individuals.deletedAt),
      ),
    );
  return rows.length > 0;
}
