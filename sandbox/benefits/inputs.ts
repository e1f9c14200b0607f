import { z } from "zod";
import { benefitTypes } from "@/sandbox/benefits/features";
import type { BenefitType, Configuration, EnrollItem } from "@/sandbox/benefits/records";
import { maxItems } from "@/sandbox/validate";

const Type = z.custom<BenefitType>(
  (value) => benefitTypes.some((type) => type === value),
  `must be one of ${benefitTypes.join(", ")}`,
);
const Frequency = z.enum(["every_paycheck", "monthly", "one_time"]);
const basisPoints = z.number().int().min(1).max(10_000);
const Tiers = z.array(z.object({ match: basisPoints, threshold: basisPoints })).min(1);

/** What registering takes; creating takes a company match on top. */
export const RegisterInput = z.object({
  type: Type.nullish(),
  description: z.string().optional(),
  frequency: Frequency.nullish(),
});

export const CreateInput = z.object({
  ...RegisterInput.shape,
  company_contribution: z.object({ type: z.literal("match"), tiers: Tiers.max(3) }).nullish(),
});

export const UpdateInput = z.object({ description: z.string().optional() });

const amount = z.number().int().min(0).max(100_000_000_000);

/** ISO in the document, `mm/dd/yyyy` on Finch's page; either is read. */
const Day = z
  .string()
  .transform((text) => text.replace(/^(\d{2})\/(\d{2})\/(\d{4})$/, "$3-$1-$2"))
  .pipe(z.iso.date());

const ConfigurationInput = z.object({
  employee_deduction: z
    .object({ type: z.enum(["fixed", "percent"]).optional(), amount: amount.optional() })
    .nullish(),
  company_contribution: z
    .object({
      type: z.enum(["fixed", "percent", "tiered"]).optional(),
      amount: amount.nullish(),
      tiers: Tiers.nullish(),
    })
    .nullish(),
  annual_maximum: amount.nullish(),
  annual_contribution_limit: z.enum(["individual", "family"]).nullish(),
  catch_up: z.boolean().nullish(),
  effective_date: Day.nullish(),
});
type ConfigurationInput = z.infer<typeof ConfigurationInput>;

/** A bare list: each entry sets the whole configuration of one person. */
export const EnrollInput = z
  .array(z.object({ individual_id: z.string().min(1), configuration: ConfigurationInput.nullish() }))
  .max(maxItems);
export type EnrollInput = z.infer<typeof EnrollInput>;

export const UnenrollInput = z.object({ individual_ids: z.array(z.string()).max(maxItems).default([]) });

type Part<T> = T | "incomplete";

function employeePart(
  input: ConfigurationInput["employee_deduction"],
): Part<Configuration["employeeDeduction"]> {
  if (!input) return null;
  const { type, amount: value } = input;
  return type === undefined || value === undefined ? "incomplete" : { type, amount: value };
}

function companyPart(
  input: ConfigurationInput["company_contribution"],
): Part<Configuration["companyContribution"]> {
  if (!input) return null;
  if (input.type === "tiered") return input.tiers ? { type: "tiered", tiers: input.tiers } : "incomplete";
  if (input.type === undefined || typeof input.amount !== "number") return "incomplete";
  return { type: input.type, amount: input.amount };
}

/** One entry as it is kept; null where a deduction or contribution lacks its type or amount. */
export function toEnrollItem(entry: EnrollInput[number]): EnrollItem | null {
  const input = entry.configuration ?? {};
  const employeeDeduction = employeePart(input.employee_deduction);
  const companyContribution = companyPart(input.company_contribution);
  if (employeeDeduction === "incomplete" || companyContribution === "incomplete") return null;
  return {
    individualId: entry.individual_id,
    effectiveDate: input.effective_date ?? null,
    configuration: {
      employeeDeduction,
      companyContribution,
      annualMaximum: input.annual_maximum ?? null,
      catchUp: input.catch_up ?? null,
      hsaLimit: input.annual_contribution_limit ?? null,
    },
  };
}
