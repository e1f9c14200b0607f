import { inSystem } from "@/db/client";
import { findQuarantine } from "@/db/repositories/installation-start";

/** How long the worker believes what it read of the quarantine. */
const believedMs = 2_000;

/**
 * Flags of the jobs that wait at this moment: on a restored copy those that tell somebody outside (SECURITY 22). They
 * stay in the queue as they are, without using up attempts. For the worker's login; asked before each job.
 */
export function heldJobFlags(now: () => number = Date.now): () => Promise<string[] | null> {
  let known: { until: number; flags: Promise<string[] | null> } | undefined;
  return () => {
    if (!known || known.until <= now()) {
      const flags = inSystem(findQuarantine).then((at) => (at ? ["outbound"] : null));
      known = { until: now() + believedMs, flags };
      // A failed look is not believed: the next one asks again, and no job starts meanwhile.
      flags.catch(() => (known = undefined));
    }
    return known.flags;
  };
}
