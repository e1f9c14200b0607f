/*
 * Words for Finch's enums (API-SURFACE §4 and §6). Finch adds values at any time without a version bump,
 * so a value that is not here is shown as it came.
 */
const labels = {
  employmentStatus: {
    active: "Active",
    deceased: "Deceased",
    leave: "On leave",
    onboarding: "Onboarding",
    prehire: "Not started yet",
    retired: "Retired",
    terminated: "Terminated",
  },
  employmentType: { employee: "Employee", contractor: "Contractor" },
  employmentSubtype: {
    full_time: "Full time",
    part_time: "Part time",
    intern: "Intern",
    temp: "Temporary",
    seasonal: "Seasonal",
    individual_contractor: "Individual contractor",
  },
  flsaStatus: { exempt: "Exempt", non_exempt: "Non-exempt", unknown: "Unknown" },
  incomeUnit: {
    yearly: "a year",
    quarterly: "a quarter",
    monthly: "a month",
    semi_monthly: "twice a month",
    bi_weekly: "every two weeks",
    weekly: "a week",
    daily: "a day",
    hourly: "an hour",
    fixed: "fixed",
  },
  gender: {
    female: "Female",
    male: "Male",
    other: "Other",
    decline_to_specify: "Declined to say",
  },
  ethnicity: {
    asian: "Asian",
    white: "White",
    black_or_african_american: "Black or African American",
    native_hawaiian_or_pacific_islander: "Native Hawaiian or Pacific Islander",
    american_indian_or_alaska_native: "American Indian or Alaska Native",
    hispanic_or_latino: "Hispanic or Latino",
    two_or_more_races: "Two or more races",
    decline_to_specify: "Declined to say",
  },
  maritalStatus: {
    single: "Single",
    married: "Married",
    divorced: "Divorced",
    widowed: "Widowed",
    domestic_partner: "Domestic partner",
    unknown: "Unknown",
  },
  contactType: { work: "Work", personal: "Personal" },
  entityType: {
    llc: "LLC",
    lp: "Limited partnership",
    corporation: "Corporation",
    sole_proprietor: "Sole proprietor",
    non_profit: "Nonprofit",
    partnership: "Partnership",
    cooperative: "Cooperative",
  },
  entitySubtype: {
    s_corporation: "S corporation",
    c_corporation: "C corporation",
    b_corporation: "B corporation",
  },
  accountType: { checking: "Checking", savings: "Savings" },
  payFrequency: {
    annually: "Annually",
    semi_annually: "Twice a year",
    quarterly: "Quarterly",
    monthly: "Monthly",
    semi_monthly: "Twice a month",
    bi_weekly: "Every two weeks",
    weekly: "Weekly",
    daily: "Daily",
    custom: "Custom",
    other: "Other",
  },
  documentType: { w4_2020: "W-4 (2020 and later)", w4_2005: "W-4 (2019 and earlier)" },
  w4FilingStatus: {
    single: "Single",
    married: "Married",
    married_but_withhold_at_higher_single_rate: "Married, but withhold at the higher single rate",
    single_or_married_filing_separately: "Single or married filing separately",
    married_filing_jointly_or_qualifying_surviving_spouse:
      "Married filing jointly or qualifying surviving spouse",
    head_of_household: "Head of household",
  },
  w4Exemption: { exempt: "Exempt from withholding", non_exempt: "Not exempt" },
  product: {
    company: "Company",
    directory: "Directory",
    individual: "Individual",
    ssn: "Social Security number",
    employment: "Employment",
    payment: "Payments",
    pay_statement: "Pay statements",
    benefits: "Deductions",
    deduction: "Deductions",
    documents: "Documents",
  },
  integrationKind: { automated: "Automated", assisted: "Assisted" },
} as const satisfies Record<string, Record<string, string>>;

export type EnumName = keyof typeof labels;

/** The words for a value of one of Finch's enums; an unknown value comes back unchanged, null stays null. */
export function enumLabel(name: EnumName, value: string): string;
export function enumLabel(name: EnumName, value: string | null | undefined): string | null;
export function enumLabel(name: EnumName, value: string | null | undefined): string | null {
  if (value === null || value === undefined || value === "") return null;
  const words: Record<string, string> = labels[name];
  return Object.hasOwn(words, value) ? (words[value] ?? value) : value;
}

/** The known values of an enum with their words, for filters and forms. */
export function enumOptions(name: EnumName): { value: string; label: string }[] {
  return Object.entries(labels[name]).map(([value, label]) => ({ value, label }));
}
