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
interface Needs {
  for: "nobody" | "session" | "employer" | "platform" | "employers" | "self";
  permission?: Permission;
  /** The door is about one connection or one person of it: other ones do not exist behind it. */
  about?: "connection" | "individual";
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
  // The id is a pay group's or a connection's; there is none of that name.
  "/e/[customerId]/company/pay-groups/[payGroupId]": {
    for: "employer",
    permission: "payroll:read",
    mayBeMissing: true,
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
  "/e/[customerId]/directory/[individualId]": {
    for: "employer",
    permission: "individual:read",
    about: "individual",
  },
  "/e/[customerId]/team/employees": { for: "employer", permission: "employee:invite" },
  "/e/[customerId]/team": { for: "employer", permission: "team:read" },
  "/e/[customerId]/ytd/box-1": { for: "employer", permission: "payroll:read" },
  "/e/[customerId]/ytd/limits": { for: "employer", permission: "payroll:read" },
  // Says that the invitation is over, whoever asks.
  "/invite/[token]": { for: "nobody" },
  "/me": { for: "self" },
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

const read = (permission: Permission, about?: "connection"): Record<string, Method> => ({
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
};

interface Action extends Needs {
  /** What a page of ours would send, about the target. */
  input: (at: Target) => Record<string, unknown>;
  /** Called only for those who may not: for others it would ask Finch, or change what other tests look at. */
  refusalsOnly?: true;
}

const own: Action = { for: "session", input: () => ({}) };
const reason = "Asked for by a test of the rights";
const at = ({ customerId }: Target) => ({ customerId });
const connection = ({ customerId, connectionId }: Target) => ({ customerId, connectionId });
const calendar = (target: Target) => ({ ...connection(target), payGroupId: target.connectionId });
const invitation = (target: Target) => ({ ...at(target), invitationId: target.connectionId });
const role = (target: Target) => ({
  customerId: target.customerId,
  userId: target.userId,
  role: "hr_viewer",
});

export const actions: Record<string, Action> = {
  requestSignInAction: {
    for: "nobody",
    input: () => ({ email: "somebody@nowhere.test" }),
    refusalsOnly: true,
  },
  acceptInvitationAction: { for: "nobody", input: () => ({ token: "unknown" }) },
  confirmSignInAction: { for: "nobody", input: () => ({ token: "unknown" }) },
  beginPasskeySignInAction: { for: "nobody", input: () => ({}) },
  passkeySignInAction: { for: "nobody", input: () => ({}), refusalsOnly: true },

  getStepUpOptionsAction: own,
  beginPasskeyStepUpAction: own,
  finishPasskeyStepUpAction: own,
  stepUpWithCodeAction: { for: "session", input: () => ({ code: "000000" }) },
  stepUpWithRecoveryCodeAction: { for: "session", input: () => ({ code: "AAAA-AAAA-AAAA" }) },
  beginPasskeyEnrollmentAction: own,
  finishPasskeyEnrollmentAction: own,
  beginTotpEnrollmentAction: own,
  finishTotpEnrollmentAction: own,
  renameFactorAction: own,
  removeFactorAction: own,
  renewRecoveryCodesAction: own,
  signInAgainAction: { for: "session", input: () => ({ callbackUrl: "/" }), refusalsOnly: true },
  endSessionAction: own,
  endOtherSessionsAction: { for: "session", input: () => ({}), refusalsOnly: true },

  startConnectAction: {
    for: "employer",
    permission: "connection:connect",
    input: (target) => ({ ...at(target), flow: "redirect" }),
    refusalsOnly: true,
  },
  startReauthenticateAction: {
    for: "employer",
    permission: "connection:connect",
    about: "connection",
    input: (target) => ({ ...connection(target), flow: "redirect" }),
    refusalsOnly: true,
  },
  closeConnectAction: {
    for: "employer",
    permission: "connection:connect",
    input: (target) => ({ ...at(target), sessionId: target.connectionId, outcome: "closed" }),
    refusalsOnly: true,
  },
  requestSyncAction: {
    for: "employer",
    permission: "connection:sync",
    about: "connection",
    input: connection,
    refusalsOnly: true,
  },
  // Neither the run nor the held answer is there: whoever may is told so.
  cancelSyncAction: {
    for: "employer",
    permission: "connection:sync",
    about: "connection",
    input: (target) => ({ ...connection(target), runId: target.connectionId }),
    mayBeMissing: true,
  },
  acceptHoldAction: {
    for: "employer",
    permission: "connection:sync",
    about: "connection",
    input: (target) => ({ ...connection(target), holdId: target.connectionId }),
    mayBeMissing: true,
  },
  // The name is another's: whoever may disconnect is told so, and nothing is.
  disconnectConnectionAction: {
    for: "employer",
    permission: "connection:disconnect",
    about: "connection",
    input: (target) => ({ ...connection(target), name: "another provider" }),
  },
  // The pay group of that name is not there: whoever may is told so.
  enterPayDateAction: {
    for: "employer",
    permission: "payroll:manage",
    about: "connection",
    input: (target) => ({ ...calendar(target), payDate: "2026-11-20" }),
    mayBeMissing: true,
  },
  confirmPayDatesAction: {
    for: "employer",
    permission: "payroll:manage",
    about: "connection",
    input: (target) => ({ ...calendar(target), payDates: ["2026-11-20"] }),
    mayBeMissing: true,
  },
  changePayDateAction: {
    for: "employer",
    permission: "payroll:manage",
    input: (target) => ({ ...at(target), entryId: target.connectionId, version: 1, payDate: "2026-11-20" }),
    mayBeMissing: true,
  },
  removePayDateAction: {
    for: "employer",
    permission: "payroll:manage",
    input: (target) => ({ ...at(target), entryId: target.connectionId, version: 1 }),
    mayBeMissing: true,
  },
  revealBankNumberAction: {
    for: "employer",
    permission: "company:reveal_bank",
    about: "connection",
    input: (target) => ({
      ...connection(target),
      companyId: target.companyId,
      ordinal: 0,
      number: "account",
      reason,
    }),
    refusalsOnly: true,
  },
  // Without a second factor shown, those who may are asked for it.
  revealSsnAction: {
    for: "employer",
    permission: "individual:reveal_ssn",
    about: "individual",
    input: (target) => ({ ...at(target), individualId: target.individualId, reason }),
  },
  // Another year than those of the table: whoever may is told so.
  confirmLimitAction: {
    for: "employer",
    permission: "payroll:correct",
    input: (target) => ({
      ...at(target),
      year: 1999,
      limitKey: "commuter_month",
      amountCents: "100",
      source: "a test",
      version: null,
    }),
  },
  // Without a second factor shown, those who may are asked for it.
  inviteEmployeeAction: {
    for: "employer",
    permission: "employee:invite",
    input: (target) => ({
      ...at(target),
      individualId: target.individualId,
      email: "somebody@nowhere.test",
    }),
  },
  resendInvitationAction: { for: "employer", permission: "employee:invite", input: invitation },
  revokeInvitationAction: { for: "employer", permission: "employee:invite", input: invitation },
  endEmployeeAccessAction: {
    for: "employer",
    permission: "employee:invite",
    input: (target) => ({ ...at(target), individualId: target.individualId, userId: target.userId }),
  },
  grantRoleAction: {
    for: "employer",
    permission: "team:manage",
    staff: "platform:customers",
    input: (target) => ({ ...at(target), email: "somebody@nowhere.test", role: "hr_viewer" }),
  },
  removeRoleAction: { for: "employer", permission: "team:manage", staff: "platform:customers", input: role },
  recoverAccountAction: {
    for: "employer",
    permission: "team:manage",
    input: (target) => ({ ...at(target), userId: target.userId }),
  },
  confirmRestoreAction: {
    for: "platform",
    permission: "platform:restore",
    input: () => ({}),
    refusalsOnly: true,
  },
  // Nothing of that number has failed: whoever may is told so.
  retryJobsAction: {
    for: "platform",
    permission: "platform:jobs",
    input: () => ({ id: "999999999" }),
    mayBeMissing: true,
  },
  breakGlassAction: {
    for: "platform",
    permission: "platform:break_glass",
    input: (target) => ({
      ...at(target),
      individualId: target.individualId,
      reason,
      name: "another person",
    }),
  },
};
