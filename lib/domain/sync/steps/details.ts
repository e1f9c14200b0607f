import { inScope, type Tx } from "@/db/client";
import {
  clearItemErrors,
  clearOldItemErrors,
  upsertItemErrors,
  type ItemErrorValues,
  type ItemProduct,
} from "@/db/repositories/item-errors";
import { planStepRequests, updateStep } from "@/db/repositories/sync-steps";
import { isRetryable, type FinchFailure, type FinchOk, type Outcome } from "@/lib/finch";
import { readCursor, type StepCursor } from "../cursor";
import { maxRetries } from "../delays";
import { fetchTime, inLease, type Held } from "../lease";
import { findUnsupported, forgetUnsupported, rememberUnsupported } from "../unsupported";
import type { StepEnd, StepWork } from "../work";

/** An item of a list: our id and Finch's. */
export interface DetailRow {
  id: string;
  finchId: string;
}

export interface Details<T> {
  product: ItemProduct;
  /** What is read of each item, for the memory of 501. */
  part: string;
  /** [one, many] */
  nouns: readonly [string, string];
  /** Items still to read after an id of ours, in its order; their number and the first. */
  next(tx: Tx, afterId: string | null): Promise<{ left: number; row: DetailRow | null }>;
  read(row: DetailRow, fetchedAt: Date): Promise<Outcome<T>>;
  /** Writes what came; may say why it is not all. */
  write(
    tx: Tx,
    held: Held,
    row: DetailRow,
    answer: FinchOk<T>,
    fetchedAt: Date,
  ): Promise<ItemErrorValues | void>;
  /** Finch does not know the item any more. */
  gone(tx: Tx, row: DetailRow, fetchedAt: Date): Promise<void>;
  /** Keeps the error beside the item too. */
  failed?(tx: Tx, row: DetailRow, error: ItemErrorValues, fetchedAt: Date): Promise<void>;
}

interface Progress {
  cursor: StepCursor;
  done: number;
  errors: number;
}

/**
 * Reads the items of a list one request each. What is wrong with one item is kept with it and stops no other; what
 * may pass is tried again, and given up for this item after the last try.
 */
export async function mirrorDetails<T>(
  work: StepWork,
  cursor: StepCursor,
  details: Details<T>,
): Promise<StepEnd> {
  const key = `${details.product}.${details.part}`;
  const unsupported = await inScope(work.ctx, (tx) => findUnsupported(tx, work.connection, key), {
    readOnly: true,
  });
  if (unsupported) return { end: "done", message: unsupported.message };
  const resumed = cursor.afterId !== undefined;
  const progress: Progress = {
    cursor,
    done: resumed ? work.step.done : 0,
    errors: resumed ? work.step.itemErrors : 0,
  };
  for (;;) {
    const row = await nextRow(work, details, progress);
    if (!row) return finish(work, details, progress);
    const fetchedAt = await fetchTime(work.ctx);
    const outcome = await details.read(row, fetchedAt);
    if (outcome.kind === "not_implemented") return remember(work, key, details, outcome);
    if (outcome.kind !== "ok" && !isAboutItem(outcome, progress.cursor))
      return { end: "failed", failure: outcome };
    await settleItem(work, details, progress, row, outcome, fetchedAt);
  }
}

async function nextRow<T>(
  work: StepWork,
  details: Details<T>,
  { cursor, done }: Progress,
): Promise<DetailRow | null> {
  const { row, left } = await inScope(work.ctx, (tx) => details.next(tx, cursor.afterId ?? null), {
    readOnly: true,
  });
  if (cursor.afterId === undefined) {
    await inLease(work.ctx, work.lease, async (tx) => {
      const list = cursor.listedAt === undefined ? 0 : 1;
      await planStepRequests(tx, work.lease.key, list + left);
      await updateStep(tx, work.lease.key, { total: done + left });
    });
  }
  return row;
}

