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

/** How long another one waits for its turn. */
const longestTurnMs = 20_000;

/** Whose downloads are open, each once; and who waits, the one who came first in front. */
const open: string[] = [];
const waiting: { whose: string; begin: () => void }[] = [];

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
 * @throws DomainError RATE_LIMITED where too many files are being written for too long
 */
export async function holdSnapshot(
  ctx: Context,
  { waitMs = stillMs, wholeMs = longestMs, turnMs = longestTurnMs } = {},
): Promise<HeldSnapshot> {
  const whose = ctx.actor.kind === "user" ? ctx.actor.userId : ctx.actor.name;
  await takePlace(whose, turnMs);
  const begun = Promise.withResolvers<Tx>();
  const ended = Promise.withResolvers<void>();
  const running = inScope(
    ctx,
    async (tx) => {
      begun.resolve(tx);
      await ended.promise;
    },
    { readOnly: true },
  ).finally(() => {
    leavePlace(whose);
  });
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

const ownOf = (whose: string) => open.filter((each) => each === whose).length;
const mayBegin = (whose: string) => ownOf(whose) < mostOfOne && open.length < mostAtOnce;

/** @throws DomainError RATE_LIMITED where the turn does not come in time */
async function takePlace(whose: string, turnMs: number): Promise<void> {
  if (mayBegin(whose)) {
    open.push(whose);
    return;
  }
  const turn = Promise.withResolvers<void>();
  const entry = { whose, begin: turn.resolve };
  waiting.push(entry);
  const timer = setTimeout(() => {
    waiting.splice(waiting.indexOf(entry), 1);
    const message =
      ownOf(whose) >= mostOfOne
        ? "Two exports of yours are running. Try again when one is done."
        : "Several exports are running. Try again in a minute.";
    turn.reject(new DomainError("RATE_LIMITED", message, { retryAfterSeconds: 60 }));
  }, turnMs);
  await turn.promise.finally(() => {
    clearTimeout(timer);
  });
}

/** Hands the place on at once, so that nobody who came later takes it. */
function leavePlace(whose: string): void {
  open.splice(open.indexOf(whose), 1);
  const at = waiting.findIndex((entry) => mayBegin(entry.whose));
  const [next] = at < 0 ? [] : waiting.splice(at, 1);
  if (!next) return;
  open.push(next.whose);
  next.begin();
}
