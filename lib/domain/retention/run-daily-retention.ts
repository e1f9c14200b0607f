import { inSystem } from "@/db/client";
import { finishRetentionRun, startRetentionRun } from "@/db/repositories/retention";
import { DomainError } from "@/lib/domain/errors";
import { enqueue } from "@/lib/jobs/define";
import { dailyRetentionJob } from "@/lib/jobs/retention";
import { log } from "@/lib/log";
import { retentionKinds, type RetentionKind } from "./kinds";

/** Tries of a kind that fails, each twice as long after the one before; the next day begins anew. */
const tries = 5;
const firstRetryMs = 5 * 60_000;

export interface RetentionRun {
  /** What was deleted, by kind. */
  results: Record<string, number>;
  /** Kinds that failed. */
  failed: string[];
}

interface RunDailyRetentionInput {
  /** The kinds that failed before; every one where left out. */
  kinds?: readonly string[] | undefined;
  attempt?: number | undefined;
  now?: Date;
  /** For tests: what runs. */
  all?: readonly RetentionKind[];
}

/**
 * Keeps each kind of data as long as the settings say and no longer (SECURITY 22), and records what went. A kind
 * that fails stops no other, and is tried again by itself.
 */
export async function runDailyRetention(input: RunDailyRetentionInput = {}): Promise<RetentionRun> {
  const { kinds, attempt = 1, now = new Date(), all = retentionKinds } = input;
  const runId = await inSystem(startRetentionRun);
  const results: Record<string, number> = {};
  const failed: string[] = [];
  let errorCode: string | null = null;
  for (const kind of all.filter(({ key }) => !kinds || kinds.includes(key))) {
    try {
      results[kind.key] = await kind.run(now);
    } catch (error) {
      failed.push(kind.key);
      errorCode ??= `${kind.key}: ${codeOf(error)}`;
      log.error("a kind of retention failed", error, { code: kind.key, attempt });
    }
  }
  await inSystem(async (tx) => {
    await finishRetentionRun(tx, runId, { results, failures: failed.length, errorCode });
    if (failed.length > 0 && attempt < tries)
      await enqueue(
        tx,
        dailyRetentionJob,
        { kinds: failed, attempt: attempt + 1 },
        { runAt: new Date(Date.now() + firstRetryMs * 2 ** (attempt - 1)) },
      );
  });
  log.info("retention ran", { count: Object.values(results).reduce((sum, count) => sum + count, 0) });
  return { results, failed };
}

/** A code for people to look up; the message may quote rows. */
function codeOf(error: unknown): string {
  if (error instanceof DomainError) return error.code;
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
  const code: unknown = cause instanceof Error ? Reflect.get(cause, "code") : null;
  return typeof code === "string" && /^\w{1,40}$/.test(code) ? code : "unknown";
}
