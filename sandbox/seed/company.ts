import jobs from "@/sandbox/data/jobs.json";
import places from "@/sandbox/data/places.json";
import { itemAt } from "@/sandbox/seed/item";
import { createRandom, type Random } from "@/sandbox/seed/random";
import type { BankAccount, Company, CompanyPlan, Place } from "@/sandbox/seed/types";

// None of these prefixes is given out by the IRS or the American Bankers Association,
// so no number made from them can belong to anybody.
const unusedEinPrefixes = [
  "07",
  "08",
  "09",
  "17",
  "18",
  "19",
  "28",
  "29",
  "49",
  "69",
  "70",
  "78",
  "79",
  "89",
];
const unusedRoutingPrefixes = ["13", "14", "15", "16", "17", "18", "19", "20"];

/** A domain under `.example`, which no mail can reach. */
export function emailDomain(legalName: string): string {
  const slug = legalName
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/-?\b(inc|llc|corp|co|ltd)\b-?/g, "")
    .replace(/^-+|-+$/g, "");
  return `${slug || "company"}.example`;
}

/** The offices of a company; the first is where most people work. */
export function officesOf(plan: CompanyPlan): Place[] {
  const count = plan.size <= 60 ? 3 : places.offices.length;
  const first = createRandom("offices", plan.contentKey).int(0, places.offices.length - 1);
  return Array.from({ length: count }, (_, i) => {
    const { area: _area, ...office } = itemAt(places.offices, (first + i) % places.offices.length);
    return { ...office, source_id: `LOC-${i + 1}` };
  });
}

function routingNumber(random: Random): string {
  const body = random.pick(unusedRoutingPrefixes) + random.digits(6);
  const weights = [3, 7, 1, 3, 7, 1, 3, 7];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(body.charAt(i)), 0);
  return body + String((10 - (sum % 10)) % 10);
}

function bankAccounts(plan: CompanyPlan): BankAccount[] {
  const random = createRandom("accounts", plan.contentKey);
  const account = (name: string, type: "checking" | "savings"): BankAccount => ({
    routing_number: routingNumber(random),
    account_name: name,
    institution_name: "First Emulated Bank, N.A.",
    account_type: type,
    account_number: random.digits(10),
  });
  return [account("PAYROLL CHECKING", "checking"), account("TAX RESERVE", "savings")];
}

/** The company of a plan, without its id. */
export function generateCompany(plan: CompanyPlan): Company {
  const random = createRandom("company", plan.contentKey);
  const entity = random.pick([
    { type: "corporation", subtype: "c_corporation" },
    { type: "corporation", subtype: "s_corporation" },
    { type: "llc", subtype: null },
  ] as const);
  return {
    legal_name: plan.legalName,
    entity,
    primary_email: `payroll@${emailDomain(plan.legalName)}`,
    primary_phone_number: `+1415555${String(random.int(100, 199)).padStart(4, "0")}`,
    departments: [
      { name: jobs.chief.department, parent: null },
      ...jobs.departments.map(({ name, parent }) => ({
        name,
        parent: parent === null ? null : { name: parent },
      })),
    ],
    ein: `${random.pick(unusedEinPrefixes)}-${random.digits(7)}`,
    locations: officesOf(plan),
    accounts: bankAccounts(plan),
  };
}
