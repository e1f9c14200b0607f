import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";

/**
 * Rows for tests, figures and seeds. They take a client that row-level security
 * does not hold back (a test database's superuser), and make only what is asked.
 */

export const platformCustomer = "00000000-0000-0000-0000-000000000000";

export interface TestCustomer {
  id: string;
  name: string;
}

let serial = 0;
const next = () => ++serial;

export async function createTestCustomer(
  sql: Sql,
  { id = randomUUID(), name = `Employer ${next()}`, timeZone = "America/New_York" } = {},
): Promise<TestCustomer> {
  await sql`insert into customers (id, name, time_zone) values (${id}, ${name}, ${timeZone})`;
  return { id, name };
}

export interface TestUser {
  id: string;
  email: string;
  name: string | null;
}

interface TestUserOptions {
  email?: string;
  name?: string | null;
  role?: string;
  /** The platform where left out. */
  customerId?: string;
  connectionId?: string | null;
  individualId?: string | null;
}

/** A user, with one role where a role is named. */
export async function createTestUser(sql: Sql, options: TestUserOptions = {}): Promise<TestUser> {
  const n = next();
  const user = {
    id: randomUUID(),
    email: options.email ?? `person${n}-${randomUUID().slice(0, 8)}@example.test`,
  };
  const name = options.name === undefined ? `Person ${n}` : options.name;
  await sql`insert into users (id, email, name) values (${user.id}, ${user.email}, ${name})`;
  if (options.role) await grantTestRole(sql, { ...options, role: options.role, userId: user.id });
  return { ...user, name };
}

export async function grantTestRole(
  sql: Sql,
  grant: {
    userId: string;
    role: string;
    customerId?: string;
    connectionId?: string | null;
    individualId?: string | null;
  },
): Promise<string> {
  const id = randomUUID();
  await sql`
    insert into user_roles (customer_id, id, user_id, role, connection_id, individual_id)
    values (${grant.customerId ?? platformCustomer}, ${id}, ${grant.userId}, ${grant.role},
      ${grant.connectionId ?? null}, ${grant.individualId ?? null})`;
  return id;
}

export interface TestConnection {
  id: string;
  customerId: string;
  finchConnectionId: string;
}

interface TestConnectionOptions {
  customerId: string;
  providerId?: string;
  providerName?: string;
  products?: string[];
  disconnected?: boolean;
  dataRetrievedAt?: Date | null;
  lastSyncSucceededAt?: Date | null;
}

const allProducts = ["company", "directory", "individual", "ssn", "employment"];

/** A connection that synced an hour ago, unless told otherwise. It has no token. */
export async function createTestConnection(
  sql: Sql,
  options: TestConnectionOptions,
): Promise<TestConnection> {
  const id = randomUUID();
  const finchConnectionId = randomUUID();
  const hourAgo = new Date(Date.now() - 3_600_000);
  const retrieved = options.dataRetrievedAt === undefined ? hourAgo : options.dataRetrievedAt;
  const succeeded = options.lastSyncSucceededAt === undefined ? hourAgo : options.lastSyncSucceededAt;
  const products = options.products ?? allProducts;
  const at = retrieved?.toISOString() ?? null;
  const fresh = { retrievedAt: at, lastAttemptAt: at, lastAttemptResult: "success", fetchedAt: at };
  const freshness = retrieved ? Object.fromEntries(products.map((product) => [product, fresh])) : {};
  await sql`
    insert into connections (customer_id, id, finch_connection_id, finch_customer_id, provider_id, provider_name,
      products, account_status, freshness, data_retrieved_at, last_sync_started_at, last_sync_succeeded_at, disconnected_at)
    values (${options.customerId}, ${id}, ${finchConnectionId}, ${`${options.customerId}:${id}`},
      ${options.providerId ?? "gusto"}, ${options.providerName ?? "Gusto"}, ${products},
      'connected', ${sql.json(freshness)}, ${retrieved}, ${succeeded}, ${succeeded}, ${options.disconnected ? new Date() : null})`;
  return { id, customerId: options.customerId, finchConnectionId };
}

interface TestIndividualsOptions {
  customerId: string;
  connectionId: string;
  count: number;
  /** Distinct last names; fewer than people means equal names. */
  lastNames?: number;
  /** First number of the run, so that two calls make different people. */
  offset?: number;
}

