import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "@/db/client";

/** A job is a contract: its name and payload can be imported by web; its handler only by the worker. */
export interface JobContract<Schema extends z.ZodType> {
  name: string;
  schema: Schema;
  maxAttempts: number;
}

interface JobOptions {
  maxAttempts?: number;
}

/**
 * Payloads carry ids, never secrets. The customer's id among them is the worker's scope: a row of another customer is
 * not found in it. What a person may is asked again when the job runs.
 */
export function defineJob<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  options: JobOptions = {},
): JobContract<Schema> {
  return { name, schema, maxAttempts: options.maxAttempts ?? 10 };
}

export interface EnqueueOptions {
  /** A second job of the same key replaces the waiting first one, keeping its time. */
  key?: string;
  runAt?: Date;
  /** Jobs of one queue run one after another. */
  queue?: string;
  /** Lower runs first; 0 by default. */
  priority?: number;
}

/** Adds a job in the caller's transaction: it exists only if the transaction commits. */
export async function enqueue<Schema extends z.ZodType>(
  tx: Tx,
  job: JobContract<Schema>,
  payload: z.input<Schema>,
  options: EnqueueOptions = {},
): Promise<void> {
  const body = JSON.stringify(job.schema.parse(payload));
  await tx.execute(
    sql`select enqueue(${job.name}, ${body}::json, ${options.key ?? null}, ${options.queue ?? null}, ${
      options.runAt?.toISOString() ?? null
    }::timestamptz, ${job.maxAttempts}::int, ${options.priority ?? 0}::int)`,
  );
}
