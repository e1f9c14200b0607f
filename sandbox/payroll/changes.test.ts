import { describe, expect, it } from "vitest";
import { recordVersion } from "@/sandbox/benefits/enrollments";
import type { Happened } from "@/sandbox/changes";
import type { Payment } from "@/sandbox/payroll";
import { addPerson, People, writePerson } from "@/sandbox/people";
import type { Person } from "@/sandbox/seed/types";
import { TestCompany } from "@/sandbox/testing/payroll";

const now = "2026-09-10T12:00:00Z";
const later = "2026-09-11T12:00:00Z";
const newId = "7d3e1a52-5b1c-4c36-9a53-0d5b8a3f2c11";

const salaried = (acme: TestCompany): Person => {
  const [group] = acme.payroll.payGroups();
  const people = new People(acme.world, acme.connection, acme.entity, "working");
  const [id = ""] = group?.individual_ids ?? [];
  return people.find(id)!;
};

const runsOf = (acme: TestCompany, name: string): Payment[] => {
  const group = acme.payroll.payGroups().find((row) => row.name === name)!;
  const regular = (row: Payment) =>
    row.pay_group_ids?.includes(group.id) && row.pay_frequencies?.[0] !== "other";
  return acme.payments().filter(regular);
};

/** Listens to what the sandbox tells from now on. */
function listen(acme: TestCompany): Happened[] {
  const heard: Happened[] = [];
  acme.world.changes.listen((happened) => heard.push(happened));
  return heard;
}
const events = (heard: readonly Happened[]) =>
  heard.map(({ change }) => change.event).filter((event) => /^pay/.test(event));

describe("what is written about people", () => {
  it("counts from the next payment on, after a sync, and never before", () => {
    const acme = new TestCompany({ now });
    const person = salaried(acme);
    const before = runsOf(acme, "Salaried");
    const next = before.at(-1)!;
    const grossOf = (id: string) => acme.payroll.statement(id, person.id)?.gross_pay?.amount;
    const old = before.map((run) => grossOf(run.id));
    writePerson(acme.world, acme.connection, person.id, {
      income: { unit: "yearly", amount: 24_000_000 * 3, currency: "usd", effective_date: "2026-09-01" },
    });
    expect(grossOf(next.id)).toBe(old.at(-1));
    acme.sync(later);
    expect(before.slice(0, -1).map((run) => grossOf(run.id))).toEqual(old.slice(0, -1));
    expect(grossOf(next.id)).toBe(3_000_000);
    const payment = acme.payroll.payment(next.id)!;
    const sum = acme.statements(next.id).reduce((total, row) => total + (row.gross_pay?.amount ?? 0), 0);
    expect(payment.gross_pay?.amount).toBe(sum);
  });

  it("ends pay with the employment, and begins it for those who are added", () => {
    const acme = new TestCompany({ now });
    const person = salaried(acme);
    const next = runsOf(acme, "Salaried").at(-1)!;
    const previous = runsOf(acme, "Salaried").at(-2)!;
    writePerson(acme.world, acme.connection, person.id, {
      is_active: false,
      employment_status: "terminated",
      end_date: "2026-08-31",
    });
    addPerson(acme.world, { connection: acme.connection, entity: acme.entity }, newId, {
      first_name: "Nia",
      start_date: "2026-08-01",
      employment: { type: "employee", subtype: "full_time" },
      income: { unit: "yearly", amount: 12_000_000, currency: "usd", effective_date: null },
    });
    acme.sync(later);
    expect(acme.payroll.statement(next.id, person.id)).toBeNull();
    expect(acme.payroll.statement(previous.id, person.id)).not.toBeNull();
    expect(acme.payroll.statement(previous.id, newId)).toBeNull();
    expect(acme.payroll.statement(next.id, newId)?.gross_pay).toEqual({ amount: 500_000, currency: "usd" });
    expect(acme.payroll.payment(next.id)?.individual_ids).toContain(newId);
    expect(acme.payroll.payGroups()[0]?.individual_ids).toContain(newId);
  });

  it("may have been so from the beginning", () => {
    const acme = new TestCompany({ now, provider: "gusto" });
    acme.edits.employ(salaried(acme).id, null, {
      income: { unit: "yearly", amount: 4_800_000, currency: "usd", effective_date: null },
      income_history: null,
    });
    const byTime = ["salary", "pto", "sick"];
    const amounts = runsOf(acme, "Salaried").map((run) =>
      (acme.payroll.statement(run.id, salaried(acme).id)?.earnings ?? [])
        .filter((line) => byTime.includes(line?.type ?? ""))
        .reduce((total, line) => total + (line?.amount ?? 0), 0),
    );
    expect(new Set(amounts)).toEqual(new Set([200_000]));
  });

  it("that is no date or no amount does no harm", () => {
    const acme = new TestCompany({ now });
    const person = salaried(acme);
    writePerson(acme.world, acme.connection, person.id, {
      start_date: "dob",
      income: null,
      income_history: null,
    });
    acme.sync(later);
    expect(acme.payroll.statement(runsOf(acme, "Salaried").at(-1)!.id, person.id)).toBeNull();
    expect(acme.payments().length).toBeGreaterThan(50);
  });

  it("leaves the taxes of a year alone where only a deduction after taxes came", () => {
    const [plain, enrolled] = [new TestCompany({ now }), new TestCompany({ now })];
    const [company] = [enrolled.connection];
    const benefit = {
      id: newId,
      place: 1,
      setUp: true,
      connectionId: company.id,
      entityId: enrolled.entity.id,
      type: "custom_post_tax",
      frequency: "every_paycheck",
      description: "Gym",
      companyContribution: null,
    } as const;
    enrolled.world.store.benefits.set(benefit.id, benefit);
    for (const id of runsOf(enrolled, "Salaried").at(-1)!.individual_ids ?? []) {
      recordVersion(enrolled.world, benefit, id, {
        recordedAt: "2026-03-10T12:00:00.000Z",
        effectiveDate: null,
        configuration: {
          employeeDeduction: { type: "fixed", amount: 1_000 },
          companyContribution: null,
          annualMaximum: null,
          catchUp: null,
          hsaLimit: null,
        },
      });
    }
    let deducted = 0;
    for (const run of plain.payments("2026-01-01")) {
      const before = plain.statements(run.id);
      for (const [place, statement] of enrolled.statements(run.id).entries()) {
        expect(statement.taxes).toEqual(before[place]?.taxes);
        deducted += statement.employee_deductions?.filter((line) => line.name === "Gym").length ?? 0;
        expect(statement.net_pay!.amount! <= before[place]!.net_pay!.amount!).toBe(true);
      }
      const withheld = enrolled.payroll.payment(run.id)?.employee_taxes;
      expect(withheld).toEqual(run.employee_taxes);
    }
    expect(deducted).toBeGreaterThan(100);
  });
});

