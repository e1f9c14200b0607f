import { inScope } from "@/db/client";
import { listCustomerIds } from "@/db/repositories/customer-ids";
import { platformCustomerId, workerPlatformContext } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { log } from "@/lib/log";
import type { KnownHead } from "./compare-heads";
import { listHeadsOfPlatform, noteHeads } from "./note-heads";
import { signChain, type SignResult } from "./sign-chain";

export type SignedHeads = Record<SignResult | "failed", number>;

interface SignHeadsInput {
  /** Checks each chain from its beginning: once a day. */
  full?: boolean | undefined;
}

/**
 * Signs the head of every chain that changed: each employer's, one after another, then the platform's, which notes
 * them. A chain whose turn fails holds up no other.
 * @throws DomainError INTERNAL (retryable) where a chain could not be checked at all
 */
export async function signHeads({ full = false }: SignHeadsInput = {}): Promise<SignedHeads> {
  const ids = await inScope(workerPlatformContext("audit"), listCustomerIds, { readOnly: true });
  const done: SignedHeads = { signed: 0, unchanged: 0, broken: 0, empty: 0, failed: 0 };
  const headsOf = readOnce(async () => Map.groupBy(await listHeadsOfPlatform(), (head) => head.customerId));
  const signed: KnownHead[] = [];
  const sign = async (customerId: string, onSigned?: (head: KnownHead) => void) => {
    try {
      const knownHeads = async () => (await headsOf()).get(customerId) ?? [];
      done[await signChain(customerId, { full, knownHeads, ...(onSigned ? { onSigned } : {}) })] += 1;
    } catch (error) {
      done.failed += 1;
      log.error("an audit chain could not be checked", error, { customerId });
    }
  };
  for (const customerId of ids) await sign(customerId, (head) => signed.push(head));
  await noteHeads(signed);
  // Last: its signature covers the entry that names the others.
  await sign(platformCustomerId);
  if (done.failed > 0)
    throw new DomainError("INTERNAL", `${done.failed} audit chains could not be checked.`, {
      retryable: true,
    });
  return done;
}

/** The heads of years are many, and an hour without a whole check needs none of them. */
function readOnce<Found>(read: () => Promise<Found>): () => Promise<Found> {
  let found: Promise<Found> | undefined;
  return () => (found ??= read());
}
