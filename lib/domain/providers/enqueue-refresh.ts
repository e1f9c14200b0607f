import type { Tx } from "@/db/client";
import { providersAreOld } from "@/db/repositories/providers-write";
import { enqueue } from "@/lib/jobs/define";
import { refreshProvidersJob } from "@/lib/jobs/sync";

/** Enqueues a fetch of Finch's list of providers where it is missing or older than a day. */
export async function enqueueProvidersRefresh(tx: Tx): Promise<void> {
  if (await providersAreOld(tx))
    await enqueue(tx, refreshProvidersJob, {}, { key: refreshProvidersJob.name });
}
