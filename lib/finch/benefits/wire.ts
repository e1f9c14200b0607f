import { z } from "zod";
import { amount, asItCame, count, flag, id, nullable, text, wholeNumber } from "../wire";

export const benefits = z.array(
  z.object({
    benefit_id: id,
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
      id,
      individual_id: nullable(id),
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
