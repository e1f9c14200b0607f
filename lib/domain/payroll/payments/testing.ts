import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";

/** Payments with statements for tests of their pages. Never imported by the product. */

export interface TestPlace {
  customerId: string;
  connectionId: string;
}

export async function plantPayGroup(
  sql: Sql,
  place: TestPlace,
  { name, frequency }: { name: string; frequency: string },
): Promise<{ id: string; finchId: string }> {
  const [id, finchId] = [randomUUID(), randomUUID()];
  await sql`insert into pay_groups (customer_id, id, connection_id, finch_pay_group_id, name, pay_frequencies, fetched_at)
    values (${place.customerId}, ${id}, ${place.connectionId}, ${finchId}, ${name}, ${[frequency]}, now())`;
  return { id, finchId };
}

export interface TestPayment {
  payDate: string | null;
  period?: [string, string] | null;
  group?: string | null;
  frequencies?: string[] | null;
  gross?: number | null;
  net?: number | null;
  employerTaxes?: number | null;
  employeeTaxes?: number | null;
  currency?: string | null;
  state?: string;
  /** Whom Finch names: numbers of people of the factory, "finch-1" and so on. */
  people?: number[] | null;
  error?: Record<string, unknown> | null;
}

export async function plantPayment(sql: Sql, place: TestPlace, payment: TestPayment): Promise<string> {
  const id = randomUUID();
  const { currency = "usd", state = "complete", gross = 100_000, net = 70_000, people = [1] } = payment;
  const {
    employerTaxes = 7_650,
    employeeTaxes = 30_000,
    frequencies = ["bi_weekly"],
    period = null,
  } = payment;
  await sql`insert into payments (customer_id, id, connection_id, finch_payment_id, pay_period_start, pay_period_end, pay_date,
      debit_date, gross_pay_cents, gross_pay_currency, net_pay_cents, net_pay_currency, employer_taxes_cents,
      employer_taxes_currency, employee_taxes_cents, employee_taxes_currency, company_debit_cents, company_debit_currency,
      individual_ids, pay_group_ids, pay_frequencies, fetched_at, statements_state, statements_count, statements_error)
    values (${place.customerId}, ${id}, ${place.connectionId}, ${randomUUID()}, ${period?.[0] ?? null}, ${period?.[1] ?? null},
      ${payment.payDate}, ${payment.payDate}, ${gross}, ${gross === null ? null : currency}, ${net}, ${net === null ? null : currency},
      ${employerTaxes}, ${employerTaxes === null ? null : currency}, ${employeeTaxes}, ${employeeTaxes === null ? null : currency},
      ${gross}, ${gross === null ? null : currency}, ${people && people.map((n) => `finch-${n}`)},
      ${payment.group === null ? null : payment.group === undefined ? null : [payment.group]}, ${frequencies}, now(), ${state},
      ${state === "complete" ? (people?.length ?? 0) : null}, ${payment.error ? sql.json(payment.error as never) : null})`;
  return id;
}

export interface TestStatement {
  /** Number of a person of the factory. */
  person: number;
  gross?: number | null;
  net?: number | null;
  hours?: string | null;
  currency?: string;
  type?: string | null;
  method?: string | null;
  /** [category, amount, employer] */
  lines?: [string, number | null, (boolean | null)?][];
  /** Lists that Finch gave as null. */
  notGiven?: string[];
}

export async function plantStatement(
  sql: Sql,
  place: TestPlace,
  paymentId: string,
  statement: TestStatement,
): Promise<string> {
  const id = randomUUID();
  const { currency = "usd", gross = 100_000, net = 70_000, hours = "80", lines = [] } = statement;
  const { type = "regular_payroll", method = "direct_deposit", notGiven = [] } = statement;
  await sql`insert into pay_statements (customer_id, id, connection_id, payment_id, individual_id, ordinal, type, payment_method,
      total_hours, gross_pay_cents, gross_pay_currency, net_pay_cents, net_pay_currency, null_categories, pay_date, digest, seen_at, fetched_at)
    select ${place.customerId}, ${id}, ${place.connectionId}, p.id, i.id,
      (select count(*) from pay_statements s where s.payment_id = p.id and s.individual_id = i.id), ${type}, ${method}, ${hours},
      ${gross}, ${gross === null ? null : currency}, ${net}, ${net === null ? null : currency}, ${notGiven}, p.pay_date, 'test', now(), now()
    from payments p, individuals i where p.id = ${paymentId} and i.connection_id = ${place.connectionId}
      and i.finch_individual_id = ${`finch-${statement.person}`}`;
  for (const [ordinal, [category, amount, employer = null]] of lines.entries()) {
    await sql`insert into pay_statement_lines (customer_id, statement_id, ordinal, connection_id, individual_id, category, amount_cents, currency, employer)
      select ${place.customerId}, ${id}, ${ordinal}, ${place.connectionId}, s.individual_id, ${category}, ${amount},
        ${amount === null ? null : currency}, ${employer} from pay_statements s where s.id = ${id}`;
  }
  return id;
}
