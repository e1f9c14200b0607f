import { sql, type SQL } from "drizzle-orm";
import { systemDatabase, type Tx } from "@/db/client";

/**
 * The quota_… functions of the database, each one statement and one transaction (joinQuotaLane excepted). A process calls them
 * as its own login: a role of a tenant takes no slot.
 */

/** Whose allowance: Finch's client id and the key of the endpoint. */
export interface QuotaPlace {
  clientId: string;
  key: string;
  /** EGRESS_ID of the process that sends. */
  egress: string;
  /** Who takes turns: a connection's id, mostly. */
  lane: string;
}

/** A request may leave after `waitMs`. */
export interface QuotaGrant {
  grantId: string;
  waitMs: number;
}

type Row = Record<string, unknown>;

async function one(query: SQL): Promise<Row> {
  const [row] = await systemDatabase().execute(query);
  return row ?? {};
}

const msOf = (value: unknown): number | null => (typeof value === "number" ? value : null);

function toGrant({ grant_id: grantId, wait_ms: waitMs }: Row): QuotaGrant | null {
  return typeof grantId === "string" && typeof waitMs === "number" ? { grantId, waitMs } : null;
}

/** Makes sets of slots, or changes them to these allowances and windows. */
export async function configureQuota(clientId: string, sets: readonly object[]): Promise<void> {
  await one(sql`select quota_configure(${clientId}, ${JSON.stringify(sets)}::jsonb)`);
}

/** The grant in hand, or a slot if nobody waits; null where the lane has to be joined. */
export async function enterQuota(
  { clientId, key, egress, lane }: QuotaPlace,
  grantId: string | null,
  lookaheadMs: number,
): Promise<QuotaGrant | null> {
  return toGrant(
    await one(
      sql`select grant_id, wait_ms from quota_enter(${clientId}, ${key}, ${egress}, ${lane}, ${grantId}::uuid, ${lookaheadMs}::int)`,
    ),
  );
}

interface QuotaTicket {
  /** Made up by whoever waits, and known to nobody else. */
  ticketId: string;
  priority: number;
  customerId: string | null;
  connectionId: string | null;
}

/** Waits on under a ticket: a grant, or when to ask again. Whoever does not ask for 5 seconds is out of the lane. */
export async function waitForQuota(
  { clientId, key, egress, lane }: QuotaPlace,
  { ticketId, priority, customerId, connectionId }: QuotaTicket,
  lookaheadMs: number,
): Promise<{ grant: QuotaGrant | null; nextMs: number }> {
  const row = await one(
    sql`select grant_id, wait_ms, next_ms from quota_wait(${clientId}, ${key}, ${egress}, ${lane}, ${priority}::smallint,
      ${ticketId}::uuid, ${customerId}::uuid, ${connectionId}::uuid, ${lookaheadMs}::int)`,
  );
  return { grant: toGrant(row), nextMs: msOf(row.next_ms) ?? 0 };
}

/** Stops waiting under a ticket. */
export async function leaveQuotaLane(ticketId: string): Promise<void> {
  await one(sql`select quota_leave(${ticketId}::uuid)`);
}

/** Finch has seen the request. */
export async function answerQuota(grantId: string): Promise<void> {
  await one(sql`select quota_answered(${grantId}::uuid)`);
}

/** Gives back what was not sent; false where it was, or ran out. */
export async function returnQuota(grantId: string): Promise<boolean> {
  const row = await one(sql`select quota_return(${grantId}::uuid) as returned`);
  return row.returned === true;
}

/** A 429 of Finch. How long nothing is sent; null where it is no matter of these quotas. */
export async function refuseQuota(
  { clientId, key, egress }: Omit<QuotaPlace, "lane">,
  finchCode: string,
): Promise<number | null> {
  const row = await one(sql`select quota_refused(${clientId}, ${key}, ${egress}, ${finchCode}) as ms`);
  return msOf(row.ms);
}

/** Serves all lanes; milliseconds until something may be free, null where nobody waits. Worker only. */
export async function dispatchQuota(
  clientId: string,
  egress: string,
  lookaheadMs: number,
): Promise<number | null> {
  const row = await one(sql`select quota_dispatch(${clientId}, ${egress}, ${lookaheadMs}::int) as ms`);
  return msOf(row.ms);
}

/** Takes the tickets of ended runs out of the lanes. Worker only. */
export async function sweepQuota(): Promise<number> {
  const row = await one(sql`select quota_sweep() as gone`);
  return msOf(row.gone) ?? 0;
}

export interface QuotaJoin {
  clientId: string;
  key: string;
  priority: number;
  lane: string;
  connectionId: string | null;
  job: { name: string; payload: unknown; maxAttempts: number };
  /** What is woken: it waits once at a time. */
  waker: string;
  /** The sync run that the ticket ends with; null where it belongs to none. */
  workId: string | null;
}

/** Joins a lane in the transaction that parks the work, in a scope of its customer. */
export async function joinQuotaLane(tx: Tx, join: QuotaJoin): Promise<void> {
  const { name, payload, maxAttempts } = join.job;
  await tx.execute(sql`select quota_join(${join.clientId}, ${join.key}, ${join.priority}::smallint, ${join.lane},
    ${join.connectionId}::uuid, ${name}, ${JSON.stringify(payload)}::jsonb, ${maxAttempts}::int, ${join.waker}, ${join.workId}::uuid)`);
}
