import { z } from "zod";
import { inScope, type Tx } from "@/db/client";
import { findCustomer } from "@/db/repositories/customers";
import { listRoles, type RoleRow } from "@/db/repositories/roles";
import { countAdmins, hasConnection, hasIndividual, renewSessionsOf } from "@/db/repositories/team";
import { ensureUser, insertRole } from "@/db/repositories/user-roles";
import { can, type Permission } from "@/lib/auth/permissions";
import { recordAudit } from "@/lib/domain/audit";
import type { Context, CustomerContext } from "@/lib/domain/context";
import { DomainError, notFound } from "@/lib/domain/errors";
import { requireStepUp } from "@/lib/domain/step-up";
import { atCustomer, beyondReach, requireStillHeld, requireTeamAuthority } from "./authority";
import { MemberAddress, PersonName } from "./inputs";
import { adminRoles } from "./last-admin";
import { mailGrantByStaff, mailRoleChange } from "./team-mails";
import { takeTeamChange } from "./take-team-change";

export const GrantRoleInput = z.strictObject({
  /** Null for the platform's roles. */
  customerId: z.uuid().nullable(),
  email: MemberAddress,
  name: PersonName,
  /** A built-in role, or one of the employer's own. */
  role: z.string().min(1, "Choose a role.").max(100),
  /** Limits the role to one connection; left out, it covers all of them. */
  connectionId: z.uuid().nullable().default(null),
  /** The employee's own row of the mirror. */
  individualId: z.uuid().nullable().default(null),
});
export type GrantRoleInput = z.input<typeof GrantRoleInput>;

interface GrantOptions {
  /** False where nobody is to be told: the demo's accounts. */
  mail?: boolean;
}

export interface RoleToGive {
  customerId: string | null;
  role: string;
  connectionId: string | null;
  individualId: string | null;
}

/**
 * Gives somebody a role, at one employer or on the platform; makes the user if new, and tells them by mail. Nobody
 * gives more than they hold, staff administrators excepted, of whose deed the place's administrators hear. Idempotent;
 * the answer is the same for known and unknown addresses.
 * @throws DomainError FORBIDDEN, RATE_LIMITED, STEP_UP_REQUIRED, INVALID, NOT_FOUND (employer, connection, person)
 */
export async function grantRole(
  ctx: Context,
  raw: GrantRoleInput,
  { mail = true }: GrantOptions = {},
): Promise<{ userId: string; granted: boolean }> {
  const { email, name, ...wanted } = GrantRoleInput.parse(raw);
  const permission = requireTeamAuthority(ctx, wanted.customerId);
  requireStepUp(ctx);
  await takeTeamChange(ctx);
  const here = atCustomer(ctx, wanted.customerId);
  return inScope(here, async (tx) => {
    const role = await requireGivable(tx, here, wanted, permission);
    const userId = await ensureUser(tx, email, name);
    return { userId, granted: await giveRole(tx, here, { ...wanted, userId, role, mail }) };
  });
}

/** The role's row, once the giver may give it and what limits it is there. @throws DomainError */
export async function requireGivable(
  tx: Tx,
  ctx: CustomerContext,
  wanted: RoleToGive,
  permission: Permission,
): Promise<RoleRow> {
  const { customerId } = ctx.scope;
  if (wanted.customerId && !(await findCustomer(tx, customerId))) throw notFound("employer");
  await requireStillHeld(tx, ctx, permission);
  const known = await listRoles(tx, customerId);
  const role = known.find(({ name }) => name === wanted.role);
  if (!role) throw unknownRole(known, wanted);
  checkShape(wanted, role);
  const beyond = beyondReach(ctx, role, wanted.connectionId);
  if (beyond) throw new DomainError("FORBIDDEN", `${beyond} Ask somebody who holds more to give it.`);
  await checkLimits(tx, customerId, wanted);
  return role;
}

const invalid = (field: string, message: string) => new DomainError("INVALID", message, { field });
const staffRoles = new Set(["perch_staff", "perch_support"]);

function unknownRole(known: readonly RoleRow[], wanted: RoleToGive): DomainError {
  const fitting = known.filter(
    ({ databaseRole }) => staffRoles.has(databaseRole) === (wanted.customerId === null),
  );
  const names = fitting.map(({ name }) => name).join(", ");
  return invalid("role", `There is no role “${wanted.role}” here. There are: ${names}.`);
}

function checkShape(wanted: RoleToGive, { databaseRole, own }: RoleRow): void {
  if (staffRoles.has(databaseRole) !== (wanted.customerId === null) || (own && staffRoles.has(databaseRole)))
    throw invalid("role", "Staff roles belong to the platform, all others to an employer.");
  if (wanted.role === "employer_admin" && wanted.connectionId)
    throw invalid("connectionId", "An employer admin covers all connections. Choose “All connections”.");
  if (wanted.customerId === null && wanted.connectionId)
    throw invalid("connectionId", "A staff role is not limited to a connection.");
  if (databaseRole !== "perch_employee") {
    if (wanted.individualId) throw invalid("individualId", "Only an employee's role names a person.");
    return;
  }
  if (!wanted.connectionId) throw invalid("connectionId", "Choose the connection that this person is in.");
  if (!wanted.individualId) throw invalid("individualId", "Choose the person in the directory.");
}

async function checkLimits(tx: Tx, customerId: string, wanted: RoleToGive): Promise<void> {
  const { connectionId, individualId } = wanted;
  if (!connectionId) return;
  if (!(await hasConnection(tx, customerId, connectionId))) throw notFound("connection");
  if (individualId && !(await hasIndividual(tx, { customerId, connectionId, id: individualId })))
    throw notFound("person in that connection");
}

/** Inserts the role of a user who is there; mail, session renewal and audit only where it is new. */
export async function giveRole(
  tx: Tx,
  ctx: CustomerContext,
  grant: Omit<RoleToGive, "role"> & { userId: string; role: RoleRow; mail: boolean },
): Promise<boolean> {
  const { customerId } = ctx.scope;
  const { userId, role, connectionId, individualId, mail } = grant;
  const grantedBy = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  const row = { customerId, userId, role: role.name, connectionId, individualId, grantedBy };
  if (!(await insertRole(tx, row))) return false;
  await renewSessionsOf(tx, userId);
  if (mail) await mailRoleChange(tx, ctx, { template: "role-granted", userId, roleLabel: role.label });
  // Staff may make anybody anything anywhere: who administers the place already hears of it.
  const others = (await countAdmins(tx)) - (adminRoles.has(role.name) ? 1 : 0);
  if (ctx.actor.kind === "user" && can(ctx, "platform:customers") && others > 0)
    await mailGrantByStaff(tx, ctx, { userId, roleLabel: role.label });
  await recordAudit(
    tx,
    ctx,
    "role.grant",
    { type: "user", id: userId },
    { role: role.name, connectionId, individualId },
  );
  return true;
}
