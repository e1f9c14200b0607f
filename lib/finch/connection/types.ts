import type { Secret } from "@/lib/crypto";
import type { ScrubbedJson } from "../types";

/** Connect, tokens, connections, providers and Finch jobs in our own shapes. */

export interface ConnectSession {
  sessionId: string;
  connectUrl: string;
}

/** What POST /auth/token gives for a code. */
export interface ExchangedToken {
  accessToken: Secret;
  finchConnectionId: string;
  /** Null where the session had none: /introspect must then say so (SECURITY 5). */
  finchCustomerId: string | null;
  customerName: string | null;
  providerId: string;
  products: string[];
  entityIds: string[];
  companyId: string | null;
  /** development | production | sandbox */
  clientType: string;
  /** finch | provider */
  connectionType: string;
}

export interface FinchAuthenticationMethod {
  type: string;
  status: string | null;
  message: string | null;
  products: string[] | null;
}

export interface FinchEntity {
  id: string;
  name: string | null;
  sourceId: string | null;
  status: string;
}

export interface Introspection {
  finchConnectionId: string;
  finchCustomerId: string | null;
  providerId: string;
  companyId: string | null;
  clientType: string;
  connectionType: string;
  products: string[];
  username: string | null;
  /** pending, processing, connected, reauth, error_permissions, error_no_account_setup, … */
  status: string;
  statusMessage: string | null;
  authenticationMethods: FinchAuthenticationMethod[];
  entities: FinchEntity[];
  raw: ScrubbedJson;
}

export interface FinchProvider {
  id: string;
  displayName: string;
  products: string[];
  /** As it came: [{type, benefits_support, supported_fields}]. */
  authenticationMethods: ScrubbedJson[];
  mfaRequired: boolean | null;
}

export interface FinchJob {
  id: string;
  type: string;
  /** pending, in_progress, complete, error, reauth_error, permissions_error */
  status: string;
  /** Times as they came: ISO 8601. */
  createdAt: string | null;
  /** When the next automatic sync is to start. */
  scheduledAt: string | null;
  startedAt: string | null;
  completedAt: string | null;
  /** {individual_id} of a W-4 job, as it came. */
  params: ScrubbedJson | null;
}

export interface FinchJobs {
  jobs: FinchJob[];
  refreshesAllowed: number | null;
  refreshesRemaining: number | null;
}

export interface StartedDataSync {
  jobId: string | null;
  /** True where a job was running already: no refresh was used. */
  joined: boolean;
  refreshesAllowed: number | null;
  refreshesRemaining: number | null;
  /** When the next refresh is allowed; null where one is left. */
  retryAt: Date | null;
}