/** Whether a failure concerns this item alone; what concerns the connection ends the step. */
function isAboutItem(failure: FinchFailure, cursor: StepCursor): boolean {
  if (isRetryable(failure)) return cursor.gaveUp !== undefined || cursor.retries >= maxRetries;
  return ["not_found", "unprocessable", "malformed"].includes(failure.kind);
}

const isUnknown = ({ kind, finchCode }: FinchFailure) =>
  kind === "not_found" || (kind === "unprocessable" && finchCode === "w4_sync_required");

async function settleItem<T>(
  work: StepWork,
  details: Details<T>,
  progress: Progress,
  row: DetailRow,
  outcome: Outcome<T>,
  fetchedAt: Date,
): Promise<void> {
  const gaveUp = gaveUpOf(outcome) ?? progress.cursor.gaveUp;
  const cursor: StepCursor = {
    ...progress.cursor,
    retries: 0,
    waits: 0,
    afterId: row.id,
    ...(gaveUp ? { gaveUp } : {}),
  };
  await inLease(work.ctx, work.lease, async (tx, held) => {
    const error = await writeItem(tx, held, work, details, row, outcome, fetchedAt);
    progress.done += 1;
    if (error) {
      progress.errors += 1;
      await upsertItemErrors(tx, work.scope, details.product, [error], fetchedAt);
      await details.failed?.(tx, row, error, fetchedAt);
    } else await clearItemErrors(tx, work.scope, details.product, [row.finchId], fetchedAt);
    await updateStep(tx, work.lease.key, { done: progress.done, itemErrors: progress.errors, cursor });
  });
  progress.cursor = cursor;
}

async function writeItem<T>(
  tx: Tx,
  held: Held,
  work: StepWork,
  details: Details<T>,
  row: DetailRow,
  outcome: Outcome<T>,
  fetchedAt: Date,
): Promise<ItemErrorValues | null> {
  if (outcome.kind === "ok") {
    await forgetUnsupported(tx, held.connection, `${details.product}.${details.part}`);
    return (await details.write(tx, held, row, outcome, fetchedAt)) ?? null;
  }
  if (isUnknown(outcome)) {
    await details.gone(tx, row, fetchedAt);
    return null;
  }
  const { status, kind, finchCode, message } = outcome;
  return { finchId: row.finchId, code: status ?? 0, name: kind, finchCode, message };
}

function gaveUpOf<T>(outcome: Outcome<T>): StepCursor["gaveUp"] {
  if (outcome.kind === "ok" || !isRetryable(outcome)) return undefined;
  const { kind, message, requestId } = outcome;
  return readCursor({ gaveUp: { kind, message, requestId } }).gaveUp;
}

function remember<T>(
  work: StepWork,
  key: string,
  details: Details<T>,
  failure: FinchFailure,
): Promise<StepEnd> {
  const message = `${work.connection.providerName} gives no more than the list of ${details.nouns[1]}.`;
  return inLease(work.ctx, work.lease, async (tx, { connection }) => {
    const { kind: outcome, requestId } = failure;
    await rememberUnsupported(tx, connection, key, { outcome, message, requestId });
    return { end: "done", message };
  });
}

async function finish<T>(
  work: StepWork,
  details: Details<T>,
  { cursor, done, errors }: Progress,
): Promise<StepEnd> {
  const { listedAt } = cursor;
  if (listedAt !== undefined) {
    const since = new Date(listedAt);
    await inLease(work.ctx, work.lease, (tx) => clearOldItemErrors(tx, work.scope, details.product, since));
  }
  if (errors === 0) return { end: "done" };
  const [one, many] = details.nouns;
  const message = `${errors} of ${done} ${done === 1 ? one : many} could not be read`;
  if (!cursor.gaveUp) return { end: "done", message: `${message}; the reasons are kept.` };
  const failure: FinchFailure = {
    ...cursor.gaveUp,
    message: `${message}: ${cursor.gaveUp.message}`,
    status: null,
    finchCode: null,
    age: { retrievedAt: null, lastAttemptAt: null, lastAttemptResult: null },
    context: null,
  };
  return { end: "failed", failure, final: true };
}
