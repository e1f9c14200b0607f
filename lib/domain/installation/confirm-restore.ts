import { inScope, inSystem } from "@/db/client";
import {
  confirmRestoredCopy,
  findQuarantine,
  quarantineInstallation,
} from "@/db/repositories/installation-start";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import { requireStepUp } from "@/lib/domain/step-up";

/**
 * Staff have looked at a restored copy: mails and disconnects that waited go out. Idempotent: false where nothing waited.
 * @throws DomainError FORBIDDEN, STEP_UP_REQUIRED
 */
export async function confirmRestore(ctx: Context): Promise<boolean> {
  requirePermission(ctx, "platform:restore");
  requireStepUp(ctx);
  return inScope(ctx, confirmRestoredCopy);
}

/** Since when nothing leaves this installation, or null. @throws DomainError FORBIDDEN */
export async function findRestoredCopy(ctx: Context): Promise<Date | null> {
  requirePermission(ctx, "platform:read");
  return inSystem(findQuarantine);
}

/** The same as confirmRestore, by who holds the worker's login (npm run perch -- restore:confirm). */
export function confirmRestoreByOperator(): Promise<boolean> {
  return inSystem(confirmRestoredCopy);
}

/**
 * Declares this a restored copy, where the database cannot show it: a restore to a point in time keeps cluster and
 * database. For the worker's login.
 */
export function beginRestore(): Promise<void> {
  return inSystem((tx) => quarantineInstallation(tx, "restore:begin", "declared by the operator"));
}
