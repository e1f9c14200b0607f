import type { z } from "zod";
import type { Parsed } from "../http/call";
import { dateOnly, part, present, toCents, toDecimal, toMoney } from "../reshape";
import type { ScrubbedJson } from "../types";
import type {
  FinchLineCategory,
  FinchPayGroup,
  FinchPayLine,
  FinchPayment,
  FinchPayStatement,
  FinchPayStatementItem,
  FinchPayStatementRule,
} from "./types";
import * as wire from "./wire";

/** From Finch's words to ours. Pure. */

export function reshapePayGroups(parsed: Parsed<z.infer<typeof wire.payGroups>>): FinchPayGroup[] {
  return parsed.wire.map((group, index) => ({
    id: group.id,
    name: group.name,
    payFrequencies: group.pay_frequencies,
    individualIds: null,
    raw: part(parsed.json, index),
  }));
}

export function reshapePayGroup({ wire: group, json }: Parsed<z.infer<typeof wire.payGroup>>): FinchPayGroup {
  return {
    id: group.id,
    name: group.name,
    payFrequencies: group.pay_frequencies,
    individualIds: group.individual_ids,
    raw: json,
  };
}

export function reshapePayment(payment: wire.WirePayment, json: ScrubbedJson): FinchPayment {
  return {
    id: payment.id,
    payPeriodStart: dateOnly(payment.pay_period?.start_date ?? null),
    payPeriodEnd: dateOnly(payment.pay_period?.end_date ?? null),
    payDate: dateOnly(payment.pay_date),
    debitDate: dateOnly(payment.debit_date),
    companyDebit: toMoney(payment.company_debit),
    grossPay: toMoney(payment.gross_pay),
    netPay: toMoney(payment.net_pay),
    employerTaxes: toMoney(payment.employer_taxes),
    employeeTaxes: toMoney(payment.employee_taxes),
    individualIds: payment.individual_ids,
    payGroupIds: payment.pay_group_ids,
    payFrequencies: payment.pay_frequencies,
    raw: without(json, ["individual_ids"]) ?? {},
  };
}

const statementKeys = Object.keys(wire.payStatement.shape);

export function reshapePayStatement(slip: wire.WirePayStatement, json: ScrubbedJson): FinchPayStatement {
  const lists = {
    earning: slip.earnings,
    tax: slip.taxes,
    deduction: slip.employee_deductions,
    contribution: slip.employer_contributions,
  };
  const categories = Object.keys(lists) as FinchLineCategory[];
  return {
    individualId: slip.individual_id,
    type: slip.type,
    paymentMethod: slip.payment_method,
    totalHours: toDecimal(slip.total_hours),
    grossPay: toMoney(slip.gross_pay),
    netPay: toMoney(slip.net_pay),
    lines: categories.flatMap((category) =>
      (present<WireLine>(lists[category]) ?? []).map((line) => reshapeLine(category, line)),
    ),
    nullCategories: categories.filter((category) => lists[category] === null),
    extra: without(json, statementKeys),
  };
}

interface WireLine {
  type: string | null;
  name: string | null;
  amount: number | null;
  currency: string | null;
  attributes: ScrubbedJson | null;
  hours?: number | null;
  pre_tax?: boolean | null;
  employer?: boolean | null;
}

function reshapeLine(category: FinchLineCategory, line: WireLine): FinchPayLine {
  return {
    category,
    type: line.type,
    name: line.name,
    amountCents: toCents(line.amount),
    currency: line.currency,
    hours: toDecimal(line.hours ?? null),
    preTax: line.pre_tax ?? null,
    employer: line.employer ?? null,
    attributes: line.attributes,
  };
}

/** What an object holds beside some keys; null where that is nothing. */
function without(json: ScrubbedJson, keys: readonly string[]): ScrubbedJson | null {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return null;
  const rest = Object.entries(json).filter(([key]) => !keys.includes(key));
  return rest.length === 0 ? null : Object.fromEntries(rest);
}

export function reshapePayStatementItems(
  parsed: Parsed<z.infer<typeof wire.payStatementItems>>,
): FinchPayStatementItem[] {
  return parsed.wire.responses.map(({ category, name, attributes }, index) => ({
    category,
    name,
    type: attributes?.type ?? null,
    preTax: attributes?.pre_tax ?? null,
    employer: attributes?.employer ?? null,
    metadata: attributes?.metadata ?? null,
    raw: part(parsed.json, "responses", index),
  }));
}

export function reshapePayStatementRule(
  rule: wire.WirePayStatementRule,
  raw: ScrubbedJson,
): FinchPayStatementRule {
  return {
    id: rule.id,
    entityType: rule.entity_type,
    conditions: present(rule.conditions),
    attributes: rule.attributes,
    priority: rule.priority,
    effectiveStartDate: rule.effective_start_date,
    effectiveEndDate: rule.effective_end_date,
    createdAt: rule.created_at,
    updatedAt: rule.updated_at,
    raw,
  };
}

export function reshapePayStatementRules(
  parsed: Parsed<z.infer<typeof wire.payStatementRules>>,
): FinchPayStatementRule[] {
  return parsed.wire.responses.map((rule, index) =>
    reshapePayStatementRule(rule, part(parsed.json, "responses", index)),
  );
}
