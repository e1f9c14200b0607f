import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";

/** What else an employer's office keeps: pay groups of a connection, and the W-4 forms of its people. */

interface ConnectionPlace {
  customerId: string;
  connectionId: string;
}

/** A pay group without members. */
export async function plantGroup(
  sql: Sql,
  { customerId, connectionId }: ConnectionPlace,
  name: string,
): Promise<string> {
  const id = randomUUID();
  await sql`
    insert into pay_groups (customer_id, id, connection_id, finch_pay_group_id, name, pay_frequencies, individual_ids,
      fetched_at, members_fetched_at)
    values (${customerId}, ${id}, ${connectionId}, ${id}, ${name}, array['bi_weekly'], array[]::text[], now(), now())`;
  return id;
}

/** A person's W-4. Amounts are cents as text; the number is what no page may show, whoever reads it. */
export async function plantForm(
  sql: Sql,
  { customerId, connectionId, individualId }: ConnectionPlace & { individualId: string },
  { deductions, number }: { deductions: string; number: string },
): Promise<string> {
  const id = randomUUID();
  const content = { filing_status: "head_of_household", deductions: Number(deductions), ssn: number };
  await sql`
    insert into documents (customer_id, id, connection_id, finch_document_id, individual_id, type, year, content,
      content_fetched_at, fetched_at)
    values (${customerId}, ${id}, ${connectionId}, ${id}, ${individualId}, 'w4_2020', 2024, ${sql.json(content)}, now(), now())`;
  return id;
}
