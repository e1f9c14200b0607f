import type { Needs } from "./matrix";
import type { Target } from "./world";

/** Who may call what, for every action: see matrix.ts. */

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
const calendar = (target: Target) => ({ ...connection(target), payGroupId: target.payGroupId });
const invitation = (target: Target) => ({ ...at(target), invitationId: target.connectionId });
const payItem = (target: Target) => ({
  ...connection(target),
  category: "earning",
  name: "An item",
  finchType: null,
  mappedType: "wage",
});
const itemRule = (target: Target) => ({
  ...connection(target),
  wanted: {
    conditions: [{ field: "name", value: "An item" }],
    labels: [{ key: "plan", value: "main" }],
  },
});
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
  requestW4SyncAction: {
    for: "employer",
    permission: "document:sync",
    about: "connection",
    input: connection,
    refusalsOnly: true,
  },
  // Nothing is open: whoever may is told so.
  stopW4SyncAction: {
    for: "employer",
    permission: "document:sync",
    about: "connection",
    input: connection,
    mayBeMissing: true,
  },
  // The second one to enter a day is told that it is there.
  enterPayDateAction: {
    for: "employer",
    permission: "payroll:manage",
    about: "connection",
    input: (target) => ({ ...calendar(target), payDate: "2026-11-20" }),
  },
  confirmPayDatesAction: {
    for: "employer",
    permission: "payroll:manage",
    about: "connection",
    input: (target) => ({ ...calendar(target), payDates: ["2026-11-20"] }),
  },
  skipPayDateAction: {
    for: "employer",
    permission: "payroll:manage",
    about: "connection",
    input: (target) => ({ ...calendar(target), payDate: "2026-11-20" }),
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
  previewClassificationAction: {
    for: "employer",
    permission: "payroll:manage",
    about: "connection",
    input: payItem,
  },
  classifyItemAction: {
    for: "employer",
    permission: "payroll:manage",
    about: "connection",
    input: payItem,
    refusalsOnly: true,
  },
  previewItemRuleAction: {
    for: "employer",
    permission: "payroll:correct",
    about: "connection",
    input: itemRule,
  },
  requestRuleChangeAction: {
    for: "employer",
    permission: "payroll:correct",
    about: "connection",
    input: itemRule,
    refusalsOnly: true,
  },
  // No such classification: whoever may is told so.
  undoClassificationAction: {
    for: "employer",
    permission: "payroll:manage",
    input: (target) => ({ ...at(target), id: target.connectionId, version: 1 }),
    mayBeMissing: true,
  },
  // The person's pay is not said to be before any statement: whoever may is told what is wrong.
  createOpeningAction: {
    for: "employer",
    permission: "payroll:correct",
    about: "individual",
    input: (target) => ({
      ...at(target),
      individualId: target.individualId,
      kind: "gross",
      currency: "usd",
      year: 2020,
      amountCents: "100",
      throughDate: "2019-12-31",
      note: null,
    }),
  },
  // No balance has that id: whoever may is told so.
  changeOpeningAction: {
    for: "employer",
    permission: "payroll:correct",
    input: (target) => ({
      ...at(target),
      id: target.connectionId,
      version: 1,
      amountCents: "100",
      throughDate: "2020-12-31",
      note: null,
    }),
    mayBeMissing: true,
  },
  removeOpeningAction: {
    for: "employer",
    permission: "payroll:correct",
    input: (target) => ({ ...at(target), id: target.connectionId, version: 1 }),
    mayBeMissing: true,
  },
  // A record is not another one's link: whoever may is told so.
  decideLinkAction: {
    for: "employer",
    permission: "payroll:manage",
    about: "whole",
    input: (target) => ({
      ...at(target),
      individualId: target.individualId,
      otherIndividualId: target.individualId,
      decision: "confirm",
      version: 0,
    }),
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
