import type Finch from "@tryfinch/finch-api";
import { isHsa } from "@/sandbox/benefits/features";
import type { Benefit, BenefitJob, Configuration } from "@/sandbox/benefits/records";

export const toBenefit = (benefit: Benefit): Finch.HRIS.CompanyBenefit => ({
  benefit_id: benefit.id,
  type: benefit.type,
  description: benefit.description,
  frequency: benefit.frequency,
  company_contribution: benefit.companyContribution,
});

/** A configuration as it is read; the limit of an HSA has another name than where it is written. */
export function toIndividualBenefit(
  benefit: Benefit,
  configuration: Configuration,
): Finch.HRIS.Benefits.IndividualBenefit.IndividualBenefit {
  const { employeeDeduction, companyContribution, annualMaximum, catchUp, hsaLimit } = configuration;
  return {
    employee_deduction: employeeDeduction && {
      type: employeeDeduction.type,
      amount: employeeDeduction.amount,
    },
    company_contribution: companyContribution,
    annual_maximum: annualMaximum,
    catch_up: catchUp,
    ...(isHsa(benefit.type) ? { hsa_contribution_limit: hsaLimit } : {}),
  };
}

/** 207 where some parts of a job went well and others did not. */
function codeOf(items: readonly { code: number }[]): number {
  const good = items.filter((item) => item.code < 300).length;
  return good > 0 && good < items.length ? 207 : 200;
}

/** A job as Finch's pages show it: the document knows nothing of `code`. */
export function toManualJob(job: BenefitJob, nowMs: number): Finch.Jobs.ManualAsyncJob & { code: number } {
  const { result } = job;
  if (result === null) {
    const status = nowMs < Date.parse(job.startsAt) ? "pending" : "in_progress";
    return { job_id: job.id, code: 202, status, body: null };
  }
  if (result.items === null) return { job_id: job.id, code: 500, status: "error", body: null };
  return { job_id: job.id, code: codeOf(result.items), status: "complete", body: result.items };
}
