import type { z } from "zod";
import type { Tx } from "@/db/client";
import { joinQuotaLane } from "@/db/repositories/quota";
import { env } from "@/lib/env";
import type { JobContract } from "@/lib/jobs/define";
import type { QuotaPriority } from "./priorities";

interface JoinLaneInput<Schema extends z.ZodType> {
  key: string;
  priority: QuotaPriority;
  /** Who takes turns: the connection's id. */
  lane: string;
  connectionId: string;
  /** Enqueued by the grant, with `grantId` added to its payload. */
  wake: { job: JobContract<Schema>; payload: z.input<Schema> };
  /** What is woken; it waits once at a time, so joining again changes the ticket. */
  waker: string;
  /** The sync run that the ticket ends with; null where it belongs to none. */
  runId: string | null;
}

/**
 * Joins a lane in the transaction that parks the work, which needs a scope of its customer: either the work is parked and
 * waits, or neither. The quota's sets are there, because a gate of this process has just asked for one.
 */
export async function joinLane<Schema extends z.ZodType>(
  tx: Tx,
  { key, priority, lane, connectionId, wake, waker, runId }: JoinLaneInput<Schema>,
): Promise<void> {
  const { name, schema, maxAttempts } = wake.job;
  const job = { name, maxAttempts, payload: schema.parse(wake.payload) };
  const clientId = env().FINCH_CLIENT_ID;
  await joinQuotaLane(tx, { clientId, key, priority, lane, connectionId, job, waker, workId: runId });
}
