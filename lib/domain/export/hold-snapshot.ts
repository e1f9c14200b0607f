import { inScope, type Tx } from "@/db/client";
import type { Context } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";

/** A download that stands still for so long is over: it holds a connection of the pool. */
const stillMs = 60_000;
/** Downloads at once in one process; the others of its pool are for pages. */
const mostAtOnce = 4;

let open = 0;

export interface HeldSnapshot {
  tx: Tx;
  /** Says that the reader took something: the time to stand still begins anew. @throws DomainError EXPIRED */
  touch(): void;
  /** Ends the transaction; safe to call twice. */
  release(): Promise<void>;
}

/**
 * One view of the database for as long as a file is written: a read-only transaction that every batch is read in,
 * so that a sync in between neither doubles nor loses a row. It ends by itself where nobody goes on reading.
 * @throws DomainError RATE_LIMITED where too many files are being written
 */
export async function holdSnapshot(ctx: Context, waitMs = stillMs): Promise<HeldSnapshot> {
  if (open >= mostAtOnce)
    throw new DomainError("RATE_LIMITED", "Several exports are running. Try again in a minute.", {
      retryAfterSeconds: 60,
    });
  open += 1;
  const begun = Promise.withResolvers<Tx>();
  const ended = Promise.withResolvers<void>();
  const running = inScope(
    ctx,
    async (tx) => {
      begun.resolve(tx);
      await ended.promise;
    },
    { readOnly: true },
  ).finally(() => (open -= 1));
  running.catch((error: unknown) => {
    begun.reject(error);
  });
  const tx = await begun.promise;
  const tooLong = new DomainError("EXPIRED", "The download stood still for too long and was ended.");
  let isOver = false;
  const giveUp = () => {
    isOver = true;
    ended.reject(tooLong);
  };
  let timer = setTimeout(giveUp, waitMs).unref();
  return {
    tx,
    touch() {
      clearTimeout(timer);
      if (isOver) throw tooLong;
      timer = setTimeout(giveUp, waitMs).unref();
    },
    async release() {
      clearTimeout(timer);
      ended.resolve();
      await running.catch(() => undefined);
    },
  };
}
