import type { Sql } from "postgres";

/** Pay groups and payments as a sync leaves them. For tests only. */

interface TestPayGroup {
  customerId: string;
  connectionId: string;
  name?: string;
  frequencies?: string[] | null;
  /** Finch's ids of the people; null where it was not read. */
  members?: string[] | null;
}

export async function createTestPayGroup(
  sql: Sql,
  options: TestPayGroup,
): Promise<{ id: string; finchId: string }> {
  const {
    customerId,
    connectionId,
    name = "Salaried",
    frequencies = ["bi_weekly"],
    members = null,
  } = options;
  const [id, finchId] = [crypto.randomUUID(), crypto.randomUUID()];
  await sql`
    insert into pay_groups (customer_id, id, connection_id, finch_pay_group_id, name, pay_frequencies, individual_ids,
      fetched_at, members_fetched_at)
    values (${customerId}, ${id}, ${connectionId}, ${finchId}, ${name}, ${frequencies}, ${members}, now(),
      ${members === null ? null : new Date()})`;
  return { id, finchId };
}

interface TestRuns {
  customerId: string;
  connectionId: string;
  /** Null where payments name no group. */
  finchPayGroupId: string | null;
  frequency?: string;
  payDates: readonly string[];
}

export async function createTestRuns(sql: Sql, options: TestRuns): Promise<void> {
  const { customerId, connectionId, finchPayGroupId, frequency = "bi_weekly", payDates } = options;
  for (const payDate of payDates)
    await sql`
      insert into payments (customer_id, connection_id, finch_payment_id, pay_date, pay_group_ids, pay_frequencies, fetched_at)
      values (${customerId}, ${connectionId}, ${crypto.randomUUID()}, ${payDate},
        ${finchPayGroupId === null ? null : [finchPayGroupId]}, ${[frequency]}, now())`;
}

/** Days of a biweekly cycle: so many back from the last one before `today`, all of them business days. */
export function biweeklyBefore(today: string, count: number): string[] {
  const dayMs = 86_400_000;
  const at = Date.parse(`${today}T00:00:00Z`) - 5 * dayMs;
  // A Wednesday: no bank holiday but one in many years falls on it, and none of them in a row.
  const wednesday = at - ((new Date(at).getUTCDay() + 4) % 7) * dayMs;
  return Array.from({ length: count }, (_, back) =>
    new Date(wednesday - back * 14 * dayMs).toISOString().slice(0, 10),
  );
}
