import { inScope, type Tx } from "@/db/client";
import { listConnectionRows } from "@/db/repositories/connections";
import { readClock } from "@/db/repositories/connections-clock";
import { findCustomer } from "@/db/repositories/customers";
import { listRoles, type RoleRow } from "@/db/repositories/roles";
import { countAdmins, listMemberRows, type MemberRow } from "@/db/repositories/team";
import { listRolesOfMembers, type RoleOfMember } from "@/db/repositories/user-roles";
import { can, requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { displayName } from "@/lib/format/names";
import { beyondReach } from "./authority";
import { lastAdminRemedy } from "./last-admin";
import { roleSummary } from "./role-summary";

export interface MemberRoleView {
  /** What remove-role needs to name it. */
  role: string;
  connectionId: string | null;
  individualId: string | null;
  label: string;
  /** Null: all connections. */
  limit: { provider: string | null; disconnected: boolean } | null;
  /** The employee's own person, for who may see the directory. */
  person: string | null;
  /** Why this person cannot remove it; null where they can. */
  kept: string | null;
}

export interface MemberView {
  userId: string;
  name: string | null;
  email: string;
  isYou: boolean;
  disabled: boolean;
  /** Null where it is not this employer's to know: the person has roles elsewhere too, or never came. */
  hasSecondFactor: boolean | null;
  lastSeenAt: Date | null;
  roles: MemberRoleView[];
  /** Why this person cannot recover the account; null where they can. */
  notRecoverable: string | null;
}

export interface GivableRoleView {
  name: string;
  label: string;
  summary: string;
  /** employer: always all connections; employee: one connection and one person of it. */
  reach: "employer" | "connections" | "employee";
}

export interface TeamView {
  customerName: string;
  timeZone: string;
  members: MemberView[];
  /** Accounts whose only roles are those of an employee: they are many, and have a list of their own. */
  employees: number;
  /** Null for who may only look. */
  manage: {
    roles: GivableRoleView[];
    connections: { id: string; providerName: string }[];
    /** Whether a role may cover all connections: not where the giver's own does not. */
    everywhere: boolean;
  } | null;
  now: Date;
}

/**
 * The people with a role at an employer, with what they may and when they were last here; who sees nothing but the own
 * pages is counted.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function listMembers(raw: Context): Promise<TeamView> {
  requirePermission(raw, "team:read");
  const ctx = requireCustomer(raw);
  const { customerId, connectionIds } = ctx.scope;
  // Who is limited to some connections sees the roles of these.
  const isWithin = ({ connectionId }: RoleOfMember) =>
    connectionIds === "all" || (connectionId !== null && connectionIds.includes(connectionId));
  return inScope(
    ctx,
    async (tx) => {
      const customer = await findCustomer(tx, customerId);
      if (!customer) throw notFound("employer");
      const roles = await listRoles(tx, customerId);
      const facts = { ctx, roles, admins: await countAdmins(tx) };
      const held = (await listRolesOfMembers(tx, customerId)).filter(isWithin);
      const byUser = Map.groupBy(held, ({ userId }) => userId);
      const isEmployee = ({ userId }: MemberRow) =>
        byUser.get(userId)?.every(({ individualId }) => individualId !== null) ?? false;
      const [employees, team] = partition(await listMemberRows(tx), isEmployee);
      const members = team.map((member) => toMember(facts, member, byUser.get(member.userId) ?? []));
      return {
        customerName: customer.name,
        timeZone: customer.timeZone,
        members: members.sort(byRank(roles)),
        employees: employees.length,
        manage: can(ctx, "team:manage") ? await manageable(tx, ctx, roles) : null,
        now: await readClock(tx),
      };
    },
    { readOnly: true },
  );
}

function partition<T>(all: readonly T[], isFirst: (each: T) => boolean): [first: T[], rest: T[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))];
}

interface Facts {
  ctx: CustomerContext;
  roles: readonly RoleRow[];
  admins: number;
}

function toMember(facts: Facts, member: MemberRow, held: readonly RoleOfMember[]): MemberView {
  const { actor } = facts.ctx;
  const isYou = actor.kind === "user" && actor.userId === member.userId;
  const roles = held.map((role) => toRole(facts, role, { isYou, disabled: member.disabled }));
  return {
    userId: member.userId,
    name: member.name,
    email: member.email,
    isYou,
    disabled: member.disabled,
    ...accountOf(member, isYou),
    roles,
    notRecoverable: notRecoverable(facts, held, isYou),
  };
}

/** What an account does is told to an employer only where the account is for that employer alone. */
function accountOf({ lastSeenAt, secondFactor, elsewhere }: MemberRow, isYou: boolean) {
  const isTold = isYou || (!elsewhere && lastSeenAt !== null);
  return { hasSecondFactor: isTold ? secondFactor : null, lastSeenAt: isTold ? lastSeenAt : null };
}

function toRole(
  { ctx, roles, admins }: Facts,
  held: RoleOfMember,
  { isYou, disabled }: { isYou: boolean; disabled: boolean },
): MemberRoleView {
  const role = roles.find(({ name }) => name === held.role);
  const isLast = held.role === "employer_admin" && !disabled && admins <= 1;
  const { firstName, lastName, preferredName, connectionId, individualId } = held;
  return {
    role: held.role,
    connectionId,
    individualId,
    label: role?.label ?? held.role,
    limit: connectionId ? { provider: held.providerName, disconnected: held.disconnectedAt !== null } : null,
    person:
      individualId && can(ctx, "individual:read")
        ? displayName({ first: firstName, last: lastName, preferred: preferredName })
        : null,
    kept: isLast ? lastAdminRemedy(false, isYou) : isYou ? null : beyondReach(ctx, role, connectionId),
  };
}

function notRecoverable({ ctx, roles }: Facts, held: readonly RoleOfMember[], isYou: boolean): string | null {
  if (isYou) return "You cannot recover your own account. Another admin does it, or the platform's staff.";
  for (const each of held) {
    const beyond = beyondReach(
      ctx,
      roles.find(({ name }) => name === each.role),
      each.connectionId,
    );
    if (beyond) return beyond;
  }
  return null;
}

async function manageable(
  tx: Tx,
  ctx: CustomerContext,
  roles: readonly RoleRow[],
): Promise<TeamView["manage"]> {
  const { customerId, connectionIds } = ctx.scope;
  const open = (await listConnectionRows(tx, customerId, connectionIds)).filter(
    (connection) => connection.disconnectedAt === null,
  );
  const everywhere = connectionIds === "all";
  const anywhere = everywhere ? null : (open[0]?.id ?? null);
  const givable = roles.filter(
    (role) =>
      ["perch_tenant", "perch_employee"].includes(role.databaseRole) &&
      beyondReach(ctx, role, role.name === "employer_admin" ? null : anywhere) === null,
  );
  return {
    roles: givable.sort(byBuiltInOrder).map((role) => ({
      name: role.name,
      label: role.label,
      summary: roleSummary(role),
      reach: reachOf(role),
    })),
    connections: open.map(({ id, providerName }) => ({ id, providerName })),
    everywhere,
  };
}

function reachOf({ name, databaseRole }: RoleRow): GivableRoleView["reach"] {
  if (databaseRole === "perch_employee") return "employee";
  return name === "employer_admin" ? "employer" : "connections";
}

const order = ["employer_admin", "payroll_manager", "hr_viewer"];
/** The widest first, roles of the employer's own making after them, employees last. */
function rank({ name, databaseRole }: Pick<RoleRow, "name" | "databaseRole">): number {
  if (databaseRole === "perch_employee") return order.length + 1;
  const known = order.indexOf(name);
  return known < 0 ? order.length : known;
}

const byBuiltInOrder = (a: RoleRow, b: RoleRow) => rank(a) - rank(b) || a.label.localeCompare(b.label);

function byRank(roles: readonly RoleRow[]) {
  const widest = (member: MemberView) =>
    Math.min(
      ...member.roles.map((held) => {
        const role = roles.find(({ name }) => name === held.role);
        return role ? rank(role) : order.length;
      }),
    );
  const called = (member: MemberView) => (member.name ?? member.email).toLowerCase();
  return (a: MemberView, b: MemberView) => widest(a) - widest(b) || called(a).localeCompare(called(b));
}
