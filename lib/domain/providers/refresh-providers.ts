import { inSystem } from "@/db/client";
import { replaceProviders } from "@/db/repositories/providers-write";
import { databaseNow } from "@/db/repositories/sync-steps";
import { platformCustomerId, workerContext } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { finchCaller } from "@/lib/domain/sync/finch-caller";
import { listProviders } from "@/lib/finch";

/**
 * Fetches Finch's list of providers; one that left the list stays where a connection may still name it.
 * @throws DomainError UPSTREAM, so that the job tries again
 */
export async function refreshProviders(): Promise<number> {
  const fetchedAt = await inSystem(databaseNow);
  const outcome = await listProviders(finchCaller(workerContext(platformCustomerId, "providers")));
  if (outcome.kind !== "ok")
    throw new DomainError("UPSTREAM", outcome.message, { requestId: outcome.requestId ?? "" });
  await inSystem((tx) => replaceProviders(tx, outcome.data, fetchedAt));
  return outcome.data.length;
}
