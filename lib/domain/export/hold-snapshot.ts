import { inScope, type Tx } from "@/db/client";
import type { Context } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";

/** A download that stands still for so long is over: it holds a connection of the pool. */
const stillMs = 60_000;
/** However slowly it is taken: a view of the database that is held for hours keeps old rows of everybody. */
const longestMs = 30 * 60_000;
/** Downloads at once in one process; the others of its pool are for pages. */
const mostAtOnce = 4;
/** Of one person: nobody takes all of them from the others by reading slowly. */
const mostOfOne = 2;

/** Whose downloads are open, each once. */
const open: string[] = [];

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
export async function holdSnapshot(
  ctx: Context,
  { waitMs = stillMs, wholeMs = longestMs } = {},
): Promise<HeldSnapshot> {
  const whose = ctx.actor.kind === "user" ? ctx.actor.userId : ctx.actor.name;
  takePlace(whose);
  const begun = Promise.withResolvers<Tx>();
  const ended = Promise.withResolvers<void>();
  const running = inScope(
    ctx,
    async (tx) => {
      begun.resolve(tx);
      await ended.promise;
    },
    { readOnly: true },
  ).finally(() => open.splice(open.indexOf(whose), 1));
  running.catch((error: unknown) => {
    begun.reject(error);
  });
  const tx = await begun.promise;
  const tooLong = new DomainError("EXPIRED", "The download took or stood still for too long and was ended.");
  let isOver = false;
  const giveUp = () => {
    isOver = true;
    ended.reject(tooLong);
  };
  let timer = setTimeout(giveUp, waitMs).unref();
  const whole = setTimeout(giveUp, wholeMs).unref();
  return {
    tx,
    touch() {
      clearTimeout(timer);
      if (isOver) throw tooLong;
      timer = setTimeout(giveUp, waitMs).unref();
    },
    async release() {
      clearTimeout(timer);
      clearTimeout(whole);
      ended.resolve();
      await running.catch(() => undefined);
    },
  };
}

/** @throws DomainError RATE_LIMITED */
function takePlace(whose: string): void {
  const own = open.filter((each) => each === whose).length;
  if (own >= mostOfOne || open.length >= mostAtOnce)
    throw new DomainError(
      "RATE_LIMITED",
      own >= mostOfOne
        ? "Two exports of yours are running. Try again when one is done."
        : "Several exports are running. Try again in a minute.",
      { retryAfterSeconds: 60 },
    );
  open.push(whose);
}
