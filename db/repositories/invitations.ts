import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { invitations, userRoles } from "@/db/schema";

/** Invitations of the scope's customer, for those who may see the team. */
export type InvitationRow = typeof invitations.$inferSelect;

interface NewInvitation {
  customerId: string;
  email: string;
  role: string;
  connectionId: string;
  individualId: string;
  invitedBy: string;
  /** Length of its life. */
  hours: number;
}

export async function insertInvitation(
  tx: Tx,
  { hours, ...values }: NewInvitation,
): Promise<Pick<InvitationRow, "id" | "expiresAt">> {
  const [row] = await tx
    .insert(invitations)
    .values({ ...values, expiresAt: sql`now() + make_interval(hours => ${hours}::int)` })
    .returning({ id: invitations.id, expiresAt: invitations.expiresAt });
  if (!row) throw new TypeError("The invitation was not written");
  return row;
}

/** One invitation, or null. `lock` keeps others from accepting or revoking it until the transaction ends. */
export async function findInvitation(
  tx: Tx,
  customerId: string,
  id: string,
  { lock = false } = {},
): Promise<InvitationRow | null> {
  const query = tx
    .select()
    .from(invitations)
    .where(and(eq(invitations.customerId, customerId), eq(invitations.id, id)));
  const [row] = await (lock ? query.for("update") : query);
  return row ?? null;
}

const pending = and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt));

/** What was neither accepted nor revoked for a person, newest first; also what has run out. */
export async function listPendingInvitations(
  tx: Tx,
  customerId: string,
  individualId: string,
): Promise<InvitationRow[]> {
  return tx
    .select()
    .from(invitations)
    .where(and(eq(invitations.customerId, customerId), eq(invitations.individualId, individualId), pending))
    .orderBy(desc(invitations.createdAt));
}

export async function markInvitationAccepted(
  tx: Tx,
  customerId: string,
  id: string,
  userId: string,
): Promise<void> {
  await tx
    .update(invitations)
    .set({ acceptedAt: sql`now()`, acceptedBy: userId })
    .where(and(eq(invitations.customerId, customerId), eq(invitations.id, id), pending));
}

export async function markInvitationRevoked(
  tx: Tx,
  customerId: string,
  id: string,
  userId: string,
): Promise<void> {
  await tx
    .update(invitations)
    .set({ revokedAt: sql`now()`, revokedBy: userId })
    .where(and(eq(invitations.customerId, customerId), eq(invitations.id, id), pending));
}

export interface AccountOfPerson {
  userId: string;
  role: string;
  connectionId: string | null;
  createdAt: Date;
  grantedBy: string | null;
}

/** Who may see a person's own pages: the roles that name this individual, oldest first. */
export async function listAccountsOfPerson(
  tx: Tx,
  customerId: string,
  individualId: string,
): Promise<AccountOfPerson[]> {
  return tx
    .select({
      userId: userRoles.userId,
      role: userRoles.role,
      connectionId: userRoles.connectionId,
      createdAt: userRoles.createdAt,
      grantedBy: userRoles.grantedBy,
    })
    .from(userRoles)
    .where(and(eq(userRoles.customerId, customerId), eq(userRoles.individualId, individualId)))
    .orderBy(userRoles.createdAt, userRoles.id);
}

export interface AddressRow {
  userId: string;
  email: string;
}

/** Addresses of members of the scope's customer; nothing for who may not see the team. */
export async function listMemberAddresses(tx: Tx, userIds: readonly string[]): Promise<AddressRow[]> {
  if (userIds.length === 0) return [];
  const ids = sql.join(
    userIds.map((id) => sql`${id}`),
    sql`, `,
  );
  const rows = await tx.execute<{ user_id: string; email: string }>(
    sql`select user_id, email from find_member_addresses(array[${ids}]::text[])`,
  );
  return rows.map(({ user_id, email }) => ({ userId: user_id, email }));
}
