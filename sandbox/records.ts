import type { Company, Person } from "@/sandbox/seed/types";

export type AuthMethod = "credential" | "oauth" | "api_token" | "assisted";

export type ConnectionStatus =
  "pending" | "processing" | "connected" | "error_no_account_setup" | "error_permissions" | "reauth";

/** How far a person has come on the Connect page. */
export interface ConnectProgress {
  step: "consent" | "providers" | "authenticate" | "oauth" | "mfa" | "accounts" | "success";
  providerId: string | null;
  authMethod: AuthMethod | null;
  /** What was typed as user name, to fill the form again and for `/introspect`. Never the password. */
  username: string | null;
  accountSelection: boolean;
  /** How many people the company will have. */
  people: number;
  /** The companies that were chosen among those of the login, by their place. */
  companies?: number[];
  /** A message of the last try, by key of the page's texts. */
  error: string | null;
  /** Good news of the last try, by key of the page's texts. */
  notice?: string | null;
  /** Logins that the provider refused in this visit. */
  refusals?: number;
  /** An administrator is added in place of a login that kept failing. */
  fallback?: boolean;
}

export interface ConnectSession {
  id: string;
  clientId: string;
  kind: "new" | "reauthenticate";
  /** Opened to be looked at: it connects nothing. */
  preview?: boolean;
  customerId: string | null;
  customerName: string | null;
  customerEmail: string | null;
  products: string[];
  redirectUri: string | null;
  connectionType: "finch" | "provider";
  /** Whether assisted providers are offered. */
  manual: boolean;
  providerId: string | null;
  authMethod: AuthMethod | null;
  connectionId: string | null;
  createdAt: string;
  expiresAt: string;
  status: "created" | "opened" | "succeeded" | "closed";
  progress: ConnectProgress;
  /** The code of a finished session, so that a reload of the last page hands out the same one. */
  code: string | null;
}

export interface AuthorizationCode {
  code: string;
  clientId: string;
  connectionId: string;
  accountId: string;
  /** Must be repeated at the exchange; null for the embedded flow, where it must be absent. */
  redirectUri: string | null;
  expiresAt: string;
  used: boolean;
}

/** A connection's entity may also be disconnected while the others go on. */
export type EntityStatus = ConnectionStatus | "disconnected";

/** One employer of a connection, with people, payroll and EIN of its own. */
export interface Entity {
  id: string;
  name: string | null;
  sourceId: string | null;
  /** Generated people; without it as many as `employeeSize` of the connection. */
  size?: number;
  /** Only where it differs from the status of the login. */
  status?: EntityStatus;
  /** Written by `PUT /sandbox/company`; `published` is what a sync last showed. */
  company?: { working: Company; published: Company | null };
}

export interface Connection {
  id: string;
  ordinal: number;
  clientId: string;
  connectionType: "finch" | "provider";
  companyId: string;
  providerId: string;
  customerId: string | null;
  customerName: string | null;
  customerEmail: string | null;
  legalName: string;
  employeeSize: number;
  entities: Entity[];
  createdAt: string;
  /** The day that the company's dates are counted from. */
  asOf: string;
  disconnectedAt: string | null;
  lastSyncedAt: string | null;
  lastAttemptAt: string | null;
  lastAttemptResult: "success" | "error" | null;
  /** How sandbox jobs end, until changed. */
  jobOutcome: JobOutcome;
  /** Refreshes used in the running hour, by endpoint. */
  quota: Partial<Record<RefreshKind, { startedAt: string; used: number }>>;
  payroll?: PayrollExtent | null;
}

/** How much payroll was asked for. */
export interface PayrollExtent {
  /** So many payments of everybody together; null for the usual pay groups. */
  payments: number | null;
  /** Nothing is paid before this day. */
  startDate: string | null;
  /** Each pay group begins with the run that was paid last, and no run is seen before it is paid. */
  lastPeriod?: boolean;
}

export type RefreshKind = "automated" | "sandbox";
export type JobOutcome = "complete" | "error" | "reauth_error" | "permissions_error";

/** One login of an employer at a provider. A connection may have several. */
export interface Account {
  id: string;
  connectionId: string;
  authenticationType: AuthMethod;
  products: string[];
  status: ConnectionStatus;
  /** Since when it has this status. */
  statusAt?: string;
  username: string | null;
  createdAt: string;
  /** Since when a newer login stands in its place; its own tokens stay what they were. */
  replacedAt?: string;
}

export interface AccessToken {
  /** SHA-256 of the token: the token itself is known to its owner only. */
  hash: string;
  id: string;
  connectionId: string;
  accountId: string;
  createdAt: string;
}

export interface Job {
  id: string;
  connectionId: string;
  type: "data_sync_all" | "w4_form_employee_sync";
  origin: "initial" | "requested" | "scheduled" | "sandbox";
  outcome: JobOutcome;
  individualId: string | null;
  createdAt: string;
  scheduledAt: string | null;
  startsAt: string;
  endsAt: string;
  settled: boolean;
}

/** What was written about one person through `/sandbox/*`. */
export interface Overlay {
  connectionId: string;
  individualId: string;
  /** The entity of an added person; without it the first one. */
  entityId?: string;
  /** The place of an added person behind the generated ones; null for a change of a generated one. */
  added: number | null;
  working: Partial<Person>;
  /** What the last sync showed; null before the first. */
  published: Partial<Person> | null;
  /** Whether the person was taken out, and whether a sync has shown it. */
  removed?: { working: boolean; published: boolean };
}
