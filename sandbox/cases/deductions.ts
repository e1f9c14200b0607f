import { findBenefit, standingBenefitId } from "@/sandbox/benefits/catalog";
import { recordVersion } from "@/sandbox/benefits/enrollments";
import { nextPlace } from "@/sandbox/benefits/keys";
import { orderOutcome } from "@/sandbox/benefits/orders";
import type { Benefit, Configuration } from "@/sandbox/benefits/records";
import type { Case, CaseEvent, CasePlace } from "@/sandbox/cases/case";
import type { Ground, Seedbed } from "@/sandbox/cases/seedbed";
import { deduction, earning, runsOf, yearOf } from "@/sandbox/cases/slips";
import { stableUuid } from "@/sandbox/seed/ids";

const deductions = (bed: Seedbed): Ground => bed.ground("Odd Deductions", { employeeSize: 60 });
const at = (ground: Ground, individual_id: string): CasePlace => ({ ...ground.found, individual_id });

const nothing: Configuration = {
  employeeDeduction: null,
  companyContribution: null,
  annualMaximum: null,
  catchUp: null,
  hsaLimit: null,
};

/** Somebody of a pay group. */
function member(ground: Ground, group: string, place: number): string {
  const found = ground.payroll.payGroups().find(({ name }) => name === group)?.individual_ids[place];
  if (found === undefined) throw new Error(`pay group ${group} has no place ${place}`);
  return found;
}

/** Somebody of a pay group who is paid since last year began. */
function lastingMember(ground: Ground, group: string): string {
  const [ids = [], ...runs] = runsOf(ground, group).map((run) => run.individual_ids ?? []);
  const found = ids.find((id) => runs.at(-1)?.includes(id));
  if (found === undefined) throw new Error(`nobody of pay group ${group} is paid all the time`);
  return found;
}

/** Enrolls somebody as if it had been done before last year began. */
function enroll(bed: Seedbed, ground: Ground, benefit: Benefit, id: string, values: Partial<Configuration>) {
  const recordedAt = `${yearOf(ground, -2)}-12-31T00:00:00.000Z`;
  const configuration = { ...nothing, ...values };
  recordVersion(bed.world, benefit, id, { recordedAt, effectiveDate: null, configuration });
}

function retirement(bed: Seedbed, ground: Ground): Benefit {
  const { connection, entity } = ground;
  const benefit = findBenefit(bed.world, connection, entity, standingBenefitId(connection, entity, "401k"));
  if (!benefit) throw new Error("the company has no 401(k)");
  return benefit;
}

function addBenefit(
  bed: Seedbed,
  ground: Ground,
  wanted: Pick<Benefit, "type" | "frequency" | "description"> & Partial<Pick<Benefit, "companyContribution">>,
): Benefit {
  const id = stableUuid("case benefit", ground.found.connection_id, wanted.description ?? "");
  return bed.world.store.benefits.set(id, {
    id,
    place: nextPlace(bed.world.store.benefits.group(ground.connection.id)),
    connectionId: ground.connection.id,
    entityId: ground.entity.id,
    companyContribution: null,
    setUp: true,
    ...wanted,
  });
}

/** More than 402(g) allows is deferred in March and comes back in November. Cents. */
function plantRefund(bed: Seedbed): CasePlace {
  const ground = deductions(bed);
  const individual_id = member(ground, "Salaried", 1);
  const year = yearOf(ground, -1);
  const pay = (date: string, gross: number, deferred: number): string =>
    ground.edits.addPayment({
      start_date: date,
      end_date: date,
      pay_date: date,
      debit_date: date,
      pay_statements: [
        {
          individual_id,
          type: "off_cycle_payroll",
          earnings: gross === 0 ? [] : [earning("Annual Bonus", "bonus", gross)],
          taxes: [],
          employee_deductions: [deduction("401(k)", "401k", deferred, true)],
          employer_contributions: [],
          gross_pay: { amount: gross, currency: "usd" },
          net_pay: { amount: gross - deferred, currency: "usd" },
        },
      ],
    }).payment_id;
  pay(`${year}-03-14`, 3_200_000, 2_600_000);
  return { ...at(ground, individual_id), payment_id: pay(`${year}-11-14`, 0, -400_000) };
}

const enrollPath = "POST /employer/benefits/{benefit_id}/individuals";

const order =
  (kind: "omit" | "every_item") =>
  ({ world, place }: CaseEvent): void => {
    orderOutcome(world, {
      connectionId: place.connection_id,
      kind,
      ...(kind === "omit" && place.individual_id ? { individualId: place.individual_id } : {}),
    });
  };

/** Deductions that payroll takes in a way nobody expects, and changes that go wrong. */
export const oddDeductions: readonly Case[] = [
  { number: 40, title: "More deferred than 402(g) allows, then refunded", plant: plantRefund },
  {
    number: 41,
    title: "A deduction of 10,000 basis points: all of the pay",
    plant: (bed) => {
      const ground = deductions(bed);
      const id = member(ground, "Salaried", 2);
      enroll(bed, ground, retirement(bed, ground), id, {
        employeeDeduction: { type: "percent", amount: 10_000 },
      });
      return at(ground, id);
    },
  },
  {
    number: 42,
    title: "An annual maximum that is reached within a pay",
    plant: (bed) => {
      const ground = deductions(bed);
      const id = member(ground, "Salaried", 3);
      enroll(bed, ground, retirement(bed, ground), id, {
        employeeDeduction: { type: "fixed", amount: 100_000 },
        annualMaximum: 1_250_000,
      });
      return at(ground, id);
    },
  },
  {
    number: 43,
    title: "A one-time deduction is accepted, and its answer lost",
    plant: (bed) => {
      const ground = deductions(bed);
      addBenefit(bed, ground, {
        type: "custom_post_tax",
        frequency: "one_time",
        description: "Case 43: Equipment",
      });
      return at(ground, member(ground, "Salaried", 4));
    },
    trigger: ({ desk }) => {
      desk.faults.add({ operation: enrollPath, kind: "reset", times: 1 });
    },
  },
  {
    number: 44,
    title: "A job that is complete lacks one person",
    plant: (bed) => at(deductions(bed), member(deductions(bed), "Salaried", 5)),
    trigger: order("omit"),
  },
  {
    number: 45,
    title: "A job that answers 200 with every item 500",
    plant: (bed) => at(deductions(bed), member(deductions(bed), "Salaried", 6)),
    trigger: order("every_item"),
  },
  {
    number: 46,
    title: "A monthly deduction on bi-weekly pay",
    plant: (bed) => {
      const ground = deductions(bed);
      const wanted = {
        type: "custom_post_tax",
        frequency: "monthly",
        description: "Case 46: Parking",
      } as const;
      const id = lastingMember(ground, "Hourly");
      enroll(bed, ground, addBenefit(bed, ground, wanted), id, {
        employeeDeduction: { type: "fixed", amount: 8_000 },
      });
      return at(ground, id);
    },
  },
  {
    number: 52,
    title: "Tiers of a match in reverse order",
    plant: (bed) => {
      const ground = deductions(bed);
      const tiers = [
        { match: 5_000, threshold: 500 },
        { match: 10_000, threshold: 300 },
      ];
      const id = member(ground, "Salaried", 0);
      enroll(bed, ground, retirement(bed, ground), id, {
        employeeDeduction: { type: "percent", amount: 600 },
        companyContribution: { type: "tiered", tiers },
      });
      return at(ground, id);
    },
  },
];
