/**
 * The only code that talks to Finch. Every function takes a caller (who asks,
 * where the request is recorded) and gives an Outcome; none of them throws for
 * anything that Finch or the network does.
 */
export type { FinchCaller, FinchRequestRecord, FinchToken } from "./caller";
export {
  isRetryable,
  type DataAge,
  type FailureKind,
  type FinchFailure,
  type FinchOk,
  type Outcome,
} from "./outcome";
export type * from "./types";
export { createConnectSession, createReauthenticateSession, exchangeCode } from "./connect";
export { disconnect, introspect } from "./account";
export { directoryPageSize, getCompany, getEmployments, getIndividuals, listDirectoryPage } from "./hris";
export { createDataSyncJob, getJob, listJobs } from "./jobs";
export { listProviders } from "./providers";
