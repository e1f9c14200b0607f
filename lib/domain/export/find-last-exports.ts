import { inScope } from "@/db/client";
import { findSnapshot } from "@/db/repositories/export-snapshots";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { snapshotKind } from "./last-export";
import type { Selection } from "./selection";

/**
 * When the reader last exported each of some selections whole; null where they never did, or it was forgotten since.
 * @throws DomainError FORBIDDEN
 */
export async function findLastExports(
  context: Context,
  selections: readonly Selection[],
): Promise<(Date | null)[]> {
  requirePermission(context, "payroll:export");
  const { actor, scope } = requireCustomer(context);
  if (actor.kind !== "user") return selections.map(() => null);
  const { userId } = actor;
  return inScope(
    context,
    async (tx) => {
      const found: (Date | null)[] = [];
      for (const selection of selections) {
        const place = { customerId: scope.customerId, userId, kind: snapshotKind(context, selection) };
        found.push((await findSnapshot(tx, place))?.takenAt ?? null);
      }
      return found;
    },
    { readOnly: true },
  );
}
