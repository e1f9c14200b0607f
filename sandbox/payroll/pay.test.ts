import { describe, expect, it } from "vitest";
import type { Payment, PayStatement } from "@/sandbox/payroll";
import { dayOf, weekdaysBetween } from "@/sandbox/payroll/calendar";
import { People, writePerson } from "@/sandbox/people";
import type { Person } from "@/sandbox/seed/types";
import { TestCompany } from "@/sandbox/testing/payroll";

const acme = new TestCompany({
  now: "2026-09-10T12:00:00Z",
  employeeSize: 60,
  payroll: { payments: null, startDate: "2020-01-01" },
});
const everybody = new People(acme.world, acme.connection, acme.entity, "published").page(0, 60);
const payments = acme.payments();
const regular = payments.filter((row) => row.pay_frequencies?.[0] !== "other");

/** What a person got, with the payment, oldest first. */
function slipsOf(person: Person, from: readonly Payment[] = regular) {
  return from.flatMap((payment) => {
    if (!payment.individual_ids?.includes(person.id)) return [];
    const statement = acme.payroll.statement(payment.id, person.id);
    return statement ? [{ payment, statement }] : [];
  });
}

const byTime = (statement: PayStatement) =>
  (statement.earnings ?? [])
    .filter((line) => ["salary", "pto", "sick"].includes(line?.type ?? ""))
    .reduce((sum, line) => sum + (line?.amount ?? 0), 0);

const isSalaried = (person: Person) =>
  person.income?.unit === "yearly" && person.employment?.type === "employee";
const typesOf = (slips: { statement: PayStatement }[]) =>
  new Set(slips.flatMap(({ statement }) => statement.earnings ?? []).map((line) => line?.type));

