import type Finch from "@tryfinch/finch-api";
import { z } from "zod";
import { bearer, ok } from "@/sandbox/call";
import { payrollEdits, type NewPayment } from "@/sandbox/payroll";
import type { Result, Routes } from "@/sandbox/results";
import { parseInput } from "@/sandbox/validate";

const BenefitType = z.enum([
  "457",
  "401k",
  "401k_roth",
  "401k_loan",
  "403b",
  "403b_roth",
  "457_roth",
  "commuter",
  "custom_post_tax",
  "custom_pre_tax",
  "fsa_dependent_care",
  "fsa_medical",
  "hsa_post",
  "hsa_pre",
  "s125_dental",
  "s125_medical",
  "s125_vision",
  "simple",
  "simple_ira",
]);

const EarningType = z.enum([
  "bonus",
  "commission",
  "double_overtime",
  "other",
  "overtime",
  "pto",
  "reimbursement",
  "salary",
  "severance",
  "sick",
  "tips",
  "wage",
  "1099",
]);

const currency = "usd";
const name = z.string().min(1).optional();
const amount = z.int().optional();

const Earning = z
  .object({ amount, hours: z.number().optional(), name, type: EarningType.optional() })
  .transform((line) => ({
    type: line.type ?? null,
    name: line.name ?? null,
    amount: line.amount ?? null,
    currency,
    hours: line.hours ?? null,
  }));

const Tax = z
  .object({
    amount,
    name,
    employer: z.boolean().optional(),
    type: z.enum(["federal", "fica", "local", "state"]).optional(),
  })
  .transform((line) => ({
    type: line.type ?? null,
    name: line.name ?? null,
    employer: line.employer ?? false,
    amount: line.amount ?? null,
    currency,
  }));

const named = (line: { type?: string | undefined; name?: string | undefined }) =>
  line.type === undefined || line.name !== undefined;
const unnamed = { error: "name is required when type is given", path: ["name"] };

const Deduction = z
  .object({ amount, name, pre_tax: z.boolean().optional(), type: BenefitType.optional() })
  .refine(named, unnamed)
  .transform((line) => ({
    name: line.name ?? null,
    amount: line.amount ?? null,
    currency,
    pre_tax: line.pre_tax ?? null,
    type: line.type ?? null,
  }));

const Contribution = z
  .object({ amount, name, type: BenefitType.optional() })
  .refine(named, unnamed)
  .transform((line) => ({
    name: line.name ?? null,
    amount: line.amount ?? null,
    currency,
    type: line.type ?? null,
  }));

const money = (cents: number | undefined) => (cents === undefined ? undefined : { amount: cents, currency });

const Statement = z
  .object({
    individual_id: z.guid(),
    type: z
      .enum(["off_cycle_payroll", "one_time_payment", "regular_payroll"])
      .nullable()
      .default("regular_payroll"),
    payment_method: z.enum(["check", "direct_deposit", "other"]).nullable().default("direct_deposit"),
    total_hours: z.number().positive().optional(),
    gross_pay: z.int().positive().optional(),
    net_pay: z.int().optional(),
    earnings: z.array(Earning).optional(),
    taxes: z.array(Tax).optional(),
    employee_deductions: z.array(Deduction).optional(),
    employer_contributions: z.array(Contribution).optional(),
  })
  .transform(({ gross_pay, net_pay, ...rest }) => {
    const given = { ...rest, gross_pay: money(gross_pay), net_pay: money(net_pay) };
    // Absent keys have defaults of their own, so they must not be there as undefined.
    return Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ) as GivenStatement;
  });
type GivenStatement = NonNullable<NewPayment["pay_statements"]>[number];

// Deductions look back over all payments before a date: thousands of years of them would take minutes.
const date = z.iso
  .date()
  .refine((text) => text >= "1970" && text < "2101", { message: "must lie between 1970 and 2100" })
  .optional();
const PaymentInput = z.object({
  start_date: date,
  end_date: date,
  pay_date: date,
  debit_date: date,
  pay_statements: z.array(Statement).max(10_000).optional(),
});

/**
 * Adds a payment; a sync makes it visible (Finch: Add a new sandbox payment). Without dates it follows
 * the payment that was created last; without statements it pays everybody who works full-time, and
 * deductions come from enrollments. Amounts are cents. Errors: 400, 404 individual_not_found.
 */
const create = bearer<Result<"POST /sandbox/payment">>(({ world, caller, body }) => {
  const input = parseInput(PaymentInput, body ?? {});
  const edits = payrollEdits(world, caller.connection, caller.entity);
  const created: Finch.Sandbox.PaymentCreateResponse = edits.addPayment(input);
  return ok(created);
});

export const sandboxPayment = { "POST /sandbox/payment": create } satisfies Routes;
