import { inScope } from "@/db/client";
import { listNotedHeads } from "@/db/repositories/audit-chain";
import { platformCustomerId, workerContext } from "@/lib/domain/context";
import { recordAudit } from "./record-audit";
import type { KnownHead } from "./compare-heads";

/** Heads in one entry: more make the next one. */
const headsAnEntry = 500;

/**
 * Writes the heads of employers that were just signed into the platform's chain: whoever cuts an employer's chain
 * together with its signatures would have to cut the platform's too.
 */
export async function noteHeads(heads: readonly KnownHead[]): Promise<void> {
  const ctx = workerContext(platformCustomerId, "audit");
  for (let at = 0; at < heads.length; at += headsAnEntry) {
    const some = heads.slice(at, at + headsAnEntry);
    await inScope(ctx, (tx) =>
      recordAudit(tx, ctx, "audit.sign", { type: "installation", id: "audit" }, { heads: some }),
    );
  }
}

/** The newest head of each employer that the platform's chain remembers. */
export function listHeadsOfPlatform(): Promise<KnownHead[]> {
  const ctx = workerContext(platformCustomerId, "audit");
  return inScope(ctx, (tx) => listNotedHeads(tx), { readOnly: true });
}
