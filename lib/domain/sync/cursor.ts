import { z } from "zod";

/** Where a step goes on after a page, a wait or a crash. Kept in sync_steps.cursor; holds ids and counts only. */
const StepCursor = z.object({
  /** Tries in a row that failed in a way that may pass. */
  retries: z.number().int().default(0),
  /** 202 answers in a row. */
  waits: z.number().int().default(0),
  /** Directory: next offset of the pass. */
  offset: z.number().int().optional(),
  /** Directory: when the pass began, by the database's clock. */
  passStartedAt: z.iso.datetime().optional(),
  count: z.number().int().nullable().optional(),
  /** Directory: Finch-Data-Retrieved of the pass. */
  retrievedAt: z.string().nullable().optional(),
  restarts: z.number().int().default(0),
  /** Batches: our id of the last person written. */
  afterId: z.uuid().optional(),
  /** The Finch job that this run waits for. */
  jobId: z.string().optional(),
});
export type StepCursor = z.infer<typeof StepCursor>;

export function readCursor(stored: unknown): StepCursor {
  const parsed = StepCursor.safeParse(stored ?? {});
  return parsed.success ? parsed.data : StepCursor.parse({});
}
