import { inScope, inSystem, type Tx } from "@/db/client";
import { findConnection, type ConnectionRow } from "@/db/repositories/connections";
import {
  findDocumentSync,
  forgetOlderPeople,
  updateOpenDocumentSync,
  type DocumentSyncRow,
} from "@/db/repositories/document-syncs";
import { databaseNow } from "@/db/repositories/sync-steps";
import { findToken } from "@/db/repositories/tokens";
import { userMay } from "@/db/repositories/user-permissions";
import { workerContext, type CustomerContext } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { openToken } from "@/lib/domain/keys/customer-vault";
import { finchCaller } from "@/lib/domain/sync/finch-caller";
import type { FinchCaller, FinchToken } from "@/lib/finch";
import { documentSyncJob } from "@/lib/jobs/documents";
import { enqueue } from "@/lib/jobs/define";
import { priorities } from "@/lib/quota";
import { askPeople, lookAtJobs, readForms, type W4Step } from "./w4-steps";

/** A slot that is not free at once is waited for in the queue, so that no worker stands still for it. */
const patienceMs = 1_500;

export interface W4Work {
  ctx: CustomerContext;
  sync: DocumentSyncRow;
  connection: ConnectionRow;
  caller: FinchCaller;
  token: FinchToken;
}

interface AdvanceInput {
  customerId: string;
  syncId: string;
}

/**
 * Goes a step further with a request for W-4 forms: asks for some people, looks what Finch has done, has a sync read
 * the forms. What comes next it enqueues itself; a request that is over, or was stopped, is left alone.
 */
export async function advanceW4Sync({ customerId, syncId }: AdvanceInput): Promise<void> {
  const ctx = workerContext(customerId, "documents");
  const begun = await begin(ctx, syncId);
  if (begun === null) return;
  if ("code" in begun) return end(ctx, syncId, begun);
  const work: W4Work = {
    ...begun,
    ctx,
    caller: finchCaller(ctx, {
      connectionId: begun.connection.id,
      patience: patienceMs,
      priority: priorities.scheduled,
    }),
  };
  await settle(work, await perform(work));
}

async function perform(work: W4Work): Promise<W4Step> {
  try {
    if (work.sync.status === "reading") return await readForms(work);
    return work.sync.status === "fetching" ? await lookAtJobs(work) : await askPeople(work);
  } catch (error) {
    // The gate: nothing was sent.
    if (error instanceof DomainError && error.code === "RATE_LIMITED")
      return {
        next: work.sync.status === "queued" ? "asking" : work.sync.status,
        inMs: (error.retryAfterSeconds ?? 30) * 1_000,
        message: "Waiting for Finch’s quota.",
      };
    throw error;
  }
}

type Begun = Pick<W4Work, "sync" | "connection" | "token">;
type Obstacle = { code: string; message: string };

/** What there is to work with; why the request ends here; or null where it is over already. */
function begin(ctx: CustomerContext, syncId: string): Promise<Begun | Obstacle | null> {
  const { customerId } = ctx.scope;
  return inScope(ctx, async (tx) => {
    const sync = await findDocumentSync(tx, customerId, syncId);
    if (!sync || sync.finishedAt) return null;
    const connection = await findConnection(tx, customerId, sync.connectionId);
    const tokenId = connection?.currentTokenId;
    const stored = tokenId && !connection.disconnectedAt ? await findToken(tx, customerId, tokenId) : null;
    if (!connection || !tokenId || !stored?.ciphertext || !stored.keyId)
      return { code: "disconnected", message: "The connection was disconnected." };
    if (sync.status === "queued") {
      if (!(await stillPermitted(sync)))
        return { code: "forbidden", message: "Whoever asked for the forms may no longer ask for them." };
      await forgetOlderPeople(tx, { customerId, connectionId: connection.id }, [sync.id]);
      await updateOpenDocumentSync(tx, sync, { startedAt: await databaseNow(tx) });
    }
    const sealed = { ciphertext: stored.ciphertext, keyId: stored.keyId };
    const secret = await openToken(tx, customerId, tokenId, sealed);
    return { sync, connection, token: { id: tokenId, secret, disconnectOnly: stored.state !== "current" } };
  });
}

/** SECURITY 6: a job that a person started asks for that person's right again. */
async function stillPermitted({ requestedBy, customerId, connectionId }: DocumentSyncRow): Promise<boolean> {
  if (requestedBy === null) return true;
  const asked = { userId: requestedBy, customerId, connectionId, permission: "document:sync" };
  return inSystem((tx) => userMay(tx, asked));
}

async function settle({ ctx, sync }: W4Work, step: W4Step): Promise<void> {
  if ("code" in step) return end(ctx, sync.id, step);
  if ("done" in step) return end(ctx, sync.id, null);
  const { customerId } = ctx.scope;
  await inScope(ctx, async (tx) => {
    const runAt = new Date((await databaseNow(tx)).getTime() + step.inMs);
    const isOpen = await updateOpenDocumentSync(tx, sync, {
      status: step.next,
      retries: step.retries ?? 0,
      retryAt: runAt,
      message: step.message ?? null,
      code: null,
      requestId: step.requestId ?? null,
      ...(step.runId ? { runId: step.runId } : {}),
    });
    if (isOpen) await goOn(tx, { customerId, syncId: sync.id }, runAt);
  });
}

const goOn = (tx: Tx, payload: AdvanceInput, runAt: Date) =>
  enqueue(tx, documentSyncJob, payload, { key: `document.sync:${payload.syncId}`, runAt });

async function end(
  ctx: CustomerContext,
  id: string,
  failure: (Obstacle & { requestId?: string | null }) | null,
): Promise<void> {
  await inScope(ctx, async (tx) => {
    await updateOpenDocumentSync(
      tx,
      { customerId: ctx.scope.customerId, id },
      {
        status: failure ? "failed" : "done",
        finishedAt: await databaseNow(tx),
        retryAt: null,
        code: failure?.code ?? null,
        message: failure?.message ?? null,
        requestId: failure?.requestId ?? null,
      },
    );
  });
}