describe("edits", () => {
  it("are seen after a sync", () => {
    const acme = new TestCompany({ now });
    const [, second] = acme.payments();
    acme.edits.editPayment(second!.id, { pay_date: "2025-12-31", gross_pay: null });
    expect(acme.payroll.payment(second!.id)).toEqual(second);
    expect(acme.working.payment(second!.id)?.pay_date).toBe("2025-12-31");
    acme.sync();
    expect(acme.payroll.payment(second!.id)).toEqual({ ...second, pay_date: "2025-12-31", gross_pay: null });
    expect(acme.payments("2025-12-31", "2025-12-31").map((row) => row.id)).toContain(second!.id);
    expect(acme.payments(second!.pay_date!, second!.pay_date!).map((row) => row.id)).not.toContain(
      second!.id,
    );
  });

  it("find a payment without a pay date where it would have been", () => {
    const acme = new TestCompany({ now });
    const payment = acme.payments().at(-3)!;
    acme.edits.editPayment(payment.id, { pay_date: null });
    acme.sync();
    const found = acme.payments(payment.pay_date!, payment.pay_date!).find((row) => row.id === payment.id);
    expect(found?.pay_date).toBeNull();
  });

  it("delete payments, and statements; totals follow", () => {
    const acme = new TestCompany({ now });
    const payment = runsOf(acme, "Salaried").at(-2)!;
    const [first = "", second = "", third = ""] = payment.individual_ids ?? [];
    const gross = (id: string) => acme.payroll.statement(payment.id, id)?.gross_pay?.amount ?? 0;
    const left = payment.gross_pay!.amount! - gross(first) - gross(second) + 100;
    acme.edits.removeStatements(payment.id, [first]);
    acme.edits.editStatement(payment.id, second, { gross_pay: { amount: 100, currency: "usd" } });
    acme.edits.moveStatement(payment.id, third, newId);
    acme.sync();
    const changed = acme.payroll.payment(payment.id)!;
    expect(changed.gross_pay?.amount).toBe(left);
    expect(changed.individual_ids).toHaveLength(payment.individual_ids!.length - 1);
    expect(changed.individual_ids).toContain(newId);
    expect(acme.payroll.statement(payment.id, third)).toBeNull();
    acme.edits.deletePayment(payment.id);
    acme.sync();
    expect(acme.payroll.payment(payment.id)).toBeNull();
    expect(acme.payments().some((row) => row.id === payment.id)).toBe(false);
    expect(() => acme.edits.editPayment(payment.id, {})).toThrow(/No payment/);
  });

  it("may write what no payroll would, as it is", () => {
    const acme = new TestCompany({ now });
    const payment = runsOf(acme, "Salaried").at(-2)!;
    const [first = "", second = ""] = payment.individual_ids ?? [];
    acme.edits.editStatement(payment.id, first, { gross_pay: null, earnings: null });
    acme.edits.editStatement(payment.id, second, (statement) => ({
      taxes: statement.taxes?.map(({ amount: _amount, ...tax }) => tax) ?? null,
    }));
    acme.sync();
    expect(acme.payroll.statement(payment.id, first)).toMatchObject({ gross_pay: null, earnings: null });
    expect(acme.payroll.statement(payment.id, second)?.taxes?.[0]).not.toHaveProperty("amount");
    expect(acme.payroll.payment(payment.id)?.gross_pay?.amount).toBeGreaterThan(0);
    expect(acme.payroll.lineNames().length).toBeGreaterThan(10);
  });
});

