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
  connectionId: string;
  entityId: string;
  type: BenefitType | null;
  frequency: BenefitFrequency | null;
  description: string | null;
  companyContribution: CompanyMatch | null;
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
