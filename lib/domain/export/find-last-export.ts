import { inScope } from "@/db/client";
import { findSnapshot } from "@/db/repositories/export-snapshots";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { snapshotKind } from "./last-export";
import type { ExportKind } from "./table";

/**
 * When the reader last exported a table whole; null where they never did, or it was forgotten since.
 * @param place what the table is of, where there is one for each
 * @throws DomainError FORBIDDEN
 */
export async function findLastExport(
  context: Context,
  { kind, place }: { kind: ExportKind; place?: string },
): Promise<Date | null> {
  requirePermission(context, "payroll:export");
  const { actor, scope } = requireCustomer(context);
  if (actor.kind !== "user") return null;
  const at = { customerId: scope.customerId, userId: actor.userId, kind: snapshotKind(kind, place) };
  const found = await inScope(context, (tx) => findSnapshot(tx, at), { readOnly: true });
  return found?.takenAt ?? null;
}
