import type { GrantRow } from "@/db/repositories/grants";
import { permissions, roles, type Permission, type Role } from "@/lib/auth/permissions";
import { platformCustomerId, roleContext, type Context } from "@/lib/domain/context";

/** From the roles that somebody holds to the one Context that a request runs in. */

interface Person {
  id: string;
  email: string;
  name: string | null;
}

export interface EmployerView {
  customerId: string;
  name: string;
  roleLabels: string[];
}

/** An employee's own person in one connection. */
export interface SelfPair {
  customerId: string;
  customerName: string;
  connectionId: string;
  individualId: string;
}

const staffRoles = new Set(["perch_staff", "perch_support"]);
const isPlatform = (grant: GrantRow) =>
  grant.customerId === platformCustomerId && staffRoles.has(grant.databaseRole);
const isEmployer = (grant: GrantRow) =>
  grant.customerId !== platformCustomerId && grant.databaseRole === "perch_tenant";
const isKnown = (name: string): name is Permission => Object.hasOwn(permissions, name);
const known = (names: readonly string[]) => names.filter(isKnown);

const actorOf = ({ id, email, name }: Person) => ({ kind: "user" as const, userId: id, email, name });

export function isStaff(grants: readonly GrantRow[]): boolean {
  return grants.some(isPlatform);
}

/** The employers of somebody, each once, by name. */
export function employersOf(grants: readonly GrantRow[]): EmployerView[] {
  const byId = new Map<string, EmployerView>();
  for (const grant of grants.filter(isEmployer)) {
    const employer = byId.get(grant.customerId) ?? {
      customerId: grant.customerId,
      name: grant.customerName ?? "Employer",
      roleLabels: [],
    };
    if (!employer.roleLabels.includes(grant.roleLabel)) employer.roleLabels.push(grant.roleLabel);
    byId.set(grant.customerId, employer);
  }
  return [...byId.values()];
}

/** A role of an employer's own making runs as the narrowest built-in one; what it may is in its permissions. */
function builtInRole(name: string): Role {
  return roles.find((role) => role === name) ?? "hr_viewer";
}

const leading = (grants: readonly GrantRow[]): Role =>
  grants.map((grant) => builtInRole(grant.role)).sort((a, b) => roles.indexOf(a) - roles.indexOf(b))[0] ??
  "hr_viewer";

/**
 * Several roles at one employer become one Context that grants no more than each connection's own roles: a role for
 * all connections counts everywhere, a role for one connection only there. Where connections differ, what all of
 * them grant is what the Context grants.
 */
function joinGrants(grants: readonly GrantRow[]): {
  connectionIds: "all" | string[];
  permissions: Permission[];
} {
  const everywhere = grants.filter((grant) => grant.connectionId === null);
  const base = new Set(everywhere.flatMap((grant) => known(grant.permissions)));
  if (everywhere.length > 0) return { connectionIds: "all", permissions: [...base] };
  const byConnection = Map.groupBy(grants, (grant) => grant.connectionId ?? "");
  const sets = [...byConnection.values()].map(
    (own) => new Set(own.flatMap((grant) => known(grant.permissions))),
  );
  const shared = [...(sets[0] ?? [])].filter((permission) => sets.every((set) => set.has(permission)));
  return { connectionIds: [...byConnection.keys()], permissions: shared };
}

/** What somebody may at one employer, or null: not theirs. */
export function employerContextOf(
  person: Person,
  grants: readonly GrantRow[],
  customerId: string,
): Context | null {
  const here = grants.filter((grant) => isEmployer(grant) && grant.customerId === customerId);
  if (here.length === 0) return null;
  const { connectionIds, permissions: granted } = joinGrants(here);
  const scope = { kind: "customer" as const, customerId, connectionIds };
  return roleContext({ actor: actorOf(person), scope, role: leading(here), permissions: granted });
}

/** Staff over all employers, or null. */
export function platformContextOf(person: Person, grants: readonly GrantRow[]): Context | null {
  return staffContext(person, grants, { kind: "platform" });
}

/** Staff at one employer: what the permission table leaves them there are connections and health. */
export function staffContextAt(
  person: Person,
  grants: readonly GrantRow[],
  customerId: string,
): Context | null {
  return staffContext(person, grants, { kind: "customer", customerId, connectionIds: "all" });
}

function staffContext(person: Person, grants: readonly GrantRow[], scope: Context["scope"]): Context | null {
  const platform = grants.filter(isPlatform);
  // The staff admin's row decides the database role where somebody holds both.
  const grant = platform.find(({ databaseRole }) => databaseRole === "perch_staff") ?? platform[0];
  if (!grant) return null;
  const role = grant.databaseRole === "perch_staff" ? "staff_admin" : "staff_support";
  return roleContext({ actor: actorOf(person), scope, role, permissions: known(grant.permissions) });
}

/** The persons that an employee is, one for each connection. */
export function selfPairsOf(grants: readonly GrantRow[]): SelfPair[] {
  return grants.flatMap(({ databaseRole, customerId, customerName, connectionId, individualId }) =>
    databaseRole === "perch_employee" && connectionId && individualId
      ? [{ customerId, customerName: customerName ?? "Employer", connectionId, individualId }]
      : [],
  );
}

/** An employee as one of their own persons, or null. The first one where none is named. */
export function selfContextOf(
  person: Person,
  grants: readonly GrantRow[],
  individualId?: string,
): { ctx: Context; pair: SelfPair; pairs: SelfPair[] } | null {
  const pairs = selfPairsOf(grants);
  const pair = individualId ? pairs.find((own) => own.individualId === individualId) : pairs[0];
  if (!pair) return null;
  const scope = {
    kind: "customer" as const,
    customerId: pair.customerId,
    connectionIds: [pair.connectionId],
    individualId: pair.individualId,
  };
  return { ctx: roleContext({ actor: actorOf(person), scope, role: "employee" }), pair, pairs };
}