describe("a sync tells", () => {
  it("of runs that came, with each of their statements", () => {
    const acme = new TestCompany({ now });
    const known = new Set(acme.payments().map((row) => row.id));
    const heard = listen(acme);
    acme.sync("2026-09-12T12:00:00Z");
    const fresh = acme.payments().filter((row) => !known.has(row.id));
    expect(fresh.length).toBeGreaterThan(0);
    const told = heard.flatMap(({ change }) => (change.event === "payment.created" ? [change] : []));
    expect(told.map(({ paymentId, payDate }) => [paymentId, payDate])).toEqual(
      fresh.map((row) => [row.id, row.pay_date]),
    );
    const people = fresh.flatMap((row) => row.individual_ids ?? []);
    expect(events(heard).filter((event) => event === "pay_statement.created")).toHaveLength(people.length);
  });

  it("of edits: what was created, updated and deleted", () => {
    const acme = new TestCompany({ now });
    const payment = runsOf(acme, "Salaried").at(-2)!;
    const gone = runsOf(acme, "Hourly").at(-2)!;
    const [first = "", second = ""] = payment.individual_ids ?? [];
    acme.edits.editPayment(payment.id, { pay_date: "2026-01-02" });
    acme.edits.editStatement(payment.id, first, { total_hours: 1 });
    acme.edits.moveStatement(payment.id, second, newId);
    acme.edits.deletePayment(gone.id);
    const heard = listen(acme);
    acme.sync();
    const changes = heard.map(({ change }) => change);
    expect(changes).toContainEqual({
      event: "payment.updated",
      paymentId: payment.id,
      payDate: "2026-01-02",
    });
    const statement = { paymentId: payment.id };
    expect(changes).toContainEqual({ event: "pay_statement.updated", ...statement, individualId: first });
    expect(changes).toContainEqual({ event: "pay_statement.deleted", ...statement, individualId: second });
    expect(changes).toContainEqual({ event: "pay_statement.created", ...statement, individualId: newId });
    expect(changes).toContainEqual({ event: "payment.deleted", paymentId: gone.id, payDate: gone.pay_date });
    const before = heard.length;
    acme.sync();
    expect(events(heard.slice(before))).toEqual([]);
  });

  it("of the next payments of a person whose pay was changed", () => {
    const acme = new TestCompany({ now });
    const person = salaried(acme);
    const next = runsOf(acme, "Salaried").at(-1)!;
    writePerson(acme.world, acme.connection, person.id, {
      income: { unit: "yearly", amount: 9_900_000, currency: "usd", effective_date: null },
    });
    const heard = listen(acme);
    acme.sync();
    const told = heard.map(({ change }) => change).filter(({ event }) => /^pay/.test(event));
    expect(told).toEqual([
      { event: "payment.updated", paymentId: next.id, payDate: next.pay_date },
      { event: "pay_statement.updated", paymentId: next.id, individualId: person.id },
    ]);
  });
});
