import type { Tx } from "@/db/client";
import { notifyAdmins, notifyUser } from "@/db/repositories/team";
import type { CustomerContext } from "@/lib/domain/context";

/** Mails of team changes hold ids; names are read when a mail is sent (lib/domain/mail/team-mails.ts). */
function facts(ctx: CustomerContext, subjectId: string, roleLabel?: string) {
  return {
    customerId: ctx.scope.customerId,
    actorId: ctx.actor.kind === "user" ? ctx.actor.userId : null,
    subjectId,
    ...(roleLabel === undefined ? {} : { roleLabel }),
  };
}

export async function mailRoleChange(
  tx: Tx,
  ctx: CustomerContext,
  change: { template: "role-granted" | "role-removed"; userId: string; roleLabel: string },
): Promise<void> {
  await notifyUser(tx, change.userId, change.template, facts(ctx, change.userId, change.roleLabel));
}

export async function mailGrantByStaff(
  tx: Tx,
  ctx: CustomerContext,
  { userId, roleLabel }: { userId: string; roleLabel: string },
): Promise<void> {
  await notifyAdmins(tx, "staff-gave-role", facts(ctx, userId, roleLabel));
}

export async function mailRecoveryToPerson(tx: Tx, ctx: CustomerContext, userId: string): Promise<void> {
  await notifyUser(tx, userId, "account-recovered", { ...facts(ctx, userId), to: "person" });
}

export async function mailRecoveryToAdmins(tx: Tx, ctx: CustomerContext, userId: string): Promise<void> {
  await notifyAdmins(tx, "account-recovered", { ...facts(ctx, userId), to: "admin" });
}
