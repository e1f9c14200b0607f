import type { Secret } from "@/lib/crypto";

/** Finch's data in our own shapes. Null means that Finch gave null: "not provided by the provider". */

export interface FinchLocation {
  line1: string | null;
  line2: string | null;
  city: string | null;
  state: string | null;
  postalCode: string | null;
  country: string | null;
  name: string | null;
}

export interface FinchContact {
  data: string;
  /** work | personal | as it came. */
  type: string | null;
}

/** An answer after scrub(), for raw_records: holds no SSN and no bank number. */
export type ScrubbedJson =
  string | number | boolean | null | ScrubbedJson[] | { [key: string]: ScrubbedJson };

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

export interface FinchBankAccount {
  accountName: string | null;
  institutionName: string | null;
  accountType: string | null;
  /** Sealed by the caller; never stored in clear. */
  accountNumber: Secret | null;
  routingNumber: Secret | null;
}

export interface FinchCompany {
  id: string;
  legalName: string | null;
  entityType: string | null;
  entitySubtype: string | null;
  ein: string | null;
  primaryEmail: string | null;
  primaryPhoneNumber: string | null;
  departments: { name: string | null; parent: { name: string | null } | null }[] | null;
  locations: FinchLocation[] | null;
  accounts: FinchBankAccount[] | null;
  raw: ScrubbedJson;
}

export interface FinchDirectoryEntry {
  id: string;
  firstName: string | null;
  middleName: string | null;
  lastName: string | null;
  managerId: string | null;
  department: string | null;
  isActive: boolean | null;
  raw: ScrubbedJson;
}

export interface FinchDirectoryPage {
  entries: FinchDirectoryEntry[];
  /** People in the whole directory; null where Finch does not say. */
  count: number | null;
  offset: number;
}

/** Why a batch gives nothing for one person. */
export interface FinchItemError {
  /** HTTP-like code of the item. */
  code: number;
  name: string | null;
  finchCode: string | null;
  message: string | null;
}

export type FinchItem<T> =
  | { individualId: string; kind: "ok"; data: T }
  | { individualId: string; kind: "pending" | "error"; error: FinchItemError };

export interface FinchIndividual {
  id: string;
  firstName: string | null;
  middleName: string | null;
  lastName: string | null;
  preferredName: string | null;
  emails: FinchContact[] | null;
  phoneNumbers: FinchContact[] | null;
  gender: string | null;
  ethnicity: string | null;
  maritalStatus: string | null;
  /** YYYY-MM-DD. */
  dob: string | null;
  residence: FinchLocation | null;
  ssn: Secret | null;
  encryptedSsn: Secret | null;
  raw: ScrubbedJson;
}

export interface FinchIncome {
  unit: string | null;
  /** Minor units of the currency, in the unit given; not annualised. */
  amountCents: bigint | null;
  currency: string | null;
  effectiveDate: string | null;
}

export interface FinchEmployment {
  id: string;
  title: string | null;
  managerId: string | null;
  department: string | null;
  employmentType: string | null;
  employmentSubtype: string | null;
  employmentStatus: string | null;
  startDate: string | null;
  endDate: string | null;
  latestRehireDate: string | null;
  isActive: boolean | null;
  flsaStatus: string | null;
  classCode: string | null;
  unionCode: string | null;
  unionLocal: string | null;
  highlyCompensatedEmployee: boolean | null;
  keyEmployee: boolean | null;
  location: FinchLocation | null;
  /** Values that look like an SSN are masked. */
  customFields: { name: string | null; value: ScrubbedJson }[] | null;
  sourceId: string | null;
  income: FinchIncome | null;
  incomeHistory: FinchIncome[] | null;
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
  createdAt: string | null;
  completedAt: string | null;
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
}
