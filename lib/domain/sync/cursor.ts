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
  /** Directory: people that the pass has seen. */
  seen: z.number().int().optional(),
  restarts: z.number().int().default(0),
  /** Batches: our id of the last person written. Details: that of the last item that was read. */
  afterId: z.uuid().optional(),
  /** Lists with details: when the list was asked for. */
  listedAt: z.iso.datetime().optional(),
  /** Details: the last failure of an item that was tried often enough; the others are read all the same. */
  gaveUp: z
    .object({
      kind: z.enum(["rate_limited", "provider_error", "finch_error", "timeout"]),
      message: z.string(),
      requestId: z.string().nullable(),
    })
    .optional(),
  /** Directory: the last page is written, the end of the pass is not. */
  isRead: z.boolean().optional(),
  /** Payments: some are missing in the run's dates, and all dates are asked for. */
  allDates: z.boolean().optional(),
  /** Directory: entries of erased people, which are seen and not kept. */
  erased: z.number().int().default(0),
  /** Directory: entries that could not be read. */
  unreadable: z.number().int().default(0),
  /** Statements: Finch-Data-Retrieved of the first page of payments that are read over several requests. */
  retrieved: z.record(z.string(), z.string().nullable()).optional(),
  /** Statements: since when some are still being fetched. */
  pendingSince: z.iso.datetime().optional(),
  /** Finch jobs: they are listed, and a refresh is to be asked for, which may have to wait for a slot. */
  isListed: z.boolean().optional(),
  /** The Finch job that this run waits for. */
  jobId: z.string().optional(),
});
export type StepCursor = z.infer<typeof StepCursor>;

export function readCursor(stored: unknown): StepCursor {
  const parsed = StepCursor.safeParse(stored ?? {});
  return parsed.success ? parsed.data : StepCursor.parse({});
}
