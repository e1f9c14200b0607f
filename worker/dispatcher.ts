import { databaseClient } from "@/db/client";
import { log } from "@/lib/log";
import { configureAllQuotas, dispatchLanes, quotaChannel, sweepLanes } from "@/lib/quota";

/**
 * Gives Finch's slots to those who wait (DESIGN §7): told at once when a lane is joined, and by a timer when a slot is
 * free again. Every worker runs one; of each endpoint one serves at a time, so it does not matter which.
 */

/**
 * The longest sleep while somebody waits. An answer makes its slot free earlier than the grant had said, but never
 * sooner than a window later, which is longer than this.
 */
const lookEveryMs = 1_000;
/** What others hold for a moment is not asked for without a pause. */
const shortestPauseMs = 20;
/** While nobody waits: notifications may be lost with their session. */
const idleMs = 5_000;
const sweepEveryMs = 5_000;
/** Allowances follow the environment of who started last, also where somebody changed them by hand. */
const configureEveryMs = 3_600_000;

export interface Dispatcher {
  stop(): Promise<void>;
}

/** Starts the loop. The pool's login must be direct, not pooled: it listens. */
export async function startDispatcher(): Promise<Dispatcher> {
  await configureAllQuotas();
  const bell = new Bell();
  const ring = () => bell.ring();
  // Rings too when the session is lost and made anew: something may have been said meanwhile.
  const listening = await databaseClient().listen(quotaChannel, ring, ring);
  const loop = run(bell);
  return {
    async stop() {
      bell.close();
      await listening.unlisten().catch(() => undefined);
      await loop;
    },
  };
}

async function run(bell: Bell): Promise<void> {
  const sweep = every(sweepEveryMs, sweepLanes);
  const configure = every(configureEveryMs, configureAllQuotas);
  while (!bell.isClosed) {
    let pauseMs = lookEveryMs;
    try {
      const nextMs = await dispatchLanes();
      pauseMs = nextMs === null ? idleMs : Math.min(Math.max(nextMs, shortestPauseMs), lookEveryMs);
      await configure();
      await sweep();
    } catch (error) {
      log.error("giving out Finch's slots failed", error);
    }
    await bell.wait(pauseMs);
  }
}

/** Does something at most once in a while. */
function every(ms: number, act: () => Promise<unknown>): () => Promise<void> {
  let lastAt = performance.now();
  return async () => {
    if (performance.now() - lastAt < ms) return;
    lastAt = performance.now();
    await act();
  };
}

/** Ends a sleep early. One that rings while nobody sleeps ends the next sleep. */
class Bell {
  isClosed = false;
  private rang = false;
  private wake: () => void = () => undefined;

  ring(): void {
    this.rang = true;
    this.wake();
  }

  close(): void {
    this.isClosed = true;
    this.wake();
  }

  async wait(ms: number): Promise<void> {
    if (!this.rang && !this.isClosed) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        timer = setTimeout(resolve, ms);
      });
      clearTimeout(timer);
    }
    this.rang = false;
  }
}
