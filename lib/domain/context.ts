import { roleTable, type Permission, type Role } from "@/lib/auth/permissions";

/** Who acts. The worker has an identity too; a system actor is the installation itself. */
export type Actor =
  | { kind: "user"; userId: string; email: string; name: string | null }
  | { kind: "worker"; name: string }
  | { kind: "system"; name: string };

/** One customer at a time, chosen by the URL; platform lists of names and health aside. */
export type Scope =
  | { kind: "customer"; customerId: string; connectionIds: "all" | readonly string[]; individualId?: string }
  | { kind: "platform" };

/** The data classes that row-level security asks for by itself. */
export interface Grants {
  /** Income and its history. */
  pay: boolean;
  /** Payments, pay statements and totals. */
  payroll: boolean;
  pii: boolean;
  traits: boolean;
  secrets: boolean;
  deductions: boolean;
  documents: boolean;
  audit: boolean;
  team: boolean;
}

export interface Context {
  actor: Actor;
  scope: Scope;
  role: Role | "worker";
  permissions: ReadonlySet<Permission>;
  grants: Grants;
  /** When this person last showed a second factor in this session; see requireStepUp(). */
  steppedUpAt?: Date | null;
}

/** A context whose scope is known to be one customer. */
export type CustomerContext = Context & { scope: Extract<Scope, { kind: "customer" }> };

export const platformCustomerId = "00000000-0000-0000-0000-000000000000";

export function grantsOf(granted: ReadonlySet<Permission>, role: Role): Grants {
  const own = role === "employee";
  return {
    pay: own || granted.has("individual:income"),
    payroll: own || granted.has("payroll:read"),
    pii: own || granted.has("individual:pii"),
    traits: own || granted.has("individual:traits"),
    secrets: granted.has("individual:ssn") || granted.has("company:bank"),
    deductions: own || granted.has("deduction:read"),
    documents: own || granted.has("document:read"),
    audit: granted.has("audit:read"),
    // Who invites sees who is invited, and gives the role of an employee.
    team: granted.has("team:read") || granted.has("team:manage") || granted.has("employee:invite"),
  };
}

interface RoleContextInput {
  actor: Actor;
  scope: Scope;
  role: Role;
  /** The role's permissions as the database has them; the built-in table where left out. */
  permissions?: readonly Permission[];
  steppedUpAt?: Date | null;
}

/** A person's context in one role. */
export function roleContext(input: RoleContextInput): Context {
  const granted = new Set(input.permissions ?? roleTable[input.role].permissions);
  return {
    actor: input.actor,
    scope: input.scope,
    role: input.role,
    permissions: granted,
    grants: grantsOf(granted, input.role),
    steppedUpAt: input.steppedUpAt ?? null,
  };
}

/** The worker acting for one customer, its scope taken from the row it works on, never from a payload. */
export function workerContext(customerId: string, name = "worker"): CustomerContext {
  return {
    actor: { kind: "worker", name },
    scope: { kind: "customer", customerId, connectionIds: "all" },
    role: "worker",
    permissions: new Set<Permission>(["connection:read", "connection:sync", "individual:read"]),
    grants: {
      pay: true,
      payroll: true,
      pii: true,
      traits: true,
      secrets: true,
      deductions: true,
      documents: true,
      audit: true,
      team: false,
    },
  };
}

/** The worker looking across customers for work that is due: names and health, no personal data. */
export function workerPlatformContext(name = "worker"): Context {
  return {
    actor: { kind: "worker", name },
    scope: { kind: "platform" },
    role: "staff_support",
    permissions: new Set<Permission>(["platform:read", "connection:read"]),
    grants: {
      pay: false,
      payroll: false,
      pii: false,
      traits: false,
      secrets: false,
      deductions: false,
      documents: false,
      audit: false,
      team: false,
    },
  };
}

/** @throws TypeError where a verb for one customer got a platform context: a mistake in the code */
export function requireCustomer(ctx: Context): CustomerContext {
  if (ctx.scope.kind !== "customer") throw new TypeError("This verb works for one customer at a time");
  return ctx as CustomerContext;
}
