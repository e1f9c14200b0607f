import { inScope, type Tx } from "@/db/client";
import { insertConnectionEvent } from "@/db/repositories/connection-events";
import { lockConnection, updateConnection, type ConnectionRow } from "@/db/repositories/connections";
import {
  deleteBenefits,
  deleteMirrorRest,
  deleteMirrorRows,
  deletePayments,
  deletePeople,
} from "@/db/repositories/delete-connection-data";
import { databaseNow, planForActualSize } from "@/db/repositories/sync-steps";
import { recordAudit } from "@/lib/domain/audit";
import { workerContext } from "@/lib/domain/context";
import { destroyIfOverdue } from "./destroy-overdue-tokens";

/** Statements, people or other rows in one transaction: a second of work, so that a kill repeats little. */
const batchSize = 2_000;

/** In this order: nobody's pay is left when the person goes. Each deletes at most so many rows. */
const parts = [deletePayments, deleteBenefits, deleteMirrorRows, deletePeople];

interface DeleteConnectionDataInput {
  customerId: string;
  connectionId: string;
}

/**
 * Deletes the data of a disconnected connection once its time of grace is over: mirror, sealed values, tokens; in
 * transactions of bounded size, so that one that is killed goes on where it was. The connection's row and timeline stay as a tombstone, and so does the audit; a token with which Finch was not told
 * yet goes with its own job. Does nothing for one that was connected again.
 */
export async function deleteConnectionData({
  customerId,
  connectionId,
}: DeleteConnectionDataInput): Promise<void> {
  const ctx = workerContext(customerId, "retention");
  const scope = { customerId, connectionId };
  for (;;) {
    const more = await inScope(ctx, async (tx) => {
      const connection = await lockDue(tx, scope);
      if (!connection) return false;
      await planForActualSize(tx);
      for (const remove of parts) if ((await remove(tx, scope, batchSize)) >= batchSize) return true;
      await destroyIfOverdue(tx, connection);
      await deleteMirrorRest(tx, scope);
      await bury(tx, connection);
      await recordAudit(tx, ctx, "connection.delete_data", { type: "connection", id: connectionId });
      return false;
    });
    if (!more) return;
  }
}

/** The connection, locked, if it is time: reconnecting in between brings everything back. */
async function lockDue(
  tx: Tx,
  { customerId, connectionId }: DeleteConnectionDataInput,
): Promise<ConnectionRow | null> {
  const connection = await lockConnection(tx, customerId, connectionId);
  if (!connection?.disconnectedAt || !connection.dataDeleteAt || connection.dataDeletedAt) return null;
  return connection.dataDeleteAt <= (await databaseNow(tx)) ? connection : null;
}

async function bury(tx: Tx, connection: ConnectionRow): Promise<void> {
  const { customerId, id } = connection;
  await updateConnection(tx, customerId, id, {
    dataDeletedAt: await databaseNow(tx),
    username: null,
    entities: [],
    freshness: {},
    unsupported: {},
    dataRetrievedAt: null,
    fullySyncedAt: null,
    accountStatusMessage: null,
    currentTokenId: null,
  });
  await insertConnectionEvent(tx, {
    customerId,
    connectionId: id,
    kind: "data_deleted",
    actorKind: "worker",
    actorUserId: null,
    actorName: "Perch",
    detail: {},
  });
}
