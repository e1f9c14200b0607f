import { inScope, type Tx } from "@/db/client";
import { lockConnection, type ConnectionRow } from "@/db/repositories/connections";
import type { SyncRunRow, SyncStepRow } from "@/db/repositories/sync-runs";
import {
  databaseNow,
  lockRun,
  lockStep,
  planForActualSize,
  type StepKey,
} from "@/db/repositories/sync-steps";
import type { CustomerContext } from "@/lib/domain/context";

/**
 * Who holds a step. Every write of a step runs in `inLease`: it changes nothing
 * once another worker took the step (the epoch went up), the run ended, the
 * token was replaced or the connection was disconnected.
 */
export interface Lease {
  key: StepKey;
  epoch: number;
  connectionId: string;
  tokenId: string;
}

/** Somebody else goes on from here; what was in flight is dropped. */
export class LeaseLost extends Error {
  constructor() {
    super("The step belongs to somebody else by now");
    this.name = "LeaseLost";
  }
}

export interface Held {
  connection: ConnectionRow;
  run: SyncRunRow;
  step: SyncStepRow;
}

const openRun = new Set(["queued", "running", "waiting"]);

/** Runs a write in the lease. @throws LeaseLost, and then nothing is written */
export function inLease<T>(
  ctx: CustomerContext,
  lease: Lease,
  fn: (tx: Tx, held: Held) => Promise<T>,
): Promise<T> {
  const { customerId, runId } = lease.key;
  return inScope(ctx, async (tx) => {
    await planForActualSize(tx);
    // Always in this order: connection, run, step.
    const connection = await lockConnection(tx, customerId, lease.connectionId);
    const run = await lockRun(tx, customerId, runId);
    const step = await lockStep(tx, lease.key);
    if (!connection || !run || !step) throw new LeaseLost();
    if (connection.disconnectedAt || connection.currentTokenId !== lease.tokenId) throw new LeaseLost();
    if (!openRun.has(run.status) || step.status !== "running" || step.epoch !== lease.epoch)
      throw new LeaseLost();
    return fn(tx, { connection, run, step });
  });
}

/** The database's time, taken when a request starts: what the answer's rows are dated with. */
export function fetchTime(ctx: CustomerContext): Promise<Date> {
  return inScope(ctx, databaseNow, { readOnly: true });
}
