import type { EntityAnswers, Money, Payment, Statement } from "./ask";
import { decimal } from "./decimals";
import { keyOf, type Row, type Tables } from "./tables";

/** What the tables of payroll, benefits and documents have to hold, from Finch's answers. */

export interface ExpectedLine {
  category: string;
  type: string | null;
  name: string | null;
  amount_cents: number | null;
  currency: string | null;
  hours: number | null;
  pre_tax: boolean | null;
  employer: boolean | null;
  attributes: unknown;
}

interface WireLine {
  type?: string | null;
  name?: string | null;
  amount?: number | null;
  currency?: string | null;
  hours?: number | null;
  pre_tax?: boolean | null;
  employer?: boolean | null;
  attributes?: unknown;
}

/** The four lists of a statement in the order in which they stand. */
const listsOf = (statement: Statement): [string, (WireLine | null)[] | null | undefined][] => [
  ["earning", statement.earnings],
  ["tax", statement.taxes],
  ["deduction", statement.employee_deductions],
  ["contribution", statement.employer_contributions],
];

export function linesOf(statement: Statement): ExpectedLine[] {
  return listsOf(statement).flatMap(([category, list]) =>
    (list ?? [])
      .filter((line) => line !== null)
      .map((line) => ({
        category,
        type: line.type ?? null,
        name: line.name ?? null,
        amount_cents: line.amount ?? null,
        currency: line.currency ?? null,
        hours: line.hours ?? null,
        pre_tax: line.pre_tax ?? null,
        employer: line.employer ?? null,
        attributes: line.attributes ?? null,
      })),
  );
}

const amounts = (name: string, money: Money | undefined): Row => ({
  [`${name}_cents`]: money?.amount ?? null,
  [`${name}_currency`]: money?.currency ?? null,
});

export function expectPayments({ entityId, payments, statements }: EntityAnswers, tables: Tables): void {
  for (const payment of payments ?? []) {
    const slips = statements?.get(payment.id);
    tables.payments.set(keyOf(entityId, payment.id), {
      ...datesOf(payment),
      debit_date: payment.debit_date,
      ...amounts("company_debit", payment.company_debit),
      ...amounts("gross_pay", payment.gross_pay),
      ...amounts("net_pay", payment.net_pay),
      ...amounts("employer_taxes", payment.employer_taxes),
      ...amounts("employee_taxes", payment.employee_taxes),
      individual_ids: payment.individual_ids,
      pay_group_ids: payment.pay_group_ids,
      pay_frequencies: payment.pay_frequencies,
      ...(slips
        ? { statements_state: "complete", statements_count: slips.length, statements_error: null }
        : {}),
    });
    if (slips) expectStatements(entityId, payment, slips, tables);
  }
}

const datesOf = (payment: Payment) => ({
  pay_period_start: payment.pay_period?.start_date ?? null,
  pay_period_end: payment.pay_period?.end_date ?? null,
  pay_date: payment.pay_date,
});

function expectStatements(
  entityId: string,
  payment: Payment,
  slips: readonly Statement[],
  tables: Tables,
): void {
  const seen = new Map<string, number>();
  for (const slip of slips) {
    const person = slip.individual_id;
    const ordinal = seen.get(person) ?? 0;
    seen.set(person, ordinal + 1);
    const key = keyOf(entityId, payment.id, person, ordinal);
    tables.pay_statements.set(key, {
      type: slip.type ?? null,
      payment_method: slip.payment_method ?? null,
      total_hours: decimal(slip.total_hours ?? null),
      ...amounts("gross_pay", slip.gross_pay),
      ...amounts("net_pay", slip.net_pay),
      ...datesOf(payment),
      null_categories: listsOf(slip)
        .filter(([, list]) => list === null || list === undefined)
        .map(([category]) => category)
        .sort(),
      extra: null,
    });
    for (const [place, line] of linesOf(slip).entries()) {
      tables.pay_statement_lines.set(keyOf(key, place), { ...line, hours: decimal(line.hours) });
    }
  }
}

export function expectPayroll(answers: EntityAnswers, tables: Tables): void {
  const { entityId, payGroups, items, rules } = answers;
  for (const group of payGroups ?? []) {
    tables.pay_groups.set(keyOf(entityId, group.id), {
      name: group.name,
      pay_frequencies: group.pay_frequencies,
      individual_ids: group.individual_ids,
    });
  }
  for (const [ordinal, item] of (items ?? []).entries()) {
    tables.pay_statement_items.set(keyOf(entityId, ordinal), {
      category: item.category,
      name: item.name,
      type: item.attributes?.type ?? null,
      pre_tax: item.attributes?.pre_tax ?? null,
      employer: item.attributes?.employer ?? null,
      metadata: item.attributes?.metadata ?? null,
    });
  }
  for (const rule of rules ?? []) {
    tables.pay_statement_rules.set(keyOf(entityId, rule.id), {
      conditions: rule.conditions,
      attributes: rule.attributes,
      priority: rule.priority,
      effective_start_date: rule.effective_start_date,
      effective_end_date: rule.effective_end_date,
      created_at_finch: rule.created_at,
      updated_at_finch: rule.updated_at,
    });
  }
}

export function expectBenefits({ entityId, benefits, documents }: EntityAnswers, tables: Tables): void {
  for (const { benefit, enrolled } of benefits ?? []) {
    const key = keyOf(entityId, benefit.benefit_id);
    tables.benefits.set(key, {
      type: benefit.type,
      description: benefit.description,
      frequency: benefit.frequency,
      company_contribution: benefit.company_contribution ?? null,
      enrollments_error: null,
    });
    for (const { individual_id: person, body } of enrolled) {
      tables.enrollments.set(keyOf(key, person), {
        employee_deduction: body.employee_deduction ?? null,
        company_contribution: body.company_contribution ?? null,
        annual_maximum_cents: body.annual_maximum,
        catch_up: body.catch_up,
        hsa_contribution_limit: body.hsa_contribution_limit ?? null,
        error: null,
      });
    }
  }
  for (const { document, content } of documents ?? []) {
    tables.documents.set(keyOf(entityId, document.id), {
      individual: document.individual_id,
      type: document.type,
      year: document.year,
      content,
      content_error: null,
    });
  }
}
