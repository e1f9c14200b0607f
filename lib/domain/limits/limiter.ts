import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { databaseClient } from "@/db/client";
import { sha256 } from "@/lib/crypto";
import { limits, type LimitKind } from "./limits";

/** What the limiter asks of a client of node-postgres, answered by postgres.js. */
const store = {
  async query({ text, values }: { text: string; values: string[] }) {
    const rows = await databaseClient().unsafe(text, values);
    return { rows: [...rows] };
  },
};

function limiterOf(kind: LimitKind): RateLimiterPostgres {
  const { points, seconds } = limits()[kind];
  return new RateLimiterPostgres({
    storeClient: store,
    storeType: "client",
    tableName: "rate_limits",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: kind,
    points,
    duration: seconds,
  });
}

export interface Taken {
  ok: boolean;
  /** The one refusal that opens the refused rest of the window: whoever gets it tells people. */
  isFirstRefusal: boolean;
  retryAfterSeconds: number;
}

/** Takes a point of this key, kept as a hash only. Counts refused attempts too; never throws for a used-up limit. */
export async function tryLimit(kind: LimitKind, key: string): Promise<Taken> {
  try {
    await limiterOf(kind).consume(sha256(key));
    return { ok: true, isFirstRefusal: false, retryAfterSeconds: 0 };
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    return {
      ok: false,
      isFirstRefusal: error.consumedPoints === limits()[kind].points + 1,
      retryAfterSeconds: Math.max(1, Math.ceil(error.msBeforeNext / 1000)),
    };
  }
}

/** Gives back a point that was taken, where what it stood for did not happen. */
export async function returnLimit(kind: LimitKind, key: string): Promise<void> {
  await limiterOf(kind).reward(sha256(key));
}
