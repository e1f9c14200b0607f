import jobs from "@/sandbox/data/jobs.json";
import { officesOf } from "@/sandbox/seed/company";
import { addDays } from "@/sandbox/seed/dates";
import { individualId } from "@/sandbox/seed/ids";
import { itemAt } from "@/sandbox/seed/item";
import type { Random } from "@/sandbox/seed/random";
import type { CompanyPlan, CustomField, Income, Person } from "@/sandbox/seed/types";

type Kind =
  | "active"
  | "hourly"
  | "contractor"
  | "terminated"
  | "leave"
  | "part_time"
  | "onboarding"
  | "intern"
  | "rehired";

type Employment = Pick<
  Person,
  | "title"
  | "manager"
  | "department"
  | "employment"
  | "start_date"
  | "end_date"
  | "latest_rehire_date"
  | "is_active"
  | "employment_status"
  | "flsa_status"
  | "class_code"
  | "location"
  | "income"
  | "income_history"
  | "custom_fields"
  | "union_code"
  | "union_local"
  | "highly_compensated_employee"
  | "key_employee"
  | "source_id"
>;

// Eleven people stand below the heads of a company of twenty: each kind is there at least once.
const kinds: readonly Kind[] = [
  "active",
  "contractor",
  "terminated",
  "active",
  "leave",
  "hourly",
  "part_time",
  "onboarding",
  "rehired",
  "intern",
  "active",
];
const departmentCount = jobs.departments.length;
const span = 8;

interface Seat {
  department: string;
  classCode: string | null;
  title: string;
  unit: "yearly" | "hourly";
  /** Dollars in the unit. */
  pay: number;
  managerIndex: number | null;
  head: boolean;
}

/** Who sits where: person 0 leads, the next ones head a department each, the others stand in trees of eight. */
function seatOf(index: number, random: Random): Seat {
  if (index === 0) {
    const { department, title, min, max } = jobs.chief;
    return {
      department,
      classCode: "8810",
      title,
      unit: "yearly",
      pay: random.int(min, max),
      managerIndex: null,
      head: true,
    };
  }
  const slot = (index - 1) % departmentCount;
  const rank = Math.floor((index - 1) / departmentCount);
  const department = itemAt(jobs.departments, slot);
  if (rank === 0) {
    const pay = random.int(department.headMin, department.headMax);
    return {
      department: department.name,
      classCode: department.classCode,
      title: department.head,
      unit: "yearly",
      pay,
      managerIndex: 0,
      head: true,
    };
  }
  const [title, unit, min, max] = random.pick(department.titles);
  const managerIndex = 1 + Math.floor((rank - 1) / span) * departmentCount + slot;
  return {
    department: department.name,
    classCode: department.classCode,
    title: String(title),
    unit: unit === "hourly" ? "hourly" : "yearly",
    pay: random.int(Number(min), Number(max)),
    managerIndex,
    head: false,
  };
}

function kindOf(index: number): Kind {
  if (index <= departmentCount) return "active";
  return itemAt(kinds, (index - departmentCount - 1) % kinds.length);
}

/** Newest first, a raise a year, down to the starting pay. Amounts are cents. */
function incomeHistory(
  random: Random,
  unit: Income["unit"],
  dollars: number,
  start: string,
  asOf: string,
): Income[] {
  const history: Income[] = [];
  const step = unit === "hourly" ? 25 : 10_000;
  let amount = dollars * 100;
  let effective = `${Number(asOf.slice(0, 4)) - (asOf.slice(5) < "04-01" ? 1 : 0)}-04-01`;
  while (effective > start && history.length < 6) {
    history.push({ unit, amount, currency: "usd", effective_date: effective });
    amount = Math.round(amount / (1.02 + random.next() * 0.06) / step) * step;
    effective = `${Number(effective.slice(0, 4)) - 1}-04-01`;
  }
  history.push({ unit, amount, currency: "usd", effective_date: start });
  return history;
}

function customFields(random: Random, department: string): CustomField[] {
  return [
    { name: "Cost Center", value: `CC-${100 + department.length * 7}` },
    { name: "Badge Number", value: random.int(1000, 99_999) },
    { name: "Works Remotely", value: random.chance(0.3) },
    { name: "T-Shirt Size", value: random.pick(["S", "M", "L", "XL", null]) },
  ];
}

const subtypes = { contractor: "individual_contractor", part_time: "part_time", intern: "intern" } as const;

function datesOf(kind: Kind, index: number, random: Random, asOf: string) {
  const start = index === 0 ? addDays(asOf, -random.int(3300, 4000)) : addDays(asOf, -random.int(200, 3200));
  if (kind === "onboarding")
    return { start_date: addDays(asOf, random.int(35, 60)), end_date: null, latest_rehire_date: null };
  if (kind === "intern")
    return { start_date: addDays(asOf, -random.int(30, 120)), end_date: null, latest_rehire_date: null };
  if (kind === "terminated")
    return {
      start_date: addDays(start, -400),
      end_date: addDays(asOf, -random.int(20, 150)),
      latest_rehire_date: null,
    };
  if (kind === "rehired")
    return { start_date: addDays(start, -900), end_date: null, latest_rehire_date: start };
  return { start_date: start, end_date: null, latest_rehire_date: null };
}

/** The job of the person at a place of a company. */
export function generateEmployment(plan: CompanyPlan, index: number, random: Random): Employment {
  const seat = seatOf(index, random);
  const kind = kindOf(index);
  const contractor = kind === "contractor";
  const hourly =
    seat.unit === "hourly" || kind === "part_time" || kind === "intern" || kind === "hourly" || contractor;
  // A yearly figure spread over 2,080 working hours, for those paid by the hour.
  const spread =
    hourly && seat.unit === "yearly" ? Math.round(seat.pay / 2080) : Math.round(seat.pay / 500) * 500;
  const dollars = kind === "intern" ? random.int(22, 30) : seat.unit === "hourly" ? seat.pay : spread;
  const unit = hourly ? "hourly" : "yearly";
  const dates = datesOf(kind, index, random, plan.asOf);
  const history = incomeHistory(random, unit, dollars, dates.start_date, dates.end_date ?? plan.asOf);
  const status = kind === "terminated" || kind === "leave" || kind === "onboarding" ? kind : "active";
  const offices = plan.offices ?? officesOf(plan);
  const remote = contractor || random.chance(0.08);
  return {
    title: kind === "intern" ? `${seat.title} Intern` : seat.title,
    manager: seat.managerIndex === null ? null : { id: individualId(plan.idKey, seat.managerIndex) },
    department: contractor && random.chance(0.5) ? null : { name: seat.department },
    employment: {
      type: contractor ? "contractor" : "employee",
      subtype: kind in subtypes ? subtypes[kind as keyof typeof subtypes] : "full_time",
    },
    ...dates,
    is_active: status !== "terminated",
    employment_status: status,
    flsa_status: contractor ? null : hourly ? "non_exempt" : "exempt",
    class_code: contractor ? null : seat.classCode,
    location: remote ? null : (offices[seat.head ? 0 : random.int(0, offices.length - 1)] ?? null),
    income: history[0] ?? null,
    income_history: history,
    custom_fields: customFields(random, seat.department),
    union_code: null,
    union_local: null,
    highly_compensated_employee: contractor ? null : seat.unit === "yearly" && seat.pay > 155_000,
    key_employee: contractor ? null : index === 0,
    source_id: contractor ? null : `E-${String(index + 1001)}`,
  };
}
