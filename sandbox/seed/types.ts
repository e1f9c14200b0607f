/** What a company's data is made from. Everything else follows from these values. */
export interface CompanyPlan {
  /** Decides people and figures: one employer has the same people at every provider. */
  contentKey: string;
  /** Decides ids: two connections of one employer have different ids. */
  idKey: string;
  /** Generated people; those added through the API come on top. */
  size: number;
  /** The day that ages and start dates are counted from. */
  asOf: string;
  legalName: string;
  /** The name of the seed, for the named cases of `data/seeds.json`. */
  seed: string;
  /** What all people share, computed once for a request. */
  domain?: string;
  offices?: Place[];
}

export interface Place {
  line1: string | null;
  line2: string | null;
  city: string | null;
  state: string | null;
  postal_code: string | null;
  country: string | null;
  name?: string | null;
  source_id?: string | null;
}

export interface Contact {
  data: string;
  type: "work" | "personal" | null;
}

export interface Income {
  unit:
    | "yearly"
    | "quarterly"
    | "monthly"
    | "semi_monthly"
    | "bi_weekly"
    | "weekly"
    | "daily"
    | "hourly"
    | "fixed"
    | null;
  /** Cents in the unit. */
  amount: number | null;
  currency: string | null;
  effective_date: string | null;
}

export interface CustomField {
  name?: string | null;
  value?: unknown;
}

/** One person: what Finch spreads over directory, individual and employment. */
export interface Person {
  id: string;
  first_name: string | null;
  middle_name: string | null;
  last_name: string | null;
  preferred_name: string | null;
  emails: Contact[] | null;
  phone_numbers: (Contact | null)[] | null;
  gender: "female" | "male" | "other" | "decline_to_specify" | null;
  ethnicity:
    | "asian"
    | "white"
    | "black_or_african_american"
    | "native_hawaiian_or_pacific_islander"
    | "american_indian_or_alaska_native"
    | "hispanic_or_latino"
    | "two_or_more_races"
    | "decline_to_specify"
    | null;
  marital_status: "single" | "married" | "divorced" | "widowed" | "domestic_partner" | "unknown" | null;
  dob: string | null;
  ssn: string | null;
  encrypted_ssn: string | null;
  residence: Place | null;
  title: string | null;
  manager: { id: string } | null;
  department: { name: string | null } | null;
  employment: {
    type: "employee" | "contractor" | null;
    subtype: "full_time" | "intern" | "part_time" | "temp" | "seasonal" | "individual_contractor" | null;
  } | null;
  start_date: string | null;
  end_date: string | null;
  latest_rehire_date: string | null;
  is_active: boolean | null;
  employment_status:
    "active" | "deceased" | "leave" | "onboarding" | "prehire" | "retired" | "terminated" | null;
  flsa_status: "exempt" | "non_exempt" | "unknown" | null;
  class_code: string | null;
  location: Place | null;
  income: Income | null;
  income_history: (Income | null)[] | null;
  custom_fields: CustomField[] | null;
  union_code: string | null;
  union_local: string | null;
  highly_compensated_employee: boolean | null;
  key_employee: boolean | null;
  source_id: string | null;
}

export interface BankAccount {
  routing_number: string | null;
  account_name: string | null;
  institution_name: string | null;
  account_type: "checking" | "savings" | null;
  account_number: string | null;
}

/** The company without its id, as `PUT /sandbox/company` takes it. */
export interface Company {
  legal_name: string | null;
  entity: {
    type:
      "llc" | "lp" | "corporation" | "sole_proprietor" | "non_profit" | "partnership" | "cooperative" | null;
    subtype: "s_corporation" | "c_corporation" | "b_corporation" | null;
  } | null;
  primary_email: string | null;
  primary_phone_number: string | null;
  departments: ({ name: string | null; parent: { name: string | null } | null } | null)[] | null;
  ein: string | null;
  locations: (Place | null)[] | null;
  accounts: BankAccount[] | null;
}
