import { and, asc, count, eq, gt, ilike, inArray, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { connections, customers, individuals } from "@/db/schema";
import { notPlatform } from "./user-roles";

export type CustomerRow = typeof customers.$inferSelect;

/** The employer of the scope; null where row security hides it. */
export async function findCustomer(tx: Tx, customerId: string): Promise<CustomerRow | null> {
  const [row] = await tx.select().from(customers).where(eq(customers.id, customerId));
  return row ?? null;
}

/** Inserts an employer; an id that is there already changes nothing. */
export async function insertCustomer(
  tx: Tx,
  customer: { id: string; name: string; timeZone: string },
): Promise<boolean> {
  const rows = await tx
    .insert(customers)
    .values(customer)
    .onConflictDoNothing()
    .returning({ id: customers.id });
  return rows.length > 0;
}

/** Employers of exactly this name, for staff; names are not unique. */
export async function listCustomersCalled(tx: Tx, name: string): Promise<{ id: string; name: string }[]> {
  return tx
    .select({ id: customers.id, name: customers.name })
    .from(customers)
    .where(and(eq(customers.name, name), notPlatform(customers.id)))
    .orderBy(asc(customers.createdAt), asc(customers.id));
}

/** Makes who creates the same name at once wait, until the transaction ends. */
export async function lockCustomerName(tx: Tx, name: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`customer:${name}`}, 0))`);
}

export interface CustomerListRow {
  id: string;
  name: string;
  createdAt: Date;
}

interface CustomerListOptions {
  search: string;
  after: { name: string; id: string } | null;
  limit: number;
}

/** Employers by name, for staff. */
export async function listCustomers(
  tx: Tx,
  { search, after, limit }: CustomerListOptions,
): Promise<CustomerListRow[]> {
  const lowerName = sql`lower(${customers.name})`;
  return tx
    .select({ id: customers.id, name: customers.name, createdAt: customers.createdAt })
    .from(customers)
    .where(
      and(
        notPlatform(customers.id),
        search ? ilike(customers.name, `%${search.replace(/[\\%_]/g, "\\$&")}%`) : undefined,
        after
          ? or(
              sql`${lowerName} > lower(${after.name})`,
              and(sql`${lowerName} = lower(${after.name})`, gt(customers.id, after.id)),
            )
          : undefined,
      ),
    )
    .orderBy(asc(lowerName), asc(customers.id))
    .limit(limit);
}

export async function countCustomers(tx: Tx): Promise<number> {
  const [row] = await tx.select({ count: count() }).from(customers).where(notPlatform(customers.id));
  return row?.count ?? 0;
}

export interface HeadcountRow {
  customerId: string;
  total: number;
  active: number;
}

/** People of connected providers for each of some employers: numbers only. */
export async function countPeople(tx: Tx, customerIds: readonly string[]): Promise<HeadcountRow[]> {
  if (customerIds.length === 0) return [];
  return tx
    .select({
      customerId: individuals.customerId,
      total: sql<number>`count(*)::int`,
      active: sql<number>`count(*) filter (where ${individuals.isActive})::int`,
    })
    .from(individuals)
    .innerJoin(
      connections,
      and(eq(connections.customerId, individuals.customerId), eq(connections.id, individuals.connectionId)),
    )
    .where(
      and(
        inArray(individuals.customerId, [...customerIds]),
        isNull(individuals.deletedAt),
        isNull(connections.disconnectedAt),
      ),
    )
    .groupBy(individuals.customerId);
}
