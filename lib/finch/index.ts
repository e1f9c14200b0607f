/**
 * The only code that talks to Finch. Every function takes a caller (who asks,
 * where the request is recorded) and gives an Outcome; none of them throws for
 * anything that Finch or the network does. What a gate, a record or a handler of chunks throws passes through.
 */
export type { FinchCaller, FinchGate, FinchRequestRecord, FinchSlot, FinchToken } from "./caller";
export {
  failureKinds,
  isRetryable,
  type DataAge,
  type FailureKind,
  type FinchFailure,
  type FinchOk,
  type Outcome,
} from "./outcome";
export type * from "./types";
export { createConnectSession, createReauthenticateSession, exchangeCode } from "./connection/connect";
export { disconnect, introspect } from "./connection/account";
export { getCompany } from "./people/calls";
export { directoryPageSize, streamDirectory, streamEmployments, streamIndividuals } from "./people/stream";
export { getPayGroup, listPayGroups, listPayStatementItems, listPayStatementRules } from "./payroll/calls";
export {
  createPayStatementRule,
  deletePayStatementRule,
  updatePayStatementRule,
  type FinchRuleWanted,
} from "./payroll/rule-calls";
export { streamPayments } from "./payroll/payments";
export { statementPageSize, statementPagesPerRequest, streamPayStatements } from "./payroll/statements";
export type { StatementSink } from "./payroll/statement-reader";
export { getDocument, listBenefits, listDocuments } from "./benefits/calls";
export { streamEnrollments } from "./benefits/stream";
export { createDataSyncJob, createW4Job, getJob, listJobs } from "./connection/jobs";
export { listProviders } from "./connection/providers";
