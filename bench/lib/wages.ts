import { sql as text } from "drizzle-orm";
import type { Sql } from "postgres";
import { loginDatabase, type Tx } from "@/db/client";
import { listSummedDays, rebuildDays } from "@/db/repositories/wage-day-sums";
import { rebuildTotals } from "@/db/repositories/wage-totals";
import { createTestConnection, createTestCustomer, createTestIndividuals } from "@/db/seed/factories";

/** A year of bi-weekly pay for many people, made in the database itself, with the totals that the product keeps. */

export interface FilledEmployer {
  customerId: string;
  connectionId: string;
  people: number;
}

const runs = 26;
const year = 2026;
const peopleAtOnce = 1_000;

/** @param totals whether the kept totals are made, too, for what reads them */
export async function fillWages(
  sql: Sql,
  workerUrl: string,
  people: number,
  { totals = true } = {},
): Promise<FilledEmployer> {
  const { id: customerId } = await createTestCustomer(sql);
  const { id: connectionId } = await createTestConnection(sql, { customerId });
  const ids = await createTestIndividuals(sql, { customerId, connectionId, count: people });
  await sql`
    insert into payments (customer_id, connection_id, finch_payment_id, pay_date, individual_ids, pay_frequencies, fetched_at,
      statements_state, statements_count)
    select ${customerId}, ${connectionId}, 'run-' || n, date '2025-12-26' + n * 14, '{}', '{bi_weekly}', now(), 'complete', ${people}
    from generate_series(1, ${runs}) n`;
  await sql`
    insert into pay_statements (customer_id, connection_id, payment_id, individual_id, ordinal, type, total_hours, gross_pay_cents,
      gross_pay_currency, net_pay_cents, net_pay_currency, employee_taxes_cents, employer_taxes_cents, unknown_taxes_cents, deductions_cents, contributions_cents, pay_date, digest, seen_at, fetched_at)
    select p.customer_id, p.connection_id, p.id, i.id, 0, 'regular_payroll', 80, 310000, 'usd', 221000, 'usd', 63715, 23715, 0, 25285, 39300, p.pay_date, '', now(), now()
    from payments p join individuals i on i.customer_id = p.customer_id where p.customer_id = ${customerId}`;
  await sql`
    insert into pay_statement_lines (customer_id, statement_id, ordinal, connection_id, individual_id, category, type, name,
      amount_cents, currency, pre_tax, employer)
    select s.customer_id, s.id, line.ordinal, s.connection_id, s.individual_id, line.category, line.type, line.name, line.cents, 'usd',
      line.pre_tax, line.employer
    from pay_statements s cross join (values
      (0, 'earning', 'salary', 'Salary', 300000, null::boolean, null::boolean), (1, 'earning', 'bonus', 'Bonus', 10000, null, null),
      (2, 'tax', 'federal', 'Federal Income Tax', 40000, null, false), (3, 'tax', 'fica', 'Social Security', 19220, null, false),
      (4, 'tax', 'fica', 'Medicare', 4495, null, false), (5, 'tax', 'fica', 'Social Security', 19220, null, true),
      (6, 'tax', 'fica', 'Medicare', 4495, null, true), (7, 'deduction', '401k', '401(k)', 15500, true, null),
      (8, 'deduction', 's125_medical', 'Medical', 9785, true, null), (9, 'contribution', '401k', '401(k) match', 9300, null, null),
      (10, 'contribution', 's125_medical', 'Medical', 30000, null, null)
    ) as line (ordinal, category, type, name, cents, pre_tax, employer) where s.customer_id = ${customerId}`;
  if (totals) await keepTotals(workerUrl, { customerId, connectionId, ids });
  // As autovacuum leaves them soon after, and not while something is measured.
  await sql.unsafe("vacuum (analyze)");
  return { customerId, connectionId, people };
}

async function keepTotals(
  workerUrl: string,
  { customerId, connectionId, ids }: { customerId: string; connectionId: string; ids: readonly string[] },
): Promise<void> {
  const asWorker = (work: (tx: Tx) => Promise<void>) =>
    loginDatabase(workerUrl).transaction(async (tx) => {
      await tx.execute(
        text`select set_config('role', 'perch_sync', true), set_config('app.customer_id', ${customerId}, true)`,
      );
      await work(tx);
    });
  for (let from = 0; from < ids.length; from += peopleAtOnce) {
    const keys = ids.slice(from, from + peopleAtOnce).map((individualId) => ({ individualId, year }));
    await asWorker((tx) => rebuildTotals(tx, { customerId, connectionId, entityId: "" }, keys));
  }
  await asWorker(async (tx) => {
    const days = await listSummedDays(tx, { customerId, connectionId });
    for (const { day } of days) await rebuildDays(tx, { customerId, connectionId }, [day]);
  });
}
