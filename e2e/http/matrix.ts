import type { Permission } from "@/lib/auth/permissions";
import type { Target } from "./world";

/**
 * Who may open what, for every page, route and action of the application: the one declaration. The tests beside it find
 * pages, methods and actions in the sources; one without an entry here fails them.
 *
 * A door asks for
 *   nobody      anybody may, signed in or not
 *   session     whoever is signed in
 *   employer    a role at the employer of the address, with the permission where one is named
 *   platform    a staff role, with the permission
 *   employers   somebody with an employer; everybody else is led to where they belong
 *   self        an employee
 */
export interface Needs {
  for: "nobody" | "session" | "employer" | "platform" | "employers" | "self";
  permission?: Permission;
  /**
   * The door is about one connection or one person of it: other ones do not exist behind it. Or about the employer as a
   * whole: a role for some of its connections does not open it.
   */
  about?: "connection" | "individual" | "whole";
  /** What opens it to staff where it is not the permission itself. */
  staff?: Permission;
  /** Those who may are told that what the test names is not there. */
  mayBeMissing?: true;
}

interface Door extends Needs {
  /** Added to the address. */
  query?: (at: Target) => string;
}

export const pages: Record<string, Door> = {
  "/": { for: "session" },
  "/account": { for: "session" },
  "/account/security": { for: "session" },
  "/admin": { for: "platform", permission: "platform:read" },
  "/admin/activity": { for: "platform", permission: "platform:read" },
  "/admin/audit": { for: "platform", permission: "platform:audit" },
  "/admin/audit/chains": { for: "platform", permission: "platform:audit" },
  "/admin/break-glass": { for: "platform", permission: "platform:break_glass" },
  "/admin/connections": { for: "platform", permission: "platform:read" },
  "/admin/customers": { for: "platform", permission: "platform:read" },
  "/admin/jobs": { for: "platform", permission: "platform:read" },
  "/admin/retention": { for: "platform", permission: "platform:read" },
  "/connect/problem": { for: "nobody" },
  "/dev/authenticator": { for: "nobody" },
  "/dev/mailbox": { for: "nobody" },
  // The id is a mail's; an unknown one does not exist for anybody.
  "/dev/mailbox/[id]": { for: "nobody" },
  "/e": { for: "employers" },
  "/e/[customerId]": { for: "employer", permission: "customer:read" },
  "/e/[customerId]/audit": { for: "employer", permission: "audit:read" },
  "/e/[customerId]/company": { for: "employer", permission: "individual:read" },
  "/e/[customerId]/company/pay-groups": { for: "employer", permission: "payroll:read" },
  "/e/[customerId]/company/pay-groups/[payGroupId]": {
    for: "employer",
    permission: "payroll:read",
    about: "connection",
  },
  "/e/[customerId]/connections": { for: "employer", permission: "connection:read" },
  "/e/[customerId]/connections/[connectionId]": {
    for: "employer",
    permission: "connection:read",
    about: "connection",
  },
  "/e/[customerId]/connections/new": { for: "employer", permission: "connection:connect" },
  "/e/[customerId]/connections/problem": { for: "employer", permission: "connection:read" },
  "/e/[customerId]/directory": { for: "employer", permission: "individual:read" },
  "/e/[customerId]/directory/chart": { for: "employer", permission: "individual:read" },
  "/e/[customerId]/directory/[individualId]": {
    for: "employer",
    permission: "individual:read",
    about: "individual",
  },
  "/e/[customerId]/team/employees": { for: "employer", permission: "employee:invite" },
  "/e/[customerId]/documents": { for: "employer", permission: "document:read" },
  "/e/[customerId]/documents/[documentId]": {
    for: "employer",
    permission: "document:read",
    about: "individual",
  },
  "/e/[customerId]/payroll/[paymentId]/[statementId]": {
    for: "employer",
    permission: "payroll:read",
    about: "individual",
  },
  "/e/[customerId]/payroll": { for: "employer", permission: "payroll:read" },
  "/e/[customerId]/payroll/[paymentId]": {
    for: "employer",
    permission: "payroll:read",
    about: "connection",
  },
  "/e/[customerId]/team": { for: "employer", permission: "team:read" },
  "/e/[customerId]/payroll/items": { for: "employer", permission: "payroll:read" },
  "/e/[customerId]/payroll/items/rules": { for: "employer", permission: "payroll:read" },
  "/e/[customerId]/ytd": { for: "employer", permission: "payroll:read" },
  "/e/[customerId]/ytd/[individualId]": {
    for: "employer",
    permission: "payroll:read",
    about: "individual",
  },
  "/e/[customerId]/ytd/box-1": { for: "employer", permission: "payroll:read" },
  "/e/[customerId]/ytd/links": { for: "employer", permission: "payroll:manage", about: "whole" },
  "/e/[customerId]/ytd/limits": { for: "employer", permission: "payroll:read" },
  // Says that the invitation is over, whoever asks.
  "/invite/[token]": { for: "nobody" },
  "/me": { for: "self" },
  "/me/pay": { for: "self" },
  // The target's person is the employee's own.
  "/me/pay/[statementId]": { for: "self" },
  "/sign-in": { for: "nobody" },
  "/sign-in/confirm": { for: "nobody" },
  "/sign-in/problem": { for: "nobody" },
  "/sign-in/sent": { for: "nobody" },
};

