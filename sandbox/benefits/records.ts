import type Finch from "@tryfinch/finch-api";

export type BenefitType = NonNullable<Finch.HRIS.BenefitType>;
export type BenefitFrequency = NonNullable<Finch.HRIS.BenefitFrequency>;

/** One step of an employer's match: of what the employee gives up to the threshold. Basis points. */
export interface Tier {
  match: number;
  threshold: number;
}

/** The company-wide match; a person's own company contribution goes before it. */
export interface CompanyMatch {
  type: "match";
  tiers: Tier[];
}

/** A deduction or contribution of an employer: what enrollments refer to. */
export interface Benefit {
  id: string;
  /** Its place among those written of its connection; a file gives rows back in any order. */
  place: number;
  connectionId: string;
  entityId: string;
  type: BenefitType | null;
  frequency: BenefitFrequency | null;
  description: string | null;
  companyContribution: CompanyMatch | null;
  /** Whether the provider has it: false where the job that should have made it failed. */
  setUp: boolean;
}

/** What one person agreed to. Fixed amounts are cents, percentages basis points of gross pay. */
export interface Configuration {
  employeeDeduction: { type: "fixed" | "percent"; amount: number } | null;
  companyContribution:
    { type: "fixed" | "percent"; amount: number } | { type: "tiered"; tiers: Tier[] } | null;
  /** Cents in a calendar year. */
  annualMaximum: number | null;
  catchUp: boolean | null;
  hsaLimit: "individual" | "family" | null;
}

/** A state of an enrollment. Older ones are kept, because payments of their time never change. */
export interface EnrollmentVersion {
  /** When the provider knew of it (ISO instant); it counts for pay dates after that day. */
  recordedAt: string;
  /** The first day that it may take effect (assisted only). */
  effectiveDate: string | null;
  /** Null from when the person was unenrolled. */
  configuration: Configuration | null;
}

export interface Enrollment {
  connectionId: string;
  entityId: string;
  benefitId: string;
  individualId: string;
  /** In the order in which they were recorded. */
  versions: EnrollmentVersion[];
}

export interface EnrollItem {
  individualId: string;
  configuration: Configuration;
  effectiveDate: string | null;
}

/** What a job will do at the provider. */
export type BenefitTask =
  | { kind: "create" | "register"; isNew: boolean }
  | { kind: "update"; description: string | null }
  | { kind: "enroll"; items: EnrollItem[] }
  | { kind: "unenroll"; individualIds: string[] };

/** What became of one person of a job, or of the deduction itself. */
export interface JobItem {
  individual_id?: string;
  benefit_id?: string;
  code: number;
  message: string;
}

/** A change of deductions on its way to the provider. Finch lists all of them under `/jobs/manual`. */
export interface BenefitJob {
  id: string;
  /** Its place among the jobs of its connection. */
  place: number;
  connectionId: string;
  entityId: string;
  accountId: string;
  benefitId: string;
  task: BenefitTask;
  createdAt: string;
  startsAt: string;
  endsAt: string;
  /** Null until the job is over; `items` is null where it failed as a whole. */
  result: { items: JobItem[] | null } | null;
}

/** How coming jobs of a connection go wrong, on request of a test. */
export interface OutcomeOrder {
  id: string;
  /** Its place among the orders of its connection. */
  place: number;
  connectionId: string;
  /** `omit` leaves a person out of the result, `item` fails it, `every_item` fails all, `job` fails the job. */
  kind: "omit" | "item" | "every_item" | "job";
  /** The person concerned; null for the first of the job. */
  individualId: string | null;
  /** What failed items say. */
  code: number;
  message: string;
  /** Whether a person left out was changed at the provider nevertheless. */
  applied: boolean;
  /** For how many more jobs; null for all until it is taken back. */
  times: number | null;
}
