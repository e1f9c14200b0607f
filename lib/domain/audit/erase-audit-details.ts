import type { Tx } from "@/db/client";
import { eraseDetails } from "@/db/repositories/audit-log";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import { recordAudit, type AuditTarget } from "./record-audit";

/**
 * Erases what the audit says of a person: the details of every entry about one target, with their salt. The entries
 * themselves stay, by ids, and the chain still verifies (SECURITY 19). Part of an erasure's own transaction, run by
 * the worker; the erasure is an entry too. Gives how many entries lost their details.
 * @throws DomainError FORBIDDEN for anybody but the worker
 */
export async function eraseAuditDetails(tx: Tx, ctx: Context, target: AuditTarget): Promise<number> {
  requireCustomer(ctx);
  if (ctx.role !== "worker")
    throw new DomainError("FORBIDDEN", "The audit's details are erased by Perch alone.");
  const rows = await eraseDetails(tx, target.type, target.id);
  if (rows > 0) await recordAudit(tx, ctx, "audit.erase", target, { rows });
  return rows;
}
