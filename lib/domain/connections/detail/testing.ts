import type { Sql } from "postgres";
import { createTestConnection, createTestCustomer, createTestIndividuals } from "@/db/seed/factories";

/** A connection with a run, requests, trouble and held answers, for tests and stories of its page. */

export interface TroubledConnection {
  customerId: string;
  connectionId: string;
  /** People: the first cannot be read at all, the second has no employment. */
  people: string[];
  runId: string;
}

const allProducts = [
  ...["company", "directory", "individual", "ssn", "employment"],
  ...["payment", "pay_statement", "benefits", "documents"],
];

export async function createTroubledConnection(sql: Sql, customerId?: string): Promise<TroubledConnection> {
  const employer = customerId ?? (await createTestCustomer(sql)).id;
  const { id } = await createTestConnection(sql, { customerId: employer, products: allProducts });
  const at = { customerId: employer, connectionId: id };
  const people = await createTestIndividuals(sql, { ...at, count: 3 });
  await failPeople(sql, people);
  await failItems(sql, at, people);
  return { ...at, people, runId: await addRun(sql, at) };
}

type At = Pick<TroubledConnection, "customerId" | "connectionId">;

async function failPeople(sql: Sql, [first = "", second = ""]: readonly string[]): Promise<void> {
  const refused = { code: 403, name: "error_permissions", finchCode: "insufficient_account_permissions" };
  await sql`update individuals set first_name = 'Hanna', last_name = 'Abebe',
    individual_error = ${sql.json({ ...refused, message: "Hanna Abebe is hidden", since: "2026-11-18T09:00:00.000Z" })}
    where id = ${first}`;
  await sql`update individuals set first_name = 'Ruth', last_name = 'Berg',
    employment_error = ${sql.json({ code: 404, finchCode: "individual_not_found", since: "2026-11-19T09:00:00.000Z" })}
    where id = ${second}`;
}

/** Finch's ids of what failed. */
export const failedIds = { payment: "pay-1", benefit: "ben-1", group: "group-1", document: "doc-1" } as const;

async function failItems(
  sql: Sql,
  { customerId, connectionId }: At,
  people: readonly string[],
): Promise<void> {
  const { payment, benefit, group, document } = failedIds;
  await sql`insert into payments (customer_id, connection_id, finch_payment_id, pay_date, gross_pay_cents, gross_pay_currency,
      statements_count, statements_state, fetched_at)
    values (${customerId}, ${connectionId}, ${payment}, '2026-11-13', 777123, 'usd', 31, 'failed', now())`;
  await sql`insert into benefits (customer_id, connection_id, finch_benefit_id, type, description, fetched_at)
    values (${customerId}, ${connectionId}, ${benefit}, '401k', 'Retirement plan', now())`;
  await sql`insert into pay_groups (customer_id, connection_id, finch_pay_group_id, name, fetched_at)
    values (${customerId}, ${connectionId}, ${group}, 'Clinic staff', now())`;
  const [person = ""] = people;
  const errors: [
    product: string,
    id: string,
    individual: string | null,
    code: number,
    finchCode: string | null,
  ][] = [
    ["pay_statements", payment, null, 502, "upstream_provider_error"],
    ["benefits", `${benefit}/person`, person, 404, null],
    ["pay_groups", group, null, 500, null],
    ["documents", document, person, 400, "w4_sync_required"],
  ];
  for (const [index, [product, id, individual, code, finchCode]] of errors.entries())
    await sql`insert into item_errors (customer_id, connection_id, product, finch_id, individual_id, code, finch_code,
        message, first_seen_at, last_seen_at)
      values (${customerId}, ${connectionId}, ${product}, ${id}, ${individual}, ${code}, ${finchCode},
        'secret words of Finch', ${new Date(Date.UTC(2026, 10, 10 + index))}, now())`;
}

async function addRun(sql: Sql, { customerId, connectionId }: At): Promise<string> {
  const [run] = await sql<{ id: string }[]>`
    insert into sync_runs (customer_id, connection_id, reason, scope, status, started_at, finished_at, failure_code, failure_message)
    values (${customerId}, ${connectionId}, 'scheduled', 'full', 'partly_failed', now() - interval '5 minutes', now(),
      'provider_error', 'The provider did not answer Finch.') returning id`;
  const runId = run?.id ?? "";
  await sql`insert into sync_steps (customer_id, run_id, name, ordinal, status, done, total, item_errors, requests, planned_requests,
      outcome, message, request_id, started_at, finished_at)
    values (${customerId}, ${runId}, 'introspect', 0, 'succeeded', 1, 1, 0, 1, 1, 'ok', null, 'req-1', now(), now()),
      (${customerId}, ${runId}, 'directory', 3, 'succeeded', 3, 3, 0, 1, 1, 'ok', null, 'req-2', now(), now()),
      (${customerId}, ${runId}, 'payments', 7, 'failed', 0, null, 0, 2, 1, 'provider_error',
        'The provider did not answer Finch.', 'req-3', now(), now())`;
  return runId;
}

/** Requests of a connection, a second apart; every fourth failed. */
export async function addRequests(sql: Sql, { customerId, connectionId }: At, count: number): Promise<void> {
  await sql`
    insert into api_requests (customer_id, at, connection_id, endpoint, status, outcome, finch_code, finch_request_id, duration_ms)
    select ${customerId}::uuid, now() - n * interval '1 second', ${connectionId}::uuid, 'GET /employer/directory',
      case when n % 4 = 0 then 502 else 200 end, case when n % 4 = 0 then 'provider_error' else 'ok' end,
      case when n % 4 = 0 then 'upstream_provider_error' end, 'finch-' || n, 100 + n
    from generate_series(1, ${count}::int) n`;
}
