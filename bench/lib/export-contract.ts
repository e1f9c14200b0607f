import { z } from "zod";

/** What the process that writes one file is asked, and what it answers. */

export const ExportProcessInput = z.strictObject({
  url: z.string(),
  customerId: z.string(),
  userId: z.string(),
  format: z.enum(["csv", "xlsx"]),
  changes: z.boolean(),
});
export type ExportProcessInput = z.infer<typeof ExportProcessInput>;

export const ExportProcessOutput = z.object({
  /** From asking to the first piece of the file. */
  startMs: z.number(),
  wholeMs: z.number(),
  bytes: z.number(),
  /** Resident at most, and before the export was asked for. */
  peakBytes: z.number(),
  idleBytes: z.number(),
});

export type ExportProcessOutput = z.infer<typeof ExportProcessOutput>;
