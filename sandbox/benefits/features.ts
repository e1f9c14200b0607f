import type Finch from "@tryfinch/finch-api";
import { z } from "zod";
import type { BenefitType } from "@/sandbox/benefits/records";
import data from "@/sandbox/data/benefit-features.json";
import type { Provider } from "@/sandbox/providers";
import type { AuthMethod } from "@/sandbox/records";

const Support = z.enum([
  "supported",
  "not_supported_by_finch",
  "not_supported_by_provider",
  "client_access_only",
]);
const Operations = z.object({ create: Support, update: Support, delete: Support, read: Support });

const Profile = z.object({
  types: z.array(z.string()),
  frequencies: z.array(z.enum(["every_paycheck", "monthly", "one_time"])),
  employee_deduction: z.array(z.enum(["fixed", "percent"])),
  company_contribution: z.array(z.enum(["fixed", "percent", "tiered"])),
  annual_maximum: z.boolean(),
  catch_up: z.boolean(),
  hsa_limit: z.boolean(),
  /** The longest name that the provider takes. */
  description_max: z.number().optional(),
  operations: z.object({ company_benefits: Operations, individual_benefits: Operations }),
});
type Profile = z.infer<typeof Profile>;

const profiles = z.record(z.string(), Profile).parse(data.profiles);
const profileOfProvider: Record<string, string> = data.providers;
const labels: Record<BenefitType, string> = data.types;

export const benefitTypes = Object.keys(labels) as BenefitType[];
const hsa: readonly BenefitType[] = ["hsa_pre", "hsa_post"];
const retirement: readonly BenefitType[] = [
  "401k",
  "401k_roth",
  "403b",
  "403b_roth",
  "457",
  "457_roth",
  "simple",
  "simple_ira",
];

export const isHsa = (type: BenefitType | null) => type !== null && hsa.includes(type);

/** Whether people, not machines, write the deductions of a login: reading is impossible then. */
export const writesByHand = (provider: Provider, method: AuthMethod): boolean =>
  provider.deductions === "assisted" || method === "assisted";

function profileOf(provider: Provider, method: AuthMethod): Profile | null {
  const name = writesByHand(provider, method) ? "assisted" : profileOfProvider[provider.id];
  if (provider.deductions !== "automated" && provider.deductions !== "assisted") return null;
  return profiles[name ?? "full"] ?? null;
}

/** What a provider can do with a kind of deduction; null where it knows no such kind. */
export function benefitFeatures(
  provider: Provider,
  type: BenefitType,
  method: AuthMethod,
): (Finch.HRIS.BenefitFeaturesAndOperations & { supported_features: Finch.HRIS.SupportedBenefit }) | null {
  const profile = profileOf(provider, method);
  if (!profile?.types.includes(type)) return null;
  const loan = type === "401k_loan";
  const saves = retirement.includes(type) || isHsa(type);
  return {
    supported_features: {
      description: labels[type],
      frequencies: profile.frequencies,
      employee_deduction: loan ? ["fixed"] : profile.employee_deduction,
      company_contribution: loan ? [] : profile.company_contribution,
      annual_maximum: saves && profile.annual_maximum,
      catch_up: retirement.includes(type) && profile.catch_up,
      hsa_contribution_limit: isHsa(type) && profile.hsa_limit ? ["family", "individual"] : [],
    },
    supported_operations: profile.operations,
  };
}

/** All kinds of deductions of a provider, null where it lacks one; null where it has no deductions at all. */
export function benefitsSupport(provider: Provider, method: AuthMethod): Finch.HRIS.BenefitsSupport | null {
  if (!profileOf(provider, method)) return null;
  return Object.fromEntries(benefitTypes.map((type) => [type, benefitFeatures(provider, type, method)]));
}

/** Whether deductions can be made or renamed through Finch; some employers must do it at the provider. */
export function companyOperation(provider: Provider, method: AuthMethod, operation: "create" | "update") {
  return profileOf(provider, method)?.operations.company_benefits[operation] ?? "not_supported_by_finch";
}

/** The longest description that a provider takes; null where any length will do. */
export const longestDescription = (provider: Provider, method: AuthMethod): number | null =>
  profileOf(provider, method)?.description_max ?? null;
