import type { Case } from "@/sandbox/cases/case";
import type { Ground, Seedbed } from "@/sandbox/cases/seedbed";
import { runsOf, yearOf } from "@/sandbox/cases/slips";
import { backToBusinessDay, dateOf, dayOf } from "@/sandbox/payroll/calendar";
import { payrollEdits } from "@/sandbox/payroll";
import type { World } from "@/sandbox/call";

const dates = (bed: Seedbed): Ground => bed.ground("Odd Dates");

/** The edits of the company that a case was planted in. */
export function editsAt(world: World, connectionId: string) {
  const connection = world.store.connections.get(connectionId);
  const entity = connection?.entities[0];
  if (!connection || !entity) throw new Error(`there is no connection ${connectionId}`);
  return { connection, entity, edits: payrollEdits(world, connection, entity) };
}

/** A run of a few people with dates of its own. */
function plantRun(ground: Ground, start: string, end: string, payDate: string | null) {
  const [salaried] = runsOf(ground, "Salaried");
  const people = salaried?.individual_ids ?? [];
  const statements = people.map((individual_id) => ({ individual_id }));
  const { payment_id } = ground.edits.addPayment({
    start_date: start,
    end_date: end,
    pay_date: payDate,
    debit_date: payDate,
    pay_statements: statements,
  });
  return { ...ground.found, payment_id };
}

/** Bi-weekly runs paid on Wednesdays: 3 January 2024 is the first of 27 in that year. */
function plantTwentySevenPays(bed: Seedbed) {
  const ground = bed.ground("Twenty-Seven Pays", {
    employeeSize: 6,
    payroll: { payments: 1_000, startDate: "2024-01-01" },
  });
  const runs = ground.payroll.payments("2024-01-01", "2025-01-31");
  for (const run of runs) {
    const day = dayOf(run.pay_date);
    if (day !== null) ground.edits.editPayment(run.id, { pay_date: dateOf(backToBusinessDay(day - 2)) });
  }
  const last = runs.find((run) => run.pay_date === "2025-01-03");
  return { ...ground.found, ...(last ? { payment_id: last.id } : {}) };
}

function plantFiftyThreeWeeks(bed: Seedbed) {
  const ground = bed.ground("Fifty-Three Weeks", { payroll: { payments: null, startDate: "2020-01-01" } });
  const weekly = ground.payroll.payGroups().find(({ pay_frequencies: [every] }) => every === "weekly");
  // A run that pays nobody is none, and the company may have hired them later.
  const [id = ""] = weekly?.individual_ids ?? [];
  const employed = { start_date: "2019-06-03", end_date: null, latest_rehire_date: null };
  ground.write(id, employed);
  ground.edits.employ(id, null, employed);
  const last = ground.payroll
    .payments("2020-12-31", "2020-12-31")
    .find((run) => run.pay_frequencies?.includes("weekly"));
  return { ...ground.found, ...(last ? { payment_id: last.id } : {}) };
}

/** Pay dates at the edges of years, and years with a pay more. */
export const oddDates: readonly Case[] = [
  {
    number: 1,
    title: "A period of two years, 27 December to 9 January, paid on 3 January",
    plant: (bed) => {
      const ground = dates(bed);
      const year = yearOf(ground);
      return plantRun(ground, `${year - 1}-12-27`, `${year}-01-09`, `${year}-01-03`);
    },
  },
  {
    number: 2,
    title: "A pay date moves from 31 December to 2 January",
    plant: (bed) => {
      const ground = dates(bed);
      const year = yearOf(ground, -1);
      return plantRun(ground, `${year}-12-14`, `${year}-12-27`, `${year}-12-31`);
    },
    trigger: ({ world, place }) => {
      const { edits } = editsAt(world, place.connection_id);
      const year = Number(world.clock.iso().slice(0, 4));
      edits.editPayment(place.payment_id ?? "", { pay_date: `${year}-01-02` });
    },
  },
  {
    number: 3,
    title: "A payment without a pay date",
    plant: (bed) => {
      const ground = dates(bed);
      const year = yearOf(ground);
      return plantRun(ground, `${year}-02-01`, `${year}-02-14`, null);
    },
  },
  {
    number: 4,
    title: "A payment that is yet to be paid",
    plant: (bed) => {
      const ground = dates(bed);
      const next = ground.payroll
        .payments(ground.today, "2100-01-01")
        .find((run) => (run.pay_date ?? "") > ground.today);
      return { ...ground.found, ...(next ? { payment_id: next.id } : {}) };
    },
  },
  { number: 5, title: "Twenty-seven bi-weekly pay dates in a year (2024)", plant: plantTwentySevenPays },
  { number: 6, title: "Fifty-three weekly pay dates in a year (2020)", plant: plantFiftyThreeWeeks },
  {
    number: 7,
    title: "A webhook that writes a pay date as 10-23-2023",
    plant: (bed) => {
      const ground = bed.ground("Old Payroll", { payroll: { payments: null, startDate: "2023-01-01" } });
      const run = ground.payroll.payments("2023-10-01", "2023-10-31")[0];
      if (run) ground.edits.editPayment(run.id, { pay_date: "2023-10-23" });
      return { ...ground.found, ...(run ? { payment_id: run.id } : {}) };
    },
    trigger: ({ world, place }) => {
      const { connection, entity } = editsAt(world, place.connection_id);
      world.changes.tell({
        connectionId: connection.id,
        entityId: entity.id,
        at: world.clock.now(),
        change: {
          event: "payment.updated",
          paymentId: place.payment_id ?? "",
          // As Finch's guide writes it, whatever the endpoint asked for.
          payDate: "10-23-2023",
        },
      });
    },
  },
  {
    number: 31,
    title: "Two pay groups are paid on one day",
    plant: (bed) => {
      const ground = dates(bed);
      const [salaried] = runsOf(ground, "Salaried");
      const payDate = salaried?.pay_date ?? null;
      const sameDay = (group: string) => runsOf(ground, group).find((run) => run.pay_date === payDate);
      const other = sameDay("Hourly") ?? runsOf(ground, "Part-Time and Interns")[1];
      if (other && other.pay_date !== payDate) ground.edits.editPayment(other.id, { pay_date: payDate });
      return { ...ground.found, ...(other ? { payment_id: other.id } : {}) };
    },
  },
  {
    number: 38,
    title: "A provider whose history begins in the middle of a year",
    plant: (bed) => {
      const ground = bed.ground("Short History", {
        provider: "paychex_flex",
        payroll: { payments: null, startDate: `${Number(bed.world.clock.iso().slice(0, 4)) - 3}-01-01` },
      });
      const [first] = ground.payroll.payments("2000-01-01", ground.today);
      return { ...ground.found, ...(first ? { payment_id: first.id } : {}) };
    },
  },
];