/**
 * Many people by one statement: two names, a department of 6, titles of 9, managers among the first 10,
 * one of 11 terminated, one of 13 contractors, one of 17 without a title; with profile, traits, income and a sealed SSN.
 */
export async function createTestIndividuals(sql: Sql, options: TestIndividualsOptions): Promise<string[]> {
  const { customerId, connectionId, count, lastNames = count, offset = 0 } = options;
  const rows = await sql<{ id: string }[]>`
    insert into individuals (customer_id, id, connection_id, finch_individual_id, first_name, last_name, work_email,
      sort_name, search_text, is_active, manager_finch_id, department, title, employment_type, employment_subtype,
      employment_status, start_date, end_date, directory_fetched_at, individual_fetched_at, employment_fetched_at, fetched_at)
    select ${customerId}::uuid, gen_random_uuid(), ${connectionId}::uuid, 'finch-' || n, first, last, mail,
      lower(last || ' ' || first), lower(concat_ws(' ', first, last, title, department, mail)), n % 11 <> 0,
      case when n > 10 then 'finch-' || (n % 10 + 1) end, department, title,
      case when n % 13 = 0 then 'contractor' else 'employee' end,
      case when n % 13 = 0 then 'individual_contractor' when n % 5 = 0 then 'part_time' else 'full_time' end,
      case when n % 11 = 0 then 'terminated' else 'active' end,
      date '2015-01-01' + (n * 7 % 3650), case when n % 11 = 0 then date '2026-01-31' end, now(), now(), now(), now()
    from (
      select n, 'First' || lpad(n::text, 5, '0') as first, 'Last' || lpad((n % ${lastNames}::int)::text, 5, '0') as last,
        'person' || n || '@work.test' as mail,
        (array['Clinical', 'Operations', 'Finance', 'Laboratory', 'Front desk', null])[n % 6 + 1] as department,
        case when n % 17 <> 0 then (array['Hygienist', 'Dentist', 'Bookkeeper', 'Office manager', 'Assistant', 'Technician',
          'Receptionist', 'Analyst', 'Director'])[n % 9 + 1] end as title
      from generate_series(${offset + 1}::int, ${offset + count}::int) n
    ) people
    returning id`;
  const ids = rows.map((row) => row.id);
  await addTestDetails(sql, customerId, ids);
  return ids;
}

async function addTestDetails(sql: Sql, customerId: string, ids: string[]): Promise<void> {
  await sql`
    insert into individual_profiles (customer_id, individual_id, connection_id, dob, residence, emails, phone_numbers, fetched_at)
    select customer_id, id, connection_id, date '1985-05-17',
      '{"line1": "12 Home Street", "line2": null, "city": "Springfield", "state": "IL", "postalCode": "62701", "country": "US"}'::jsonb,
      jsonb_build_array(jsonb_build_object('data', finch_individual_id || '@home.test', 'type', 'personal')),
      '[{"data": "+12175550100", "type": "personal"}]'::jsonb, now()
    from individuals where customer_id = ${customerId} and id = any (${ids}::uuid[])`;
  await sql`
    insert into individual_traits (customer_id, individual_id, connection_id, gender, ethnicity, marital_status, fetched_at)
    select customer_id, id, connection_id, 'female', 'two_or_more_races', 'married', now()
    from individuals where customer_id = ${customerId} and id = any (${ids}::uuid[])`;
  await sql`
    insert into income_history (customer_id, individual_id, connection_id, ordinal, is_current, unit, amount_cents, currency, effective_date, fetched_at)
    select customer_id, id, connection_id, o, o = 0, 'yearly', 7840000 - o * 123456, 'usd', date '2026-01-01' - o * 365, now()
    from individuals, generate_series(0, 1) o where customer_id = ${customerId} and id = any (${ids}::uuid[])`;
  await sql`
    insert into sealed_values (customer_id, id, connection_id, owner_table, owner_id, kind, ciphertext, key_id, hmac, last_four)
    select customer_id, gen_random_uuid(), connection_id, 'individuals', id, 'ssn', 'not-a-ciphertext', 'test', md5(id::text), '4417'
    from individuals where customer_id = ${customerId} and id = any (${ids}::uuid[])`;
}
