import type { W4Form } from "@/sandbox/documents/records";
import type { FamilyMember } from "@/sandbox/seed/family";
import { stableUuid } from "@/sandbox/seed/ids";
import { createRandom, type Random } from "@/sandbox/seed/random";
import type { Person } from "@/sandbox/seed/types";

/** Whose forms they are. */
export interface Filer {
  person: Person;
  family: readonly FamilyMember[];
  /** Decides what is not known of the person; the same for one employer at every provider. */
  contentKey: string;
  /** The day that the forms are read on (YYYY-MM-DD). */
  readOn: string;
}

type Filing2020 = Extract<W4Form, { type: "w4_2020" }>["data"]["filing_status"];

const firstYear = 2005;
const newFormYear = 2020;
// IRS: Form W-4 (2020 to 2025), step 3: 2,000 dollars for a child under 17, 500 for others, below these incomes.
const childCents = 200_000;
const otherCents = 50_000;
const creditLimitCents = { joint: 40_000_000, other: 20_000_000 };

const yearOf = (date: string) => Number(date.slice(0, 4));
const isPartner = (member: FamilyMember) =>
  member.relationship === "spouse" || member.relationship === "domestic_partner";

/** Children under 17 at the end of a year, and the others. */
function dependentsIn(family: readonly FamilyMember[], year: number) {
  const born = family.filter((member) => !isPartner(member) && yearOf(member.birthDate) <= year);
  const young = born.filter((member) => year - yearOf(member.birthDate) < 17).length;
  return { young, others: born.length - young };
}

function filingOf(person: Person, hasChildren: boolean, random: Random): Filing2020 {
  switch (person.marital_status) {
    case "married":
      return random.chance(0.85)
        ? "married_filing_jointly_or_qualifying_surviving_spouse"
        : "single_or_married_filing_separately";
    case "unknown":
    case null:
      return random.chance(0.3) ? null : "single_or_married_filing_separately";
    default:
      return hasChildren ? "head_of_household" : "single_or_married_filing_separately";
  }
}

function yearlyCents({ income }: Person): number {
  const amount = income?.amount ?? 0;
  return income?.unit === "hourly" ? amount * 2080 : income?.unit === "yearly" ? amount : amount * 12;
}

const sometimes = (random: Random, probability: number, most: number, stepCents: number): number =>
  random.chance(probability) ? random.int(1, most) * stepCents : 0;

function form2020({ person, family, contentKey }: Filer, id: string, year: number): W4Form {
  const random = createRandom("w4_2020", contentKey, year);
  const { young, others } = dependentsIn(family, year);
  const filing_status = filingOf(person, young + others > 0, random);
  const limit = creditLimitCents[filing_status?.startsWith("married") ? "joint" : "other"];
  const claims = yearlyCents(person) <= limit;
  const children = claims ? young * childCents : 0;
  const dependents = claims ? others * otherCents : 0;
  return {
    id,
    type: "w4_2020",
    year,
    data: {
      filing_status,
      amount_for_qualifying_children_under_17: children,
      amount_for_other_dependents: dependents,
      total_claim_dependent_and_other_credits: children + dependents,
      other_income: sometimes(random, 0.1, 20, 50_000),
      deductions: sometimes(random, 0.1, 10, 100_000),
      extra_withholding: sometimes(random, 0.15, 8, 2_500),
    },
  };
}

function form2005({ person, family, contentKey }: Filer, id: string, year: number): W4Form {
  const random = createRandom("w4_2005", contentKey, year);
  const { young, others } = dependentsIn(family, year);
  const married = person.marital_status === "married";
  const atSingleRate = married && random.chance(0.2);
  const exempt = random.chance(0.03);
  return {
    id,
    type: "w4_2005",
    year,
    data: {
      filing_status: atSingleRate
        ? "married_but_withhold_at_higher_single_rate"
        : married
          ? "married"
          : "single",
      total_number_of_allowances: exempt ? 0 : 1 + (married ? 1 : 0) + young + others,
      additional_withholding: exempt ? 0 : sometimes(random, 0.15, 8, 2_500),
      exemption: exempt ? "exempt" : "non_exempt",
    },
  };
}

/**
 * The W-4 forms of a person. Who was hired before 2020 filed the old form, and may have filed the new one since;
 * who was hired later, or again, had to file the new one. Contractors file none.
 */
export function formsOf(filer: Filer): W4Form[] {
  const { person, contentKey, readOn } = filer;
  if (person.employment?.type === "contractor") return [];
  const hired = yearOf(person.start_date ?? readOn);
  const again = person.latest_rehire_date === null ? hired : yearOf(person.latest_rehire_date);
  const lastYear = Math.max(yearOf(readOn), again);
  const random = createRandom("w4", contentKey);
  const idOf = (type: string) => stableUuid("document", type, person.id);
  const forms: W4Form[] = [];
  if (hired < newFormYear) forms.push(form2005(filer, idOf("w4_2005"), Math.max(hired, firstYear)));
  if (hired >= newFormYear || again >= newFormYear || random.chance(0.5)) {
    const since = Math.max(again, newFormYear);
    const updated = hired < newFormYear && again < newFormYear ? true : random.chance(0.3);
    forms.push(form2020(filer, idOf("w4_2020"), updated ? random.int(since, lastYear) : since));
  }
  return forms;
}
