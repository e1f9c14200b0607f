import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Payment, PayStatement } from "@/sandbox/payroll";
import { isBusinessDay, dayOf, weekdaysBetween, yearOfDay } from "@/sandbox/payroll/calendar";
import { socialSecurityBase } from "@/sandbox/payroll/taxes";
import { PayrollView } from "@/sandbox/payroll/view";
import { workingPeople } from "@/sandbox/people";
import { TestCompany } from "@/sandbox/testing/payroll";

const sum = (amounts: readonly (number | null | undefined)[]): number =>
  amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0);

const company = fc.record({
  seed: fc.string({ minLength: 1, maxLength: 8 }),
  now: fc
    .date({ min: new Date("2021-01-01"), max: new Date("2028-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString()),
  employeeSize: fc.integer({ min: 1, max: 45 }),
});
const few = { numRuns: 6 };

const employeeTaxes = (statement: PayStatement) =>
  sum((statement.taxes ?? []).filter((tax) => tax.employer === false).map((tax) => tax.amount));
const employerTaxes = (statement: PayStatement) =>
  sum((statement.taxes ?? []).filter((tax) => tax.employer === true).map((tax) => tax.amount));

/** Who of a pay group worked on a weekday of a stretch. */
function workersOf(acme: TestCompany, name: string, { from, to }: { from: number; to: number }): string[] {
  const { plan, base } = new PayrollView(acme.world, acme.connection, acme.entity, "published");
  const slot = plan.groups.find((group) => group.name === name)?.slot;
  return base.profiles
    .filter((profile) => profile.group === slot)
    .filter(({ spans }) =>
      spans.some((span) => weekdaysBetween(Math.max(span.from, from), Math.min(span.to, to)) > 0),
    )
    .map(({ id }) => id);
}

describe("generated payroll", () => {
  it("has statements that add up, in whole cents, with an employer's share that is known", () => {
    fc.assert(
      fc.property(company, (wanted) => {
        const acme = new TestCompany(wanted);
        for (const payment of acme.payments().slice(-40)) {
          for (const statement of acme.statements(payment.id)) {
            const gross = statement.gross_pay?.amount;
            expect(gross).toBe(sum((statement.earnings ?? []).map((line) => line?.amount)));
            const deducted = sum((statement.employee_deductions ?? []).map((line) => line.amount));
            expect(statement.net_pay?.amount).toBe(gross! - employeeTaxes(statement) - deducted);
            expect(statement.net_pay!.amount).toBeGreaterThan(0);
            for (const tax of statement.taxes ?? []) {
              expect([typeof tax.employer, tax.amount! > 0]).toEqual(["boolean", true]);
            }
            const lines = [
              ...(statement.earnings ?? []),
              ...(statement.taxes ?? []),
              ...(statement.employee_deductions ?? []),
              ...(statement.employer_contributions ?? []),
            ];
            for (const line of lines) expect(Number.isSafeInteger(line?.amount)).toBe(true);
          }
        }
      }),
      few,
    );
  });

  it("has payments that are the sums of their statements, and list the people of these", () => {
    fc.assert(
      fc.property(company, (wanted) => {
        const acme = new TestCompany(wanted);
        for (const payment of acme.payments().slice(-40)) {
          const statements = acme.statements(payment.id);
          const sums = {
            gross: sum(statements.map((row) => row.gross_pay?.amount)),
            net: sum(statements.map((row) => row.net_pay?.amount)),
            employee: sum(statements.map(employeeTaxes)),
            employer: sum(statements.map(employerTaxes)),
          };
          expect([
            payment.gross_pay,
            payment.net_pay,
            payment.employee_taxes,
            payment.employer_taxes,
          ]).toEqual(
            [sums.gross, sums.net, sums.employee, sums.employer].map((amount) => ({
              amount,
              currency: "usd",
            })),
          );
          expect(payment.company_debit?.amount).toBe(sums.net + sums.employee + sums.employer);
          expect(payment.individual_ids).toEqual(statements.map((row) => row.individual_id));
        }
      }),
      few,
    );
  });

  it("has regular runs of one pay group without gap or overlap, up to the next one", () => {
    fc.assert(
      fc.property(company, (wanted) => {
        const acme = new TestCompany(wanted);
        const today = wanted.now.slice(0, 10);
        const payments = acme.payments();
        for (const group of acme.payroll.payGroups()) {
          const runs = payments.filter(
            (row) => row.pay_group_ids?.includes(group.id) && row.pay_frequencies?.[0] !== "other",
          );
          for (const [place, run] of runs.entries()) {
            const before = runs[place - 1];
            const gap = {
              from: dayOf(before?.pay_period?.end_date)! + 1,
              to: dayOf(run.pay_period?.start_date)! - 1,
            };
            if (before) expect(gap.to).toBeGreaterThanOrEqual(gap.from - 1);
            if (before && gap.to >= gap.from) expect(workersOf(acme, group.name, gap)).toEqual([]);
            expect(isBusinessDay(dayOf(run.pay_date)!)).toBe(true);
            expect(run.pay_frequencies).toEqual(group.pay_frequencies);
          }
          const [next, ...later] = runs.filter((run) => run.pay_date! > today);
          expect(later).toEqual([]);
          if (next || runs.length === 0) continue;
          const from = dayOf(runs.at(-1)!.pay_period?.end_date)! + 1;
          expect(workersOf(acme, group.name, { from, to: from + 6 })).toEqual([]);
        }
      }),
      few,
    );
  });

  it("pays nobody who was not employed in the period, and everybody on a regular run once", () => {
    fc.assert(
      fc.property(company, (wanted) => {
        const acme = new TestCompany(wanted);
        const people = workingPeople(acme.world, {
          connection: acme.connection,
          entity: acme.entity,
        } as Parameters<typeof workingPeople>[1]);
        for (const payment of acme.payments().slice(-60)) {
          const ids = payment.individual_ids ?? [];
          expect(new Set(ids).size).toBe(ids.length);
          for (const id of ids) {
            const person = people.find(id)!;
            const { start_date: start, end_date: end } = payment.pay_period!;
            expect(
              person.start_date! <= (payment.pay_frequencies?.[0] === "other" ? payment.pay_date! : end!),
            ).toBe(true);
            if (person.end_date && payment.pay_frequencies?.[0] !== "other")
              expect(person.end_date >= start!).toBe(true);
          }
        }
      }),
      few,
    );
  });

  it("withholds social security of a year up to its base and not a cent more", () => {
    const acme = new TestCompany({ now: "2026-12-31T12:00:00Z", employeeSize: 40 });
    const year = acme.payments("2025-01-01", "2025-12-31");
    const wages = new Map<string, number>();
    const withheld = new Map<string, number>();
    for (const payment of year) {
      for (const statement of acme.statements(payment.id)) {
        const tax = statement.taxes?.find((line) => line.name === "Social Security");
        const medicare = statement.taxes?.find((line) => line.name === "Medicare (Employer)");
        const id = statement.individual_id;
        wages.set(id, (wages.get(id) ?? 0) + (medicare?.amount ?? 0) / 0.0145);
        withheld.set(id, (withheld.get(id) ?? 0) + (tax?.amount ?? 0));
      }
    }
    const base = socialSecurityBase(2025);
    const most = Math.round(base * 0.062);
    const above = [...wages].filter(([, cents]) => cents > base + 10_000);
    expect(above.length).toBeGreaterThan(2);
    for (const [id] of above) expect(Math.abs(withheld.get(id)! - most)).toBeLessThan(30);
    for (const [id, cents] of wages) {
      expect(withheld.get(id)).toBeLessThanOrEqual(most + 30);
      if (cents < base - 10_000) expect(Math.abs(withheld.get(id)! - cents * 0.062)).toBeLessThan(120);
    }
  });

  it("has the same ids and figures after a restart with the same seed, others with another", () => {
    fc.assert(
      fc.property(company, (wanted) => {
        const [one, two] = [new TestCompany(wanted), new TestCompany(wanted)];
        const other = new TestCompany({ ...wanted, seed: `${wanted.seed}x` });
        expect(two.payments()).toEqual(one.payments());
        const known = new Set(one.payments().map((payment) => payment.id));
        expect(known.size).toBe(one.payments().length);
        expect(other.payments().some((payment) => known.has(payment.id))).toBe(false);
        const last = one.payments().at(-1)!;
        expect(two.statements(last.id)).toEqual(one.statements(last.id));
        expect(one.payroll.payment(last.id)).toEqual(last);
        expect(last.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      }),
      few,
    );
  });

  it("keeps past payments as they were while time goes on", () => {
    fc.assert(
      fc.property(company, fc.integer({ min: 1, max: 200 }), (wanted, days) => {
        const acme = new TestCompany(wanted);
        const paid = (row: Payment) => row.pay_date! <= wanted.now.slice(0, 10);
        const before = acme.payments().filter(paid);
        acme.sync(new Date(Date.parse(wanted.now) + days * 86_400_000).toISOString());
        expect(acme.payments().filter(paid)).toEqual(before);
      }),
      few,
    );
  });

  it("pages to the whole, whatever the size of a page", () => {
    fc.assert(
      fc.property(company, fc.integer({ min: 1, max: 9 }), (wanted, limit) => {
        const acme = new TestCompany(wanted);
        const size = (row: Payment) => row.individual_ids!.length;
        const payment = acme.payments().reduce((most, row) => (size(row) > size(most) ? row : most));
        const whole = acme.statements(payment.id);
        const pages: PayStatement[] = [];
        for (let offset = 0; offset < whole.length + limit; offset += limit) {
          const page = acme.payroll.statements(payment.id, offset, limit)!;
          expect(page.count).toBe(whole.length);
          pages.push(...page.statements);
        }
        expect(pages).toEqual(whole);
      }),
      few,
    );
  });

  it("reaches back as far as was asked: to 2020, or so many payments of everybody", () => {
    const old = new TestCompany({
      now: "2026-11-22T10:00:00Z",
      payroll: { payments: null, startDate: "2020-01-01" },
    });
    expect(old.payments()[0]?.pay_date?.slice(0, 7)).toBe("2020-01");
    for (const payments of [1, 2, 60]) {
      const bulk = new TestCompany({ now: "2026-11-22T10:00:00Z", payroll: { payments, startDate: null } });
      expect(bulk.payments()).toHaveLength(payments);
      expect(bulk.payroll.payGroups()).toHaveLength(1);
    }
    const short = new TestCompany({
      now: "2026-11-22T10:00:00Z",
      provider: "paychex_flex",
      payroll: { payments: null, startDate: "2020-01-01" },
    });
    expect(short.payments()[0]?.pay_date ?? "").toMatch(/^2025-09-2[2-9]|^2025-10/);
    expect(yearOfDay(dayOf(short.payments()[0]?.pay_date)!)).toBe(2025);
  });
});