interface Method extends Door {
  /** Also without a page of ours: a signature or the provider's own check stands for it. */
  anyOrigin?: true;
  body?: (at: Target) => unknown;
}

const read = (permission: Permission, about?: "connection" | "whole"): Record<string, Method> => ({
  GET: { for: "employer", permission, ...(about ? { about } : {}) },
});

export const routes: Record<string, Record<string, Method>> = {
  "/admin/audit/export": { GET: { for: "platform", permission: "platform:audit" } },
  "/api/admin/quota": { GET: { for: "platform", permission: "platform:read" } },
  // Without an identity provider they answer that there is none.
  "/api/auth/oidc/callback": { GET: { for: "nobody" } },
  "/api/auth/oidc/start": { GET: { for: "nobody" } },
  "/api/auth/oidc/step-up": { GET: { for: "nobody" } },
  "/api/auth/renew": { GET: { for: "nobody" } },
  "/api/auth/sign-out": { POST: { for: "nobody" } },
  "/api/e/[customerId]/connections": read("connection:read"),
  "/api/e/[customerId]/connections/[connectionId]": read("connection:read", "connection"),
  "/api/e/[customerId]/directory/chart": read("individual:read"),
  "/api/e/[customerId]/connections/providers": read("connection:connect"),
  // Whoever may not see the directory finds nobody; the table of values below looks at what is found.
  "/api/e/[customerId]/search": { GET: { for: "employer", query: () => "q=last" } },
  "/api/e/[customerId]/team/people": {
    GET: {
      for: "employer",
      permission: "team:manage",
      about: "connection",
      query: (at) => `connectionId=${at.connectionId}&q=last`,
    },
  },
  "/api/finch/callback": {
    GET: { for: "nobody" },
    POST: { for: "session", mayBeMissing: true, body: () => ({ code: "none", state: "none" }) },
  },
  "/api/health": { GET: { for: "nobody" } },
  "/api/health/ready": { GET: { for: "nobody" } },
  "/e/[customerId]/audit/export": read("audit:read"),
  "/e/[customerId]/directory/export": read("directory:export"),
  "/e/[customerId]/payroll/export": read("payroll:export"),
  "/e/[customerId]/payroll/[paymentId]/export": read("payroll:export", "connection"),
  "/e/[customerId]/payroll/items/export": read("payroll:export"),
  "/e/[customerId]/payroll/items/rules/export": read("payroll:export"),
  "/e/[customerId]/documents/export": read("payroll:export"),
  "/e/[customerId]/company/pay-groups/export": read("payroll:export"),
  "/e/[customerId]/company/pay-groups/[payGroupId]/export": read("payroll:export", "connection"),
  // Whoever may invite employees may export, too.
  "/e/[customerId]/team/employees/export": read("employee:invite"),
  "/e/[customerId]/ytd/export": read("payroll:export"),
  "/e/[customerId]/ytd/[individualId]/export": {
    GET: { for: "employer", permission: "payroll:export", about: "individual" },
  },
  "/e/[customerId]/ytd/box-1/export": read("payroll:export"),
  "/e/[customerId]/ytd/limits/export": read("payroll:export"),
  // Whoever may link records may export, too.
  "/e/[customerId]/ytd/links/export": read("payroll:manage", "whole"),
  "/e/[customerId]/payroll/[paymentId]/[statementId]/pdf": read("payroll:export", "connection"),
  "/me/pay/export": { GET: { for: "self" } },
  "/me/pay/[statementId]/pdf": { GET: { for: "self" } },
};

export { actions } from "./matrix-actions";
