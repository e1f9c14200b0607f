import { z } from "zod";
import type { JobContract } from "@/lib/jobs/define";

/** What a handler may know of its job beside the payload. */
export interface JobFacts {
  /** 1 unless a worker died with it or it threw. */
  attempt: number;
}

export interface Handler {
  name: string;
  run: (payload: unknown, facts: JobFacts) => Promise<void>;
}

/** The queue adds `_cron` to the payload of work by the clock; the contract does not know it. */
function withoutClock(payload: unknown): unknown {
  if (typeof payload !== "object" || payload === null || !("_cron" in payload)) return payload;
  const { _cron, ...rest } = payload;
  return rest;
}

/**
 * A newer web may say more than this worker knows: what it adds is left out, and the rest is done. What would change the
 * meaning of a job gets a new name, which an older worker leaves in the queue (docs/decisions/0007).
 */
function known<Schema extends z.ZodType>(schema: Schema): z.ZodType<z.output<Schema>> {
  return schema instanceof z.ZodObject ? (schema.strip() as z.ZodType<z.output<Schema>>) : schema;
}

/** A handler parses its payload and calls one verb. */
export function defineHandler<Schema extends z.ZodType>(
  job: JobContract<Schema>,
  handle: (payload: z.output<Schema>, facts: JobFacts) => Promise<unknown>,
): Handler {
  const schema = known(job.schema);
  return {
    name: job.name,
    async run(payload, facts) {
      await handle(schema.parse(withoutClock(payload)), facts);
    },
  };
}
