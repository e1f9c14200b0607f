import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Happened } from "@/sandbox/changes";
import { groupOf, runId, runsBetween } from "@/sandbox/payroll/runs";
import { PayrollView } from "@/sandbox/payroll/view";
import { addPerson, writePerson } from "@/sandbox/people";
import { TestCompany } from "@/sandbox/testing/payroll";

const now = "2026-09-10T12:00:00Z";
const newId = "7d3e1a52-5b1c-4c36-9a53-0d5b8a3f2c11";
const names = (acme: TestCompany) => acme.payroll.payGroups().map(({ name }) => name);

/** Nobody of a company of six works by the hour. */
const small = () => new TestCompany({ now, employeeSize: 6 });

function hire(acme: TestCompany, startDate: string): void {
  addPerson(acme.world, { connection: acme.connection, entity: acme.entity }, newId, {
    start_date: startDate,
    employment: { type: "employee", subtype: "full_time" },
    income: { unit: "hourly", amount: 3_000, currency: "usd", effective_date: null },
  });
}

/** What the seed makes of a calendar, whether it pays anybody or not. */
function planned(acme: TestCompany): string[] {
  const { plan, today } = new PayrollView(acme.world, acme.connection, acme.entity, "published");
  return runsBetween(plan, 0, today + 60, today).map((run) => runId(plan, run));
}

describe("a generated payment", () => {
  it("pays somebody, in companies of every size", () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.string({ minLength: 1, maxLength: 8 }),
          employeeSize: fc.integer({ min: 1, max: 40 }),
          startDate: fc.constantFrom(null, "2020-01-01"),
        }),
        ({ startDate, ...wanted }) => {
          const acme = new TestCompany({ now, ...wanted, payroll: { payments: null, startDate } });
          const payments = acme.payments();
          expect(payments.filter((payment) => payment.individual_ids?.length === 0)).toEqual([]);
          const listed = new Set(payments.map(({ id }) => id));
          for (const id of planned(acme)) expect(acme.payroll.payment(id) !== null).toBe(listed.has(id));
          for (const group of acme.payroll.payGroups()) expect(group.individual_ids).not.toEqual([]);
        },
      ),
      { numRuns: 12 },
    );
  });

  it("that would pay nobody has no statements either", () => {
    const acme = small();
    const listed = new Set(acme.payments().map(({ id }) => id));
    const unpaid = planned(acme).filter((id) => !listed.has(id));
    expect(unpaid.length).toBeGreaterThan(100);
    for (const id of unpaid) expect(acme.payroll.statements(id, 0, 10)).toBeNull();
  });

  it("is not told of where it pays nobody", () => {
    const acme = small();
    const heard: Happened[] = [];
    acme.world.changes.listen((happened) => heard.push(happened));
    acme.sync("2026-10-30T12:00:00Z");
    const told = heard.flatMap(({ change }) =>
      change.event === "payment.created" ? [change.paymentId] : [],
    );
    const seen = acme.payments("2026-09-11");
    expect(told.length).toBeGreaterThan(2);
    expect(told.every((id) => seen.some((payment) => payment.id === id))).toBe(true);
  });
});

describe("a pay group that nobody was ever in", () => {
  it("is there with the first person who is hired into it, and so is the next run", () => {
    const acme = small();
    expect(names(acme)).toEqual(["Salaried"]);
    hire(acme, "2026-08-01");
    expect(names(acme)).toEqual(["Salaried"]);
    const heard: Happened[] = [];
    acme.world.changes.listen((happened) => heard.push(happened));
    acme.sync("2026-09-11T12:00:00Z");
    expect(names(acme)).toEqual(["Salaried", "Hourly"]);
    const hourly = acme.payments().filter((payment) => payment.pay_frequencies?.[0] === "bi_weekly");
    expect(hourly.map((payment) => payment.individual_ids)).toEqual([[newId]]);
    const change = { event: "payment.created", paymentId: hourly[0]!.id, payDate: hourly[0]!.pay_date };
    expect(heard.map((happened) => happened.change)).toContainEqual(change);
    const created = heard.filter((happened) => happened.change.event === "payment.created");
    expect(created).toHaveLength(1);
  });

  it("stays when they have left it, and its next run goes", () => {
    const acme = small();
    hire(acme, "2026-08-01");
    acme.sync("2026-09-11T12:00:00Z");
    const [run] = acme.payments().filter((payment) => payment.pay_frequencies?.[0] === "bi_weekly");
    const heard: Happened[] = [];
    acme.world.changes.listen((happened) => heard.push(happened));
    writePerson(acme.world, acme.connection, newId, {
      income: { unit: "yearly", amount: 9_000_000, currency: "usd", effective_date: null },
    });
    acme.sync("2026-09-12T12:00:00Z");
    expect(acme.payroll.payGroups()[groupOf.hourly]).toMatchObject({ name: "Hourly", individual_ids: [] });
    expect(acme.payroll.payment(run!.id)).toBeNull();
    const events = heard.map(({ change }) => change.event).filter((event) => event.startsWith("payment."));
    expect(events.sort()).toEqual(["payment.deleted", "payment.updated"]);
  });
});
