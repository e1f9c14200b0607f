import { describe, expect, it } from "vitest";
import { streamPayments } from "./payments";
import { scope, toWireMoney, useCases } from "./testing";

const cases = useCases();

describe("payments", () => {
  it("are what the SDK reads, value by value", async () => {
    for (const number of [1, 8, 36]) {
      const token = await cases.token(number);
      const { items } = await cases.sdk(token).hris.payments.list({
        start_date: "2000-01-01",
        end_date: "2100-01-01",
      });
      const payments = await cases.payments(token);
      expect(payments.length).toBeGreaterThan(2);
      expect(
        payments.map((payment) => ({
          id: payment.id,
          pay_period: { start_date: payment.payPeriodStart, end_date: payment.payPeriodEnd },
          pay_date: payment.payDate,
          debit_date: payment.debitDate,
          company_debit: toWireMoney(payment.companyDebit),
          gross_pay: toWireMoney(payment.grossPay),
          net_pay: toWireMoney(payment.netPay),
          employer_taxes: toWireMoney(payment.employerTaxes),
          employee_taxes: toWireMoney(payment.employeeTaxes),
          individual_ids: payment.individualIds,
          pay_group_ids: payment.payGroupIds,
          pay_frequencies: payment.payFrequencies,
        })),
      ).toEqual(items);
      expect(payments.map(({ raw }) => raw)).toEqual(items.map(({ individual_ids: _ids, ...rest }) => rest));
    }
  });

  it("may have no pay date, or one to come", async () => {
    const find = async (number: number) =>
      (await cases.payments(await cases.token(number))).find(({ id }) => id === cases.row(number).payment_id);
    expect(await find(3)).toMatchObject({ payDate: null });
    const today = cases.world.sandbox().sandbox.world.clock.iso().slice(0, 10);
    expect((await find(4))?.payDate?.localeCompare(today)).toBe(1);
  });

  it("are those of the days asked for, both ends included", async () => {
    const token = await cases.token(1);
    const day = (await cases.payments(token)).find(({ payDate }) => payDate !== null)?.payDate ?? "";
    const dates: (string | null)[] = [];
    const outcome = await streamPayments(
      cases.caller,
      token,
      { ...scope, startDate: day, endDate: day },
      async (chunk) => void dates.push(...chunk.map(({ payDate }) => payDate)),
    );
    expect(outcome.kind).toBe("ok");
    expect(new Set(dates)).toEqual(new Set([day]));
  });

  it("may be null in all that may be null", async () => {
    const token = await cases.token(1);
    await cases.world.fault({ operation: "GET /employer/payment", kind: "nulls" });
    const [payment] = await cases.payments(token);
    expect(payment).toMatchObject({
      payDate: null,
      payPeriodStart: null,
      grossPay: null,
      individualIds: null,
      payGroupIds: null,
      payFrequencies: null,
    });
  });
});
