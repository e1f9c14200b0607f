import { describe, expect, it } from "vitest";
import { KeptStatements, TestCaller, tokenOf, useLocalFinch } from "../testing";
import { streamPayStatements } from "./statements";

const finch = useLocalFinch();

/** Reads one statement that a local Finch gives. */
async function readSlip(slip: object) {
  const body = { paging: { count: 1, offset: 0 }, pay_statements: [slip] };
  finch.gives({ responses: [{ payment_id: "p1", code: 200, body }] });
  const kept = new KeptStatements();
  const query = { entityId: "", pages: [{ paymentId: "p1", offset: 0 }] };
  await streamPayStatements(new TestCaller(), tokenOf("t"), query, kept);
  return kept.statements;
}

describe("a statement", () => {
  it("has its lines in Finch's order by category, amounts in minor units, hours as text", async () => {
    const line = { type: null, hours: null, preTax: null, employer: null, attributes: null };
    const statements = await readSlip({
      individual_id: "a",
      type: "regular_payroll",
      payment_method: "check",
      total_hours: 79.9833,
      gross_pay: { amount: 123_456, currency: "JPY" },
      net_pay: { amount: null, currency: null },
      employee_deductions: [{ name: "401(k)", amount: -5, currency: null, pre_tax: null, type: "401k" }],
      earnings: [{ type: "wage", name: "Wage", amount: 9, currency: "kwd", hours: 0 }, null],
      taxes: [{ type: "federal", name: "FIT", employer: null, currency: "usd" }],
      employer_contributions: null,
    });
    expect(statements).toEqual([
      {
        individualId: "a",
        type: "regular_payroll",
        paymentMethod: "check",
        totalHours: "79.9833",
        grossPay: { amountCents: 123_456n, currency: "JPY" },
        netPay: { amountCents: null, currency: null },
        lines: [
          {
            ...line,
            category: "earning",
            type: "wage",
            name: "Wage",
            amountCents: 9n,
            currency: "kwd",
            hours: "0",
          },
          { ...line, category: "tax", type: "federal", name: "FIT", amountCents: null, currency: "usd" },
          { ...line, category: "deduction", type: "401k", name: "401(k)", amountCents: -5n, currency: null },
        ],
        nullCategories: ["contribution"],
        extra: null,
      },
    ]);
  });

  it("without any of its keys is null in all, but for the person", async () => {
    const [slip] = await readSlip({ individual_id: "a" });
    expect(slip).toMatchObject({
      individualId: "a",
      type: null,
      totalHours: null,
      grossPay: null,
      lines: [],
    });
    expect(slip?.nullCategories).toEqual(["earning", "tax", "deduction", "contribution"]);
  });

  it("keeps keys that are new to us and the rules' attributes, scrubbed", async () => {
    const attributes = { metadata: { plan: "A" } };
    const [slip] = await readSlip({
      individual_id: "a",
      earnings: [{ name: "Wage", attributes }],
      check_number: "77",
      bank: { account_number: "12345678" },
    });
    expect(slip?.lines[0]?.attributes).toEqual(attributes);
    expect(slip?.extra).toEqual({ check_number: "77", bank: { account_number: "[sealed]" } });
  });

  it("rounds a fraction of a minor unit", async () => {
    const [slip] = await readSlip({ individual_id: "a", gross_pay: { amount: 10.6, currency: "usd" } });
    expect(slip?.grossPay?.amountCents).toBe(11n);
  });
});
