import { afterEach, describe, expect, it, vi } from "vitest";
import { PayrollBase } from "@/sandbox/payroll/base";
import { Payees } from "@/sandbox/payroll/payees";
import { writePerson } from "@/sandbox/people";
import { TestCompany } from "@/sandbox/testing/payroll";

const now = "2026-09-10T12:00:00Z";
const today = "2026-09-10";

afterEach(() => vi.restoreAllMocks());

/** The work that one payment of everybody takes. */
function workOf(employeeSize: number) {
  const acme = new TestCompany({ now, employeeSize });
  acme.payroll.payGroups();
  const overlays = vi.spyOn(acme.world.store.overlays, "get");
  const found = vi.spyOn(Payees.prototype, "find");
  const singly = vi.spyOn(Payees.prototype, "compute");
  const computed = vi.spyOn(PayrollBase.prototype, "compute");
  const { payment_id: id } = acme.edits.addPayment({ pay_date: today, complete: true });
  const calls = [overlays, found, singly, computed].map(({ mock }) => mock.calls.length);
  vi.restoreAllMocks();
  const [lookups = 0, finds = 0, alone = 0, together = 0] = calls;
  return { people: acme.working.statements(id, 0, 1)?.count ?? 0, lookups, finds, alone, together };
}

describe("a payment of everybody", () => {
  it("asks the seed once for each person, and looks nobody up", () => {
    const [few, many] = [workOf(30), workOf(300)];
    expect(many.people).toBeGreaterThan(few.people * 5);
    expect(many.together).toBe(many.people);
    expect([many.lookups, many.finds, many.alone]).toEqual([few.lookups, few.finds, few.alone]);
    expect(many.lookups + many.finds + many.alone).toBeLessThan(10);
  });

  it("pays those of whom something was written as it says, the others as ever", () => {
    const [acme, other] = [
      new TestCompany({ now, employeeSize: 40 }),
      new TestCompany({ now, employeeSize: 40 }),
    ];
    const [id = ""] = acme.payroll.payGroups()[0]?.individual_ids ?? [];
    writePerson(acme.world, acme.connection, id, {
      income: { unit: "yearly", amount: 24_000_000 * 3, currency: "usd", effective_date: "2020-01-01" },
      income_history: null,
    });
    acme.sync("2026-09-11T12:00:00Z");
    const paid = (company: TestCompany) => {
      const { payment_id } = company.edits.addPayment({
        start_date: "2026-09-14",
        end_date: "2026-09-25",
        pay_date: "2026-09-30",
        complete: true,
      });
      return company.working.statements(payment_id, 0, 100)?.statements ?? [];
    };
    const [changed, before] = [paid(acme), paid(other)];
    expect(changed.length).toBe(before.length);
    const differs = changed.filter((row, place) => JSON.stringify(row) !== JSON.stringify(before[place]));
    expect(differs.map((row) => [row.individual_id, (row.gross_pay?.amount ?? 0) > 2_900_000])).toEqual([
      [id, true],
    ]);
  });
});
