import { z } from "zod";
import {
  amount,
  asItCame,
  count,
  currency,
  flag,
  id,
  money,
  nullable,
  text,
  texts,
  wholeNumber,
} from "../wire";

const ids = nullable(texts);

const payGroupFields = { id, name: text, pay_frequencies: ids };
export const payGroups = z.array(z.object(payGroupFields));
export const payGroup = z.object({ ...payGroupFields, individual_ids: ids });

export const payment = z.object({
  id,
  pay_period: nullable(z.object({ start_date: text, end_date: text })),
  pay_date: text,
  debit_date: text,
  company_debit: money,
  gross_pay: money,
  net_pay: money,
  employer_taxes: money,
  employee_taxes: money,
  individual_ids: ids,
  pay_group_ids: ids,
  pay_frequencies: ids,
});
export type WirePayment = z.infer<typeof payment>;

const lineFields = { type: text, name: text, amount, currency, attributes: asItCame };
const earning = z.object({ ...lineFields, hours: amount });
const tax = z.object({ ...lineFields, employer: flag });
const deduction = z.object({ ...lineFields, pre_tax: flag });
const contribution = z.object(lineFields);
const lines = <T extends z.ZodType>(line: T) => nullable(z.array(line.nullable()));

export const payStatement = z.object({
  individual_id: id,
  type: text,
  payment_method: text,
  total_hours: amount,
  gross_pay: money,
  net_pay: money,
  earnings: lines(earning),
  taxes: lines(tax),
  employee_deductions: lines(deduction),
  employer_contributions: lines(contribution),
});
export type WirePayStatement = z.infer<typeof payStatement>;

/** As much of an item of /pay-statement as says which page it is. */
export const statementHead = z.object({ payment_id: id, code: z.literal(200) });
const paging = z.object({ count, offset: count });
export const statementBodyHead = z.object({ paging });

export const statementItem = z.object({
  payment_id: id,
  code: z.int32(),
  body: z.unknown(),
});
export const statementBody = z.object({ paging, pay_statements: z.array(z.unknown()) });

export const payStatementItems = z.object({
  responses: z.array(
    z.object({
      name: text,
      category: text,
      attributes: nullable(z.object({ type: text, pre_tax: flag, employer: flag, metadata: asItCame })),
    }),
  ),
});

export const payStatementRule = z.object({
  id,
  entity_type: text,
  conditions: nullable(z.array(z.object({ field: text, operator: text, value: text }).nullable())),
  attributes: asItCame,
  priority: wholeNumber,
  effective_start_date: text,
  effective_end_date: text,
  created_at: text,
  updated_at: text,
});
export type WirePayStatementRule = z.infer<typeof payStatementRule>;
export const payStatementRules = z.object({ responses: z.array(payStatementRule) });
