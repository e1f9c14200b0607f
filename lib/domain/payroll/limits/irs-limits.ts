/**
 * The yearly limits that Perch knows (DOMAIN §4), each with its source and the day on which it was compared with it.
 * A year that is not here does not exist for any rule: no other year's figure ever stands in.
 */

export const limitKeys = [
  "elective_deferral",
  "deferral_457b",
  "catch_up_50",
  "super_catch_up",
  "annual_additions",
  "plan_compensation",
  "simple",
  "simple_enhanced",
  "simple_catch_up",
  "simple_catch_up_enhanced",
  "simple_super_catch_up",
  "roth_catch_up_wages",
  "hsa_self",
  "hsa_family",
  "hsa_catch_up",
  "fsa_medical",
  "fsa_carry_over",
  "dependent_care",
  "dependent_care_separate",
  "commuter_month",
  "social_security_base",
] as const;
export type LimitKey = (typeof limitKeys)[number];

export interface LimitSource {
  title: string;
  /** Null where the document has no address that stays. */
  url: string | null;
  /** ISO day on which the figures were compared with it. */
  checkedOn: string;
}

const checkedOn = "2026-11-22";
const cola: LimitSource = {
  title: "IRS, COLA increases for dollar limitations on benefits and contributions (IR-2025-111)",
  url: "https://www.irs.gov/retirement-plans/cola-increases-for-dollar-limitations-on-benefits-and-contributions",
  checkedOn,
};
const notices: LimitSource = {
  title: "Pages quoting IRS Notice 2024-80 (2025) and Notice 2025-67 (2026)",
  url: null,
  checkedOn,
};
const procedures: LimitSource = {
  title: "Pages quoting Rev. Proc. 2025-32 (2026) and those of the years before",
  url: null,
  checkedOn,
};
const savings: LimitSource = {
  title: "Pages quoting Rev. Proc. 2025-19 (2026) and those of the years before",
  url: null,
  checkedOn,
};
const care: LimitSource = {
  title: "Internal Revenue Code §129, as amended from 2026 on; pages quoting it",
  url: null,
  checkedOn,
};
const base: LimitSource = {
  title: "Social Security Administration, contribution and benefit base",
  url: "https://www.ssa.gov/oact/cola/cbb.html",
  checkedOn,
};

/** "none": the limit did not exist in that year. Left out: not entered. */
type YearAmount = { dollars: number; unconfirmed?: true } | "none";

export interface IrsLimit {
  key: LimitKey;
  label: string;
  note: string | null;
  years: Readonly<Record<number, YearAmount>>;
  source: LimitSource;
}

const firstYear = 2024;

/** Figures of 2024 and the years after it, in dollars. */
function limit(
  key: LimitKey,
  label: string,
  figures: readonly (number | "none" | { dollars: number; unconfirmed: true })[],
  source: LimitSource,
  note: string | null = null,
): IrsLimit {
  const years = figures.map((figure, place) => [
    firstYear + place,
    typeof figure === "number" ? { dollars: figure } : figure,
  ]);
  return { key, label, note, years: Object.fromEntries(years) as IrsLimit["years"], source };
}

const unconfirmed = (dollars: number) => ({ dollars, unconfirmed: true }) as const;
const sixties = "Instead of the ordinary catch-up, in the years in which somebody turns 60 to 63.";

export const irsLimits: readonly IrsLimit[] = [
  limit("elective_deferral", "Elective deferrals, 402(g)", [23_000, 23_500, 24_500], cola),
  limit("deferral_457b", "457(b) deferrals", [23_000, 23_500, 24_500], cola),
  limit("catch_up_50", "Catch-up from age 50", [7_500, 7_500, 8_000], cola),
  limit("super_catch_up", "Catch-up at 60 to 63", ["none", 11_250, 11_250], cola, sixties),
  limit("annual_additions", "Annual additions, 415(c)", [69_000, 70_000, 72_000], cola, "Without catch-up."),
  limit("plan_compensation", "Plan compensation, 401(a)(17)", [345_000, 350_000, 360_000], cola),
  limit("simple", "SIMPLE deferrals", [16_000, 16_500, 17_000], cola),
  limit("simple_enhanced", "SIMPLE deferrals, enhanced", [17_600, 17_600, 18_100], notices),
  limit("simple_catch_up", "SIMPLE catch-up", [3_500, 3_500, 4_000], cola),
  limit("simple_catch_up_enhanced", "SIMPLE catch-up, enhanced", [3_850, 3_850, unconfirmed(3_850)], notices),
  limit("simple_super_catch_up", "SIMPLE catch-up at 60 to 63", ["none", 5_250, 5_250], cola, sixties),
  limit(
    "roth_catch_up_wages",
    "Wages above which catch-up must be Roth",
    ["none", "none", 150_000],
    notices,
    "Social security wages of the year before, from the same employer.",
  ),
  limit("hsa_self", "HSA, self-only", [4_150, 4_300, 4_400], savings, "Employee and employer together."),
  limit("hsa_family", "HSA, family", [8_300, 8_550, 8_750], savings, "Employee and employer together."),
  limit("hsa_catch_up", "HSA catch-up from age 55", [1_000, 1_000, 1_000], savings),
  limit("fsa_medical", "Health FSA", [3_200, 3_300, 3_400], procedures),
  limit("fsa_carry_over", "Health FSA carry-over", [640, 660, 680], procedures),
  limit(
    "dependent_care",
    "Dependent care",
    [5_000, 5_000, 7_500],
    care,
    "Of a household, with the employer's.",
  ),
  limit("dependent_care_separate", "Dependent care, filing separately", [2_500, 2_500, 3_750], care),
  limit("commuter_month", "Commuter, a month", [315, 325, 340], procedures, "Parking and transit each."),
  limit("social_security_base", "Social security wage base", [168_600, 176_100, 184_500], base),
];
