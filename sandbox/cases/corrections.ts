import type { Case, CaseEvent } from "@/sandbox/cases/case";
import { editsAt } from "@/sandbox/cases/dates";
import type { Ground, Seedbed } from "@/sandbox/cases/seedbed";
import { earning, runsOf, slipOf, withLines, yearOf } from "@/sandbox/cases/slips";
import { payslips } from "@/sandbox/cases/odd-slips";
import { payrollOf } from "@/sandbox/payroll";
import { People } from "@/sandbox/people";

const corrected = (bed: Seedbed): Ground => bed.ground("Corrected Payroll");
const large = (bed: Seedbed): Ground =>
  bed.ground("Large Payroll", { employeeSize: 7_500, payroll: { payments: 4, startDate: null } });

function plantSlip(ground: Ground, run: number) {
  const payment = runsOf(ground, "Salaried")[run];
  const individual_id = payment?.individual_ids?.[0];
  if (!payment || individual_id === undefined) throw new Error(`there is no salaried run ${run}`);
  return { ...ground.found, payment_id: payment.id, individual_id };
}

/** Somebody of the company who is not on a payment. */
function otherThan(event: CaseEvent, paymentId: string): string {
  const { world, place } = event;
  const { connection, entity } = editsAt(world, place.connection_id);
  const paid = new Set(payrollOf(world, connection, entity, "working").payment(paymentId)?.individual_ids);
  const others = new People(world, connection, entity, "working").page(0, 100);
  const other = others.find(({ id, is_active: active }) => active === true && !paid.has(id));
  if (!other) throw new Error("everybody is on the payment");
  return other.id;
}

/** A run with exactly so many statements. */
function plantLarge(bed: Seedbed, run: number, count: number) {
  const ground = large(bed);
  const payment = ground.payroll.payments("2000-01-01", ground.today)[run];
  if (!payment) throw new Error(`there is no run ${run}`);
  ground.edits.removeStatements(payment.id, (payment.individual_ids ?? []).slice(count));
  const last = payment.individual_ids?.[count - 1];
  return { ...ground.found, payment_id: payment.id, ...(last ? { individual_id: last } : {}) };
}

/** A bonus of last year is taken back by a payment of its own. */
function plantReversal(bed: Seedbed) {
  const ground = payslips(bed);
  const slip = slipOf(ground, 17);
  const bonus = 50_000;
  ground.edits.editStatement(slip.payment_id, slip.individual_id, (statement) =>
    withLines(statement, { earnings: [earning("Referral Bonus", "bonus", bonus)] }),
  );
  const date = `${yearOf(ground)}-01-15`;
  const taken = { amount: -bonus, currency: "usd" };
  const { payment_id } = ground.edits.addPayment({
    start_date: date,
    end_date: date,
    pay_date: date,
    debit_date: date,
    pay_statements: [
      {
        individual_id: slip.individual_id,
        type: "off_cycle_payroll",
        earnings: [earning("Referral Bonus", "bonus", -bonus)],
        taxes: [],
        employee_deductions: [],
        employer_contributions: [],
        gross_pay: taken,
        net_pay: taken,
      },
    ],
  });
  return { ...ground.found, payment_id, individual_id: slip.individual_id };
}

/** What is corrected after it was paid, and what fails while it is read. */
export const corrections: readonly Case[] = [
  { number: 25, title: "A line is reversed by a payment of its own", plant: plantReversal },
  {
    number: 26,
    title: "A payment is deleted",
    plant: (bed) => plantSlip(corrected(bed), 0),
    trigger: ({ world, place }) =>
      editsAt(world, place.connection_id).edits.deletePayment(place.payment_id ?? ""),
  },
  {
    number: 27,
    title: "A statement moves to another person",
    plant: (bed) => plantSlip(corrected(bed), 1),
    trigger: (event) => {
      const { connection_id, payment_id = "", individual_id = "" } = event.place;
      const { edits } = editsAt(event.world, connection_id);
      edits.moveStatement(payment_id, individual_id, otherThan(event, payment_id));
    },
  },
  {
    number: 28,
    title: "The second page of a payment's statements fails once",
    plant: (bed) => plantLarge(bed, 0, 5_001),
    trigger: ({ world, place }) =>
      editsAt(world, place.connection_id).edits.holdStatements(place.payment_id ?? "", {
        code: 502,
        fromOffset: 1,
        times: 1,
      }),
  },
  {
    number: 29,
    title: "A payment shrinks from 5,001 statements to 5,000",
    plant: (bed) => plantLarge(bed, 1, 5_001),
    trigger: ({ world, place }) =>
      editsAt(world, place.connection_id).edits.removeStatements(place.payment_id ?? "", [
        place.individual_id ?? "",
      ]),
  },
  {
    number: 30,
    title: "Statements are still being fetched, then they are there",
    plant: (bed) => plantSlip(corrected(bed), 2),
    trigger: ({ world, place }) =>
      editsAt(world, place.connection_id).edits.holdStatements(place.payment_id ?? "", {
        code: 202,
        times: 2,
      }),
  },
];
