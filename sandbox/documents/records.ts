interface Form2020 {
  filing_status:
    | "head_of_household"
    | "married_filing_jointly_or_qualifying_surviving_spouse"
    | "single_or_married_filing_separately"
    | null;
  /** Amounts are cents. */
  amount_for_qualifying_children_under_17: number;
  amount_for_other_dependents: number;
  total_claim_dependent_and_other_credits: number;
  other_income: number;
  deductions: number;
  extra_withholding: number;
}

interface Form2005 {
  filing_status: "married" | "married_but_withhold_at_higher_single_rate" | "single" | null;
  /** A count, though Finch's reference speaks of cents. */
  total_number_of_allowances: number;
  /** Cents. */
  additional_withholding: number;
  exemption: "exempt" | "non_exempt" | null;
}

/** A W-4 as it was read: of the form before 2020, or of the one since. */
export type W4Form =
  | { id: string; year: number; type: "w4_2020"; data: Form2020 }
  | { id: string; year: number; type: "w4_2005"; data: Form2005 };

/** What the last `w4_form_employee_sync` of a person found; none for people who file no W-4. */
export interface W4Sync {
  connectionId: string;
  entityId: string;
  individualId: string;
  syncedAt: string;
  forms: W4Form[];
}
