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

/**
 * A newer web may say more than this worker knows, and the queue adds `_cron` to work by the clock: what the contract
 * does not name is left out, and the rest is done. What would change the meaning of a job gets a new name, which an
 * older worker leaves in the queue (docs/decisions/0007).
 */
function withoutUnknown(schema: z.ZodType, payload: unknown): unknown {
  if (!(schema instanceof z.ZodObject) || typeof payload !== "object" || payload === null) return payload;
  return Object.fromEntries(Object.entries(payload).filter(([name]) => Object.hasOwn(schema.shape, name)));
}

/** A handler parses its payload and calls one verb. */
export function defineHandler<Schema extends z.ZodType>(
  job: JobContract<Schema>,
  handle: (payload: z.output<Schema>, facts: JobFacts) => Promise<unknown>,
): Handler {
  return {
    name: job.name,
    async run(payload, facts) {
      await handle(job.schema.parse(withoutUnknown(job.schema, payload)), facts);
    },
  };
}
