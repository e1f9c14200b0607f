import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { listRoles } from "@/db/repositories/roles";
import {
  findUserId,
  listCustomersOf,
  listMemberRows,
  moveToCustomer,
  resetSecondFactors,
} from "@/db/repositories/team";
import { listRolesOfMembers } from "@/db/repositories/user-roles";
import { requirePermission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { DomainError, notFound } from "@/lib/domain/errors";
import { requireStepUp } from "@/lib/domain/step-up";
import { atCustomer, beyondReach, requireStillHeld } from "./authority";
import { MemberAddress } from "./inputs";
import { mailRecoveryToAdmins, mailRecoveryToPerson } from "./team-mails";

export const RecoverAccountInput = z.strictObject({
  /** The employer whose administrator asks. Null for staff, who recover anybody. */
  customerId: z.uuid().nullable(),
  userId: z.string().min(1).max(100),
});
export type RecoverAccountInput = z.input<typeof RecoverAccountInput>;

const notOneself =
  "You cannot recover your own account. Ask another administrator, or remove a factor on your account page.";
const elsewhere = "Only the platform's staff may remove the second factors of this account. Ask them.";

/**
 * For somebody who lost the second factor: removes all factors and ends all sessions, so that the person signs in by
 * mail and sets up a new one. Told by mail to the person and to all administrators, and audited wherever the person
 * has access.
 * @throws DomainError FORBIDDEN, STEP_UP_REQUIRED, NOT_FOUND (employer, person)
 */
export async function recoverAccount(ctx: Context, raw: RecoverAccountInput): Promise<{ userId: string }> {
  const { customerId, userId } = RecoverAccountInput.parse(raw);
  if (customerId === null) return recoverAsStaff(ctx, async () => userId);
  if (ctx.scope.kind === "customer" && ctx.scope.customerId !== customerId) throw notFound("employer");
  requirePermission(ctx, "team:manage");
  requireStepUp(ctx);
  if (isSelf(ctx, userId)) throw new DomainError("FORBIDDEN", notOneself);
  const here = requireCustomer(ctx);
  return inScope(here, async (tx) => {
    await requireStillHeld(tx, here, "team:manage");
    const member = (await listMemberRows(tx)).find((row) => row.userId === userId);
    if (!member) throw notFound("person");
    if (member.elsewhere) throw new DomainError("FORBIDDEN", elsewhere);
    await requireNoMoreThanOwn(tx, here, userId);
    if (!(await resetSecondFactors(tx, userId))) throw new DomainError("FORBIDDEN", elsewhere);
    await mailRecoveryToPerson(tx, here, userId);
    await tell(tx, here, userId);
    return { userId };
  });
}

export const RecoverByAddressInput = z.strictObject({ email: MemberAddress });

/** The same for staff who know the address only. @throws DomainError FORBIDDEN, NOT_FOUND */
export async function recoverAccountOf(
  ctx: Context,
  raw: z.input<typeof RecoverByAddressInput>,
): Promise<{ userId: string }> {
  const { email } = RecoverByAddressInput.parse(raw);
  return recoverAsStaff(ctx, (tx) => findUserId(tx, email));
}

async function recoverAsStaff(
  ctx: Context,
  find: (tx: Tx) => Promise<string | null>,
): Promise<{ userId: string }> {
  requirePermission(ctx, "platform:users");
  requireStepUp(ctx);
  const platform = atCustomer(ctx, null);
  return inScope(platform, async (tx) => {
    await requireStillHeld(tx, ctx, "platform:users");
    const userId = await find(tx);
    if (!userId) throw notFound("account");
    if (isSelf(ctx, userId)) throw new DomainError("FORBIDDEN", notOneself);
    const customers = await listCustomersOf(tx, userId);
    if (customers.length === 0) throw notFound("account with a role");
    if (!(await resetSecondFactors(tx, userId))) throw notFound("account");
    const [first = null, second] = customers;
    await mailRecoveryToPerson(tx, atCustomer(ctx, second ? null : first), userId);
    // Each employer's administrators and chain learn of it; in order of their ids, so that no two wait in a circle.
    for (const id of customers) {
      await moveToCustomer(tx, id);
      await tell(tx, atCustomer(ctx, id), userId);
    }
    return { userId };
  });
}

const isSelf = (ctx: Context, userId: string) => ctx.actor.kind === "user" && ctx.actor.userId === userId;

async function tell(tx: Tx, ctx: CustomerContext, userId: string): Promise<void> {
  await mailRecoveryToAdmins(tx, ctx, userId);
  await recordAudit(tx, ctx, "account.recover", { type: "user", id: userId });
}

/** Whose roles one could not give, one does not lock out either. @throws DomainError FORBIDDEN */
async function requireNoMoreThanOwn(tx: Tx, ctx: CustomerContext, userId: string): Promise<void> {
  const { customerId } = ctx.scope;
  const roles = await listRoles(tx, customerId);
  for (const held of await listRolesOfMembers(tx, customerId, userId)) {
    const beyond = beyondReach(
      ctx,
      roles.find(({ name }) => name === held.role),
      held.connectionId,
    );
    if (beyond) throw new DomainError("FORBIDDEN", `${beyond} Ask somebody who holds more.`);
  }
}
