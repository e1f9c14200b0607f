import { and, asc, eq, isNull, ne, sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { connections, individuals, userRoles } from "@/db/schema";

const nilCustomer = "00000000-0000-0000-0000-000000000000";

/** Platform rows use the nil customer; lists of employers leave it out. */
export const notPlatform = (column: PgColumn): SQL => ne(column, nilCustomer);

export interface RoleGrant {
  customerId: string;
  userId: string;
  role: string;
  connectionId: string | null;
  individualId: string | null;
  grantedBy: string | null;
}

/** The user of an address (lower case), made if new; returns its id. Only for roles that give rights. */
export async function ensureUser(tx: Tx, email: string, name: string | null): Promise<string> {
  const [row] = await tx.execute<{ id: string }>(sql`select ensure_user(${email}, ${name}) as id`);
  if (!row) throw new Error("ensure_user returned nothing");
  return row.id;
}

/** Gives a role; true where it was not held before. */
export async function insertRole(tx: Tx, grant: RoleGrant): Promise<boolean> {
  const rows = await tx.insert(userRoles).values(grant).onConflictDoNothing().returning({ id: userRoles.id });
  return rows.length > 0;
}

/** Takes a role away; false where it was not held. */
export async function deleteRole(tx: Tx, grant: Omit<RoleGrant, "grantedBy">): Promise<boolean> {
  const rows = await tx
    .delete(userRoles)
    .where(
      and(
        eq(userRoles.customerId, grant.customerId),
        eq(userRoles.userId, grant.userId),
        eq(userRoles.role, grant.role),
        grant.connectionId ? eq(userRoles.connectionId, grant.connectionId) : isNull(userRoles.connectionId),
        grant.individualId ? eq(userRoles.individualId, grant.individualId) : isNull(userRoles.individualId),
      ),
    )
    .returning({ id: userRoles.id });
  return rows.length > 0;
}

export interface RoleOfMember {
  userId: string;
  role: string;
  connectionId: string | null;
  individualId: string | null;
  /** Null also where row security hides the connection. */
  providerName: string | null;
  disconnectedAt: Date | null;
  firstName: string | null;
  preferredName: string | null;
  lastName: string | null;
}

/** Every role at a customer, with what it is limited to; of one user where one is named. */
export async function listRolesOfMembers(
  tx: Tx,
  customerId: string,
  userId?: string,
): Promise<RoleOfMember[]> {
  return tx
    .select({
      userId: userRoles.userId,
      role: userRoles.role,
      connectionId: userRoles.connectionId,
      individualId: userRoles.individualId,
      providerName: connections.providerName,
      disconnectedAt: connections.disconnectedAt,
      firstName: individuals.firstName,
      preferredName: individuals.preferredName,
      lastName: individuals.lastName,
    })
    .from(userRoles)
    .leftJoin(
      connections,
      and(eq(connections.customerId, userRoles.customerId), eq(connections.id, userRoles.connectionId)),
    )
    .leftJoin(
      individuals,
      and(eq(individuals.customerId, userRoles.customerId), eq(individuals.id, userRoles.individualId)),
    )
    .where(and(eq(userRoles.customerId, customerId), userId ? eq(userRoles.userId, userId) : undefined))
    .orderBy(asc(userRoles.createdAt), asc(userRoles.id));
}