describe("pay", () => {
  it("is prorated by weekdays in the periods of a hire and of a termination", () => {
    const left = everybody.filter((person) => isSalaried(person) && person.end_date !== null);
    expect(left.length).toBeGreaterThan(0);
    for (const person of left) {
      const { payment, statement } = slipsOf(person).at(-1)!;
      const [start, end] = [dayOf(payment.pay_period?.start_date)!, dayOf(payment.pay_period?.end_date)!];
      const last = dayOf(person.end_date)!;
      expect([last >= start, last <= end]).toEqual([true, true]);
      const part = weekdaysBetween(start, last) / weekdaysBetween(start, end);
      expect(Math.abs(byTime(statement) - (person.income!.amount! / 24) * part)).toBeLessThanOrEqual(1);
    }
    const hired = everybody.filter(
      (person) => isSalaried(person) && person.start_date! > "2020-02-01" && person.end_date === null,
    );
    let partial = 0;
    for (const person of hired.filter(({ start_date: date }) => date! < "2026-08-15")) {
      const { payment, statement } = slipsOf(person)[0]!;
      const [start, end] = [dayOf(payment.pay_period?.start_date)!, dayOf(payment.pay_period?.end_date)!];
      const part =
        weekdaysBetween(Math.max(start, dayOf(person.start_date)!), end) / weekdaysBetween(start, end);
      const first = person.income_history!.at(-1)!;
      expect(Math.abs(byTime(statement) - (first.amount! / 24) * part)).toBeLessThanOrEqual(1);
      if (part < 1) partial++;
    }
    expect(partial).toBeGreaterThan(3);
  });

  it("follows the income history by date", () => {
    const person = everybody.find(
      (row) =>
        isSalaried(row) &&
        row.income_history!.length > 3 &&
        !row.latest_rehire_date &&
        row.employment_status === "active",
    )!;
    const rateAt = (date: string) =>
      person.income_history!.find((row) => row!.effective_date! <= date)?.amount ??
      person.income_history!.at(-1)!.amount!;
    let raises = 0;
    for (const { payment, statement } of slipsOf(person)) {
      const { start_date: start, end_date: end } = payment.pay_period!;
      if (start! < person.start_date!) continue;
      const [before, after] = [rateAt(start!), rateAt(end!)];
      if (before === after) expect(byTime(statement)).toBe(Math.round(after / 24));
      else raises++;
    }
    // Raises come on 1 April, the first day of a period.
    expect(raises).toBe(0);
    expect(new Set(slipsOf(person).map(({ statement }) => byTime(statement))).size).toBeGreaterThan(3);
  });

  it("is split where a raise comes within a period", () => {
    const company = new TestCompany({ now: "2026-09-10T12:00:00Z" });
    const [group] = company.payroll.payGroups();
    const [id = ""] = group!.individual_ids;
    writePerson(company.world, company.connection, id, {
      income: { unit: "yearly", amount: 12_000_000, currency: "usd", effective_date: "2026-09-21" },
      income_history: [
        { unit: "yearly", amount: 12_000_000, currency: "usd", effective_date: "2026-09-21" },
        { unit: "yearly", amount: 6_000_000, currency: "usd", effective_date: "2020-01-01" },
      ],
    });
    company.sync("2026-09-22T12:00:00Z");
    const next = company
      .payments()
      .filter((row) => row.pay_group_ids?.[0] === group!.id)
      .at(-1)!;
    expect(next.pay_period).toEqual({ start_date: "2026-09-16", end_date: "2026-09-30" });
    // Three weekdays at 2,500 and eight at 5,000 a half month, of eleven.
    expect(byTime(company.payroll.statement(next.id, id)!)).toBe(
      Math.round((250_000 * 3) / 11) + Math.round((500_000 * 8) / 11),
    );
  });

  it("of contractors is 1099 earnings and what they spent, without taxes and deductions", () => {
    const contractors = everybody.filter((person) => person.employment?.type === "contractor");
    expect(contractors.length).toBeGreaterThan(1);
    for (const person of contractors) {
      const slips = slipsOf(person);
      expect(slips.length).toBeGreaterThan(3);
      for (const { payment, statement } of slips) {
        expect(payment.pay_frequencies).toEqual(["monthly"]);
        expect(statement).toMatchObject({ taxes: [], employee_deductions: [], employer_contributions: [] });
      }
      expect([...typesOf(slips)].filter((type) => type !== "reimbursement")).toEqual(["1099"]);
    }
  });

  it("by the hour is hours times the rate, with overtime at one and a half", () => {
    const person = everybody.find(
      (row) => row.income?.unit === "hourly" && row.employment?.subtype === "full_time",
    )!;
    const slips = slipsOf(person).filter(({ payment }) => payment.pay_period!.start_date! >= "2026-04-01");
    const times: Record<string, number> = { wage: 1, pto: 1, sick: 1, overtime: 1.5, double_overtime: 2 };
    for (const { statement } of slips) {
      for (const line of statement.earnings ?? []) {
        const factor = times[line?.type ?? ""];
        if (factor === undefined) continue;
        expect(line?.amount).toBe(Math.round(person.income!.amount! * factor * line!.hours!));
      }
      expect(statement.total_hours).toBe(
        (statement.earnings ?? []).reduce((sum, line) => sum + (line?.hours ?? 0), 0),
      );
    }
  });

  it("defers no more than a year's limit, and no more than may go into a health savings account", () => {
    const limits = { "2023": 2_250_000, "2024": 2_300_000, "2025": 2_350_000 };
    for (const [year, limit] of Object.entries(limits)) {
      const ofYear = payments.filter((row) => row.pay_date?.startsWith(year));
      for (const person of everybody) {
        const deductions = slipsOf(person, ofYear).flatMap(
          ({ statement }) => statement.employee_deductions ?? [],
        );
        const sum = (types: string[]) =>
          deductions
            .filter((line) => types.includes(line.type ?? ""))
            .reduce((total, line) => total + line.amount!, 0);
        expect(sum(["401k", "401k_roth"])).toBeLessThanOrEqual(limit);
        expect(sum(["hsa_pre"])).toBeLessThanOrEqual(385_000);
      }
    }
  });

  it("has every kind of line somewhere in a company", () => {
    const lines = acme.payroll.lineNames();
    const types = new Set(lines.map((line) => line.type));
    for (const type of [
      "salary",
      "wage",
      "overtime",
      "pto",
      "sick",
      "bonus",
      "commission",
      "reimbursement",
      "severance",
      "1099",
      "other",
    ]) {
      expect(types).toContain(type);
    }
    for (const type of ["federal", "state", "local", "fica", "401k", "s125_medical", "hsa_pre"])
      expect(types).toContain(type);
    expect(new Set(lines.flatMap(({ preTax }) => preTax ?? []))).toEqual(new Set([true, false]));
    expect(new Set(lines.flatMap(({ employer }) => employer ?? []))).toEqual(new Set([true, false]));
  });

  it("stops while nobody is employed between leaving and coming back", () => {
    const person = everybody.find(
      (row) => row.latest_rehire_date !== null && row.latest_rehire_date > "2021-06-01",
    )!;
    const paid = slipsOf(person).map(({ payment }) => payment.pay_period!.end_date!);
    expect(paid.some((date) => date >= person.latest_rehire_date!)).toBe(true);
    const back = dayOf(person.latest_rehire_date)!;
    const away = paid.filter((date) => dayOf(date)! > back - 300 && dayOf(date)! < back);
    expect(away).toEqual([]);
  });

  it("is made whole for the button of the control page, and bare through Finch's API", () => {
    const company = new TestCompany({ now: "2026-09-10T12:00:00Z" });
    const { payment_id: id } = company.edits.addPayment({ pay_date: "2026-09-11", complete: true });
    const { payment_id: bare } = company.edits.addPayment({});
    company.sync();
    for (const statement of company.statements(id)) {
      expect(statement.earnings?.length).toBeGreaterThan(0);
      expect(statement.taxes?.length).toBeGreaterThan(3);
    }
    expect(company.payroll.payment(id)?.individual_ids?.length).toBeGreaterThan(10);
    expect(company.statements(bare).every(({ taxes }) => taxes?.length === 0)).toBe(true);
  });
});
