import { inScope } from "@/db/client";
import { findAuditHead } from "@/db/repositories/audit-chain";
import { pruneAudit } from "@/db/repositories/audit-log";
import { workerContext } from "@/lib/domain/context";
import { recordAudit } from "./record-audit";

/**
 * Deletes a chain's entries older than so many years, as far as they are signed and a year old. The deletion is an
 * entry itself, and what is left verifies from the border on. Gives how many went.
 */
export async function pruneChain(customerId: string, years: number): Promise<number> {
  const ctx = workerContext(customerId, "retention");
  return inScope(ctx, async (tx) => {
    const rows = await pruneAudit(tx, years);
    if (rows === 0) return 0;
    const head = await findAuditHead(tx, customerId);
    await recordAudit(
      tx,
      ctx,
      "audit.prune",
      { type: "audit_log", id: customerId },
      { rows, upTo: head?.baseSeq },
    );
    return rows;
  });
}
