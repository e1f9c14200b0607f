import type { Secret } from "@/lib/crypto";
import type { ScrubbedJson, StreamEnd } from "../types";

/** Company, directory, personal data and employment in our own shapes. */

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

/** What a page of the directory said beside its people. */
export interface FinchDirectoryEnd extends StreamEnd {
  /** People in the whole directory; null where Finch does not say. */
  count: number | null;
  offset: number;
}
