import { z } from "zod";
import { toField, type Field, type ReadState } from "@/lib/domain/individuals/field";

/**
 * A W-4 by allow-list: of what Finch gives only what the forms have is here, so that nothing else, a number of a person
 * least of all, reaches a page. Amounts are cents of US dollars, allowances a count.
 */
export type FormView =
  | {
      form: "w4_2020";
      filingStatus: Field<string>;
      children: Field<bigint>;
      otherDependents: Field<bigint>;
      totalCredits: Field<bigint>;
      otherIncome: Field<bigint>;
      deductions: Field<bigint>;
      extraWithholding: Field<bigint>;
      /** Whether step 3 adds up; null where a part of it is missing. */
      addsUp: boolean | null;
    }
  | {
      form: "w4_2005";
      filingStatus: Field<string>;
      allowances: Field<number>;
      additionalWithholding: Field<bigint>;
      exemption: Field<string>;
    }
  /** A kind of form that this release does not know. */
  | { form: "unknown"; type: string | null };

const cents = z
  .number()
  .nullish()
  .transform((value) =>
    value === null || value === undefined || !Number.isFinite(value) ? null : BigInt(Math.round(value)),
  )
  .catch(null);
const words = z.string().nullish().catch(null);

const Form2020 = z.object({
  filing_status: words,
  amount_for_qualifying_children_under_17: cents,
  amount_for_other_dependents: cents,
  total_claim_dependent_and_other_credits: cents,
  other_income: cents,
  deductions: cents,
  extra_withholding: cents,
});

const Form2005 = z.object({
  filing_status: words,
  total_number_of_allowances: z.number().int().nullish().catch(null),
  additional_withholding: cents,
  exemption: words,
});

/** @param state why the form's data is missing, or that it is there */
export function toForm(type: string | null, content: unknown, state: ReadState): FormView {
  const data = typeof content === "object" && content !== null ? content : {};
  if (type === "w4_2020") return toForm2020(data, state);
  if (type === "w4_2005") {
    const form = Form2005.parse(data);
    return {
      form: "w4_2005",
      filingStatus: toField(state, form.filing_status),
      allowances: toField(state, form.total_number_of_allowances),
      additionalWithholding: toField(state, form.additional_withholding),
      exemption: toField(state, form.exemption),
    };
  }
  return { form: "unknown", type };
}

function toForm2020(data: object, state: ReadState): FormView {
  const form = Form2020.parse(data);
  const parts = [form.amount_for_qualifying_children_under_17, form.amount_for_other_dependents];
  const total = form.total_claim_dependent_and_other_credits;
  const [children = null, others = null] = parts;
  return {
    form: "w4_2020",
    filingStatus: toField(state, form.filing_status),
    children: toField(state, children),
    otherDependents: toField(state, others),
    totalCredits: toField(state, total),
    otherIncome: toField(state, form.other_income),
    deductions: toField(state, form.deductions),
    extraWithholding: toField(state, form.extra_withholding),
    // "Other credits" of step 3 have no line of their own: the total may be more, never less.
    addsUp: children === null || others === null || total === null ? null : total >= children + others,
  };
}

/** The filing status alone, for a list. */
export function toFilingStatus(content: unknown, state: ReadState): Field<string> {
  return toField(state, z.object({ filing_status: words }).catch({}).parse(content).filing_status);
}
