import { and, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { connectSessions } from "@/db/schema";

export type ConnectSessionRow = typeof connectSessions.$inferSelect & {
  /** Judged by the database's clock. */
  isExpired: boolean;
  leaseIsAlive: boolean;
};
type NewConnectSession = Omit<typeof connectSessions.$inferInsert, "expiresAt">;
type ConnectSessionPatch = Partial<
  Omit<typeof connectSessions.$inferInsert, "customerId" | "id" | "createdAt">
>;

/** A Connect session lives half an hour (SECURITY 5). */
export const connectSessionMinutes = 30;
/** Longer than any code exchange that can still succeed. */
export const exchangeLeaseSeconds = 60;

const own = (customerId: string, id: string) =>
  and(eq(connectSessions.customerId, customerId), eq(connectSessions.id, id));

const columns = {
  row: connectSessions,
  isExpired: sql<boolean>`${connectSessions.expiresAt} <= now()`,
  leaseIsAlive: sql<boolean>`coalesce(${connectSessions.leaseUntil} > clock_timestamp(), false)`,
};
type Selected = Pick<ConnectSessionRow, "isExpired" | "leaseIsAlive"> & {
  row: typeof connectSessions.$inferSelect;
};
const flatten = ({ row, ...judged }: Selected): ConnectSessionRow => ({ ...row, ...judged });

/** Writes an attempt, good for half an hour of the database's clock. */
export async function insertConnectSession(tx: Tx, row: NewConnectSession): Promise<void> {
  await tx
    .insert(connectSessions)
    .values({ ...row, expiresAt: sql`now() + make_interval(mins => ${connectSessionMinutes})` });
}

/** One attempt, or null. */
export async function findConnectSession(
  tx: Tx,
  customerId: string,
  id: string,
): Promise<ConnectSessionRow | null> {
  const [found] = await tx.select(columns).from(connectSessions).where(own(customerId, id));
  return found ? flatten(found) : null;
}

/** One attempt, locked: of two callbacks with one code, one goes first. */
export async function lockConnectSession(
  tx: Tx,
  customerId: string,
  id: string,
): Promise<ConnectSessionRow | null> {
  const [found] = await tx.select(columns).from(connectSessions).where(own(customerId, id)).for("update");
  return found ? flatten(found) : null;
}

/** Claims the attempt for one code; whoever comes next waits for this one's result until the lease ends. */
export async function claimConnectSession(
  tx: Tx,
  customerId: string,
  id: string,
  codeHash: string,
): Promise<void> {
  await tx
    .update(connectSessions)
    .set({
      status: "exchanging",
      codeHash,
      claimedAt: sql`now()`,
      leaseUntil: sql`clock_timestamp() + make_interval(secs => ${exchangeLeaseSeconds})`,
      finishedAt: null,
      failureCode: null,
      failureMessage: null,
    })
    .where(own(customerId, id));
}

/** Changes the named columns of an attempt. */
export async function updateConnectSession(
  tx: Tx,
  customerId: string,
  id: string,
  patch: ConnectSessionPatch,
): Promise<void> {
  await tx.update(connectSessions).set(patch).where(own(customerId, id));
}

/** Ends an attempt with its result; the first end counts. */
export async function finishConnectSession(
  tx: Tx,
  customerId: string,
  id: string,
  result: Pick<ConnectSessionPatch, "status" | "failureCode" | "failureMessage" | "resultConnectionId">,
): Promise<void> {
  await tx
    .update(connectSessions)
    .set({ ...result, finishedAt: sql`now()`, leaseUntil: null })
    .where(and(own(customerId, id), isNull(connectSessions.finishedAt)));
}

/**
 * `customer_id`s that attempts at a new connection sent to Finch and that may
 * have become a connection there without one here (tab closed, process killed).
 * Newest first. Sent again, Finch names that connection and it can be taken up.
 */
export async function listUnfinishedFinchCustomerIds(tx: Tx, customerId: string): Promise<string[]> {
  const rows = await tx
    .select({ finchCustomerId: connectSessions.finchCustomerId })
    .from(connectSessions)
    .where(
      and(
        eq(connectSessions.customerId, customerId),
        or(
          inArray(connectSessions.status, ["exchanging", "lost", "opened", "expired"]),
          and(eq(connectSessions.status, "failed"), eq(connectSessions.failureCode, "finch_unavailable")),
        ),
      ),
    )
    .orderBy(desc(connectSessions.createdAt))
    .limit(20);
  return rows.map((row) => row.finchCustomerId);
}
