import { z } from "zod";

/** reconciliations.detail: counts and ids, no data of anybody. */
const Detail = z.object({
  /** Differences by kind. */
  counts: z.record(z.string(), z.number()).default({}),
  /** The sync that was asked for to mend them. */
  repairRunId: z.uuid().nullable().default(null),
  /** Checks in a row in which nothing got better. */
  vain: z.number().int().default(0),
  /** Our id of the last person whose totals were compared, while that goes on. */
  afterId: z.uuid().nullable().default(null),
});
export type CheckDetail = z.infer<typeof Detail>;

export const readCheckDetail = (stored: unknown): CheckDetail => Detail.catch(Detail.parse({})).parse(stored);
