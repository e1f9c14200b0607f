import { z } from "zod";
import { amount, asItCame, count, flag, nullable, text, wholeNumber } from "../wire";

export const benefits = z.array(
  z.object({
    benefit_id: z.string().min(1),
    type: text,
    description: text,
    frequency: text,
    company_contribution: asItCame,
  }),
);

export const enrollment = z.object({
  employee_deduction: asItCame,
  company_contribution: asItCame,
  annual_maximum: amount,
  catch_up: flag,
  hsa_contribution_limit: text,
});

export const documents = z.object({
  paging: nullable(z.object({ count, offset: count })),
  documents: z.array(
    z.object({
      id: z.string().min(1),
      individual_id: text,
      type: text,
      year: wholeNumber,
    }),
  ),
});

export const document = z.object({
  type: text,
  year: wholeNumber,
  // The kinds of form differ in all else: `data` is kept as it came.
  data: nullable(z.looseObject({ individual_id: text })),
});
