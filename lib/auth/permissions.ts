import type { Context } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";

/**
 * The one table of roles and permissions (DESIGN §5). The database holds the
 * same rows (roles, role_permissions) so that an employer may have roles of its
 * own; the built-in ones are checked against this table at every migration.
 */

export const permissions = {
  "customer:read": "See the employer's overview",
  "connection:read": "See connections, their health and history",
  "connection:connect": "Connect a provider and repair a broken connection",
  "connection:sync": "Ask for a sync, stop one, and let held data go",
  "connection:disconnect": "Disconnect a provider",
  "individual:read": "See the directory and employment",
  "individual:pii": "See birth dates, home addresses and personal contact data",
  "individual:traits": "See protected traits (gender, ethnicity, marital status)",
  "individual:income": "See income and its history",
  "payroll:read": "See payments, pay statements and year-to-date wages",
  "payroll:export": "Export payments, pay statements and year-to-date wages",
  "payroll:manage": "Classify pay items, enter pay calendars and link records of one person",
  "payroll:correct": "Enter opening balances, confirm limits and change Finch's rules on items",
  "deduction:read": "See deductions and who is enrolled in them",
  "document:read": "See tax documents (W-4)",
  "document:sync": "Ask Finch to read W-4 forms",
  "employee:invite": "Invite employees to their own pages, and take that back",
  "individual:ssn": "See that an SSN is held, and its last four digits",
  "individual:reveal_ssn": "Reveal an SSN, one at a time and with a reason",
  "company:bank": "See that bank accounts are held, and their last four digits",
  "company:reveal_bank": "Reveal a bank account number, one at a time and with a reason",
  "directory:export": "Export the directory",
  "self:read": "See one's own profile, pay statements and year",
  "audit:read": "See the audit of the employer",
  "team:read": "See who has access to the employer, and with which role",
  "team:manage": "Give and take roles, and recover accounts of the team",
  "platform:read": "See all employers and connections",
  "platform:jobs": "Start failed work of the queue again",
  "platform:customers": "Create employers and give them administrators",
  "platform:audit": "See the platform's audit and that of every employer",
  "platform:users": "Give and take platform roles, and recover any account",
  "platform:restore": "Let mail and disconnects of a restored copy go on",
  "platform:break_glass": "Reveal an SSN of any employer, with a reason that the employer sees",
} as const;

export type Permission = keyof typeof permissions;

export const roles = [
  "employer_admin",
  "payroll_manager",
  "hr_viewer",
  "employee",
  "staff_admin",
  "staff_support",
] as const;
export type Role = (typeof roles)[number];

interface RoleDefinition {
  label: string;
  /** The database role that lock 2 runs under. */
  databaseRole: "perch_tenant" | "perch_employee" | "perch_staff" | "perch_support";
  permissions: readonly Permission[];
}

export const roleTable: Record<Role, RoleDefinition> = {
  employer_admin: {
    label: "Employer admin",
    databaseRole: "perch_tenant",
    permissions: [
      "customer:read",
      "connection:read",
      "connection:connect",
      "connection:sync",
      "connection:disconnect",
      "individual:read",
      "individual:pii",
      "individual:traits",
      "individual:income",
      "payroll:read",
      "payroll:export",
      "payroll:manage",
      "payroll:correct",
      "deduction:read",
      "document:read",
      "document:sync",
      "employee:invite",
      "individual:ssn",
      "individual:reveal_ssn",
      "company:bank",
      "company:reveal_bank",
      "directory:export",
      "audit:read",
      "team:read",
      "team:manage",
    ],
  },
  payroll_manager: {
    label: "Payroll manager",
    databaseRole: "perch_tenant",
    permissions: [
      "customer:read",
      "connection:read",
      "individual:read",
      "individual:pii",
      "individual:income",
      "payroll:read",
      "payroll:export",
      "payroll:manage",
      "deduction:read",
      "document:read",
      "document:sync",
      "directory:export",
    ],
  },
  hr_viewer: {
    label: "HR viewer",
    databaseRole: "perch_tenant",
    permissions: [
      "customer:read",
      "connection:read",
      "individual:read",
      "individual:pii",
      "directory:export",
    ],
  },
  employee: {
    label: "Employee",
    databaseRole: "perch_employee",
    permissions: ["self:read"],
  },
  staff_admin: {
    label: "Staff admin",
    databaseRole: "perch_staff",
    permissions: [
      "platform:read",
      "platform:jobs",
      "platform:customers",
      "platform:audit",
      "platform:users",
      "platform:restore",
      "platform:break_glass",
      "connection:read",
      "connection:sync",
      "connection:disconnect",
    ],
  },
  staff_support: {
    label: "Staff support",
    databaseRole: "perch_support",
    permissions: ["platform:read", "platform:jobs", "connection:read", "connection:sync"],
  },
};

/** What a permission is asked for: a connection, or the employer as a whole. */
export interface PermissionTarget {
  connectionId?: string | undefined;
}

/** Whether the context holds the permission, for this connection where one is named. */
export function can(ctx: Context, permission: Permission, target: PermissionTarget = {}): boolean {
  if (!ctx.permissions.has(permission)) return false;
  if (ctx.scope.kind === "platform" || target.connectionId === undefined) return true;
  return ctx.scope.connectionIds === "all" || ctx.scope.connectionIds.includes(target.connectionId);
}

/** @throws DomainError FORBIDDEN where the context lacks the permission */
export function requirePermission(ctx: Context, permission: Permission, target: PermissionTarget = {}): void {
  if (can(ctx, permission, target)) return;
  throw new DomainError(
    "FORBIDDEN",
    `Your role does not include this: ${permissions[permission].toLowerCase()}.`,
  );
}
