import { benefitFeatures, isHsa, longestDescription, writesByHand } from "@/sandbox/benefits/features";
import { invalidBenefit, unprocessableParameters, unsupportedParameters } from "@/sandbox/benefits/errors";
import type { Benefit, BenefitFrequency, BenefitType, Configuration } from "@/sandbox/benefits/records";
import type { Caller } from "@/sandbox/call";
import { notImplemented, type FinchError } from "@/sandbox/errors";

const featuresOf = ({ provider, account }: Caller, type: BenefitType) =>
  benefitFeatures(provider, type, account.authenticationType)?.supported_features ?? null;

export const isWrittenByHand = ({ provider, account }: Caller): boolean =>
  writesByHand(provider, account.authenticationType);

/** Finch's people only write: what they wrote cannot be read (Finch: Write Deductions, "Assisted"). */
export function requireReading(caller: Caller): void {
  if (isWrittenByHand(caller))
    throw notImplemented(`Deductions of ${caller.provider.display_name} can only be written`);
}

/** @throws FinchError where the provider does not take a name of this length */
export function requireShortName(
  caller: Caller,
  description: string | null,
  toError: (message: string) => FinchError,
): void {
  const longest = longestDescription(caller.provider, caller.account.authenticationType);
  if (longest !== null && description !== null && description.length > longest)
    throw toError(`${caller.provider.display_name} takes descriptions of up to ${longest} characters`);
}

/** @throws FinchError 400 where type or frequency are missing, 422 where the provider lacks them */
export function requireOffered(
  caller: Caller,
  wanted: { type?: BenefitType | null; frequency?: BenefitFrequency | null; matches?: boolean },
): { type: BenefitType; frequency: BenefitFrequency } {
  const { type, frequency } = wanted;
  if (!type) throw invalidBenefit("Invalid request: type is required");
  if (!frequency) throw invalidBenefit("Invalid request: frequency is required");
  const name = caller.provider.display_name;
  const features = featuresOf(caller, type);
  if (!features) throw unsupportedParameters(`${name} does not support the benefit type ${type}`);
  if (!features.frequencies.includes(frequency))
    throw unsupportedParameters(`${name} does not support the frequency ${frequency} for ${type}`);
  if (wanted.matches && !features.company_contribution?.includes("tiered"))
    throw unsupportedParameters(`${name} does not support a company match for ${type}`);
  return { type, frequency };
}

/** What a provider cannot do of one person's configuration, in words; null where it can do all. */
function unsupportedPart(caller: Caller, benefit: Benefit, configuration: Configuration): string | null {
  const features = benefit.type && featuresOf(caller, benefit.type);
  if (!features) return "this benefit type";
  const { employeeDeduction, companyContribution, annualMaximum, catchUp, hsaLimit } = configuration;
  if (employeeDeduction && !features.employee_deduction?.includes(employeeDeduction.type))
    return `employee_deduction of the type ${employeeDeduction.type}`;
  // Finch's own examples send a contribution of nothing where there is none.
  const gives =
    companyContribution && (companyContribution.type === "tiered" || companyContribution.amount > 0);
  if (gives && !features.company_contribution?.includes(companyContribution.type))
    return `company_contribution of the type ${companyContribution.type}`;
  if (annualMaximum !== null && !features.annual_maximum) return "annual_maximum";
  // Features call catch-up a matter of retirement alone, the page on enrolling has it for HSAs too.
  if (catchUp === true && !features.catch_up && !isHsa(benefit.type)) return "catch_up";
  if (hsaLimit !== null && !features.hsa_contribution_limit?.length) return "annual_contribution_limit";
  return null;
}

const isMoreThanAll = (part: { type: string; amount?: number } | null) =>
  part?.type === "percent" && (part.amount ?? 0) > 10_000;

/** @throws FinchError 422 where the provider or the benefit does not support a configuration */
export function requireSupported(caller: Caller, benefit: Benefit, configuration: Configuration): void {
  const unsupported = unsupportedPart(caller, benefit, configuration);
  if (unsupported !== null)
    throw unprocessableParameters(
      `${caller.provider.display_name} does not support ${unsupported} for ${benefit.type ?? "this benefit"}`,
    );
  if (isMoreThanAll(configuration.employeeDeduction) || isMoreThanAll(configuration.companyContribution))
    throw unprocessableParameters("A percentage cannot be more than 10000 basis points");
}
