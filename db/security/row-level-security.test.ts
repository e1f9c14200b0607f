import type { Sql, TransactionSql } from "postgres";
import { beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";

/**
 * What the generated matrix beside this file cannot say: values of columns, functions that cross a border on purpose,
 * partitions, time.
 */

const acme = crypto.randomUUID();
const globex = crypto.randomUUID();
const acmeGusto = crypto.randomUUID();
const acmeAdp = crypto.randomUUID();
const globexGusto = crypto.randomUUID();
const ada = crypto.randomUUID();
const bob = crypto.randomUUID();
const eve = crypto.randomUUID();
const person = crypto.randomUUID();

interface Setting {
  role: string;
  user?: string;
  team?: boolean;
  customer?: string;
  connections?: string;
  individual?: string;
  pay?: boolean;
  pii?: boolean;
  traits?: boolean;
  secrets?: boolean;
}

describe("row-level security, by raw SQL", () => {
  const database = useTestDatabase();

  function as<T>(setting: Setting, fn: (sql: TransactionSql) => Promise<T>): Promise<T> {
    const flag = (value: boolean | undefined) => (value ? "on" : "off");
    return database()
      .sql("app")
      .begin(async (sql) => {
        await sql`select set_config('role', ${setting.role}, true),
          set_config('app.customer_id', ${setting.customer ?? ""}, true),
          set_config('app.connection_ids', ${setting.connections ?? "*"}, true),
          set_config('app.individual_id', ${setting.individual ?? ""}, true),
          set_config('app.can_pay', ${flag(setting.pay)}, true),
          set_config('app.can_pii', ${flag(setting.pii)}, true),
          set_config('app.can_traits', ${flag(setting.traits)}, true),
          set_config('app.can_secrets', ${flag(setting.secrets)}, true),
          set_config('app.can_team', ${flag(setting.team)}, true),
          set_config('app.user_id', ${setting.user ?? ""}, true)`;
        return fn(sql);
      }) as Promise<T>;
  }
  const count = (setting: Setting, table: string) =>
    as(setting, async (sql) => {
      const [row] = await sql<{ n: number }[]>`select count(*)::int as n from ${sql(table)}`;
      return row?.n ?? -1;
    });

  async function fill(sql: Sql) {
    await sql`insert into customers (id, name) values (${acme}, 'Acme'), (${globex}, 'Globex')`;
    for (const [customer, connection] of [
      [acme, acmeGusto],
      [acme, acmeAdp],
      [globex, globexGusto],
    ] as const) {
      await sql`insert into connections (customer_id, id, finch_connection_id, finch_customer_id, provider_id, provider_name)
        values (${customer}, ${connection}, ${connection}, ${customer}, 'gusto', 'Gusto')`;
    }
    for (const [customer, connection, individual] of [
      [acme, acmeGusto, ada],
      [acme, acmeAdp, bob],
      [globex, globexGusto, eve],
    ] as const) {
      await sql`insert into individuals (customer_id, id, connection_id, finch_individual_id, last_name, title, fetched_at)
        values (${customer}, ${individual}, ${connection}, ${individual}, 'Lee', 'Clerk', now())`;
      await sql`insert into sealed_values (customer_id, connection_id, owner_table, owner_id, kind, ciphertext, key_id, hmac, last_four)
        values (${customer}, ${connection}, 'individuals', ${individual}, 'ssn', 'sealed', 'k1', 'h', '1234')`;
    }
    // A company whose id is a person's: ids of different tables are never mixed up.
    await sql`insert into sealed_values (customer_id, connection_id, owner_table, owner_id, kind, ciphertext, key_id, hmac)
      values (${acme}, ${acmeGusto}, 'companies', ${ada}, 'account', 'sealed', 'k1', 'h')`;
    await sql`insert into users (id, email) values (${person}, 'person@example.test')`;
    await sql`insert into user_roles (customer_id, user_id, role) values (${acme}, ${person}, 'employer_admin')`;
  }

  beforeAll(() => fill(database().sql("superuser")));

  const tenant: Setting = {
    role: "perch_tenant",
    customer: acme,
    pay: true,
    pii: true,
    traits: true,
    secrets: true,
  };
  it("a row cannot be moved to another customer, nor to a connection beyond the limit", async () => {
    await expect(
      as(tenant, (sql) => sql`update connections set customer_id = ${globex} where id = ${acmeGusto}`),
    ).rejects.toThrow(/row-level security/);
    const limited = { ...tenant, connections: acmeGusto };
    await as(
      limited,
      (sql) =>
        sql`insert into sync_runs (customer_id, connection_id, reason) values (${acme}, ${acmeGusto}, 'requested')`,
    );
    await expect(as(limited, (sql) => sql`update sync_runs set connection_id = ${acmeAdp}`)).rejects.toThrow(
      /row-level security/,
    );
  });

  it("whoever is limited to a connection gives no role for all of them, and none of another", async () => {
    const limited = { ...tenant, connections: acmeGusto, team: true };
    const give = (connection: string | null) =>
      as(
        limited,
        (sql) =>
          sql`insert into user_roles (customer_id, user_id, role, connection_id) values (${acme}, ${person}, 'hr_viewer', ${connection})`,
      );
    await expect(give(null)).rejects.toThrow(/row-level security/);
    await expect(give(acmeAdp)).rejects.toThrow(/row-level security/);
    await give(acmeGusto);
    const gone = await as(limited, (sql) => sql`delete from user_roles`);
    expect(gone.count).toBe(1);
    // The administrator's own role, for all connections, is still there.
    expect(await count(tenant, "user_roles")).toBe(1);
  });

  it("staff find that an SSN is held, and nothing of bank accounts", async () => {
    const staff = { role: "perch_staff", customer: acme };
    const kinds = await as(staff, (sql) => sql<{ kind: string }[]>`select kind from sealed_values`);
    expect(kinds.map(({ kind }) => kind)).toEqual(["ssn", "ssn"]);
    expect(await as(tenant, (sql) => sql`select id from sealed_values where kind = 'account'`)).toHaveLength(
      1,
    );
  });

  it("an employee finds the own SSN's last four, not what is held of a company of the same id", async () => {
    const employee = { role: "perch_employee", customer: acme, connections: acmeGusto, individual: ada };
    const held = await as(
      employee,
      (sql) => sql<{ kind: string }[]>`select kind, last_four from sealed_values`,
    );
    expect(held.map(({ kind }) => kind)).toEqual(["ssn"]);
    await expect(as(employee, (sql) => sql`select ciphertext from sealed_values`)).rejects.toThrow(
      /permission denied/,
    );
  });

  it("a recorded reveal opens one value, for its person, for a minute", async () => {
    const superuser = database().sql("superuser");
    const [held] = await superuser<
      { id: string }[]
    >`select id from sealed_values where owner_id = ${ada} and kind = 'ssn'`;
    const record = (age: string) => superuser`
      insert into reveals (customer_id, user_id, connection_id, sealed_value_id, kind, audit_seq, created_at)
      values (${acme}, 'u1', ${acmeGusto}, ${held?.id ?? ""}, 'ssn', 1, now() - ${age}::interval)`;
    const opened = (setting: Partial<Setting> = {}) =>
      as(
        { role: "perch_reveal", customer: acme, user: "u1", ...setting },
        (sql) => sql<{ owner: string }[]>`select owner_id as owner, ciphertext from sealed_values`,
      );
    expect(await opened()).toEqual([]);
    await record("61 seconds");
    expect(await opened()).toEqual([]);
    await record("50 seconds");
    expect((await opened()).map(({ owner }) => owner)).toEqual([ada]);
    expect(await opened({ user: "u2" })).toEqual([]);
    expect(await opened({ user: "" })).toEqual([]);
    expect(await opened({ customer: globex })).toEqual([]);
    await expect(
      as(
        { role: "perch_reveal", customer: acme, user: "u1" },
        (sql) => sql`select first_name from individuals`,
      ),
    ).rejects.toThrow(/permission denied/);
  });

  it("api_requests are apart also in their partitions", async () => {
    const insert = (customer: string) =>
      as(
        { ...tenant, customer },
        (sql) =>
          sql`insert into api_requests (customer_id, endpoint, outcome, duration_ms) values (${customer}, 'company', 'ok', 1)`,
      );
    await insert(acme);
    await insert(globex);
    // A request of no connection yet is seen by those who may see all connections.
    expect(await count(tenant, "api_requests")).toBe(1);
    const [part] = await database().sql("owner")<{ name: string }[]>`
      select inhrelid::regclass::text as name from pg_inherits where inhparent = 'api_requests'::regclass and inhrelid::regclass::text ~ '\\d{8}$' limit 1`;
    await expect(as(tenant, (sql) => sql.unsafe(`select * from ${part?.name ?? "none"}`))).rejects.toThrow(
      /permission denied/,
    );
  });

  it("a lookup answers the customer only to those who know the key, and belongs to the first", async () => {
    const put = (customer: string, row: string) =>
      as({ ...tenant, customer }, async (sql) => {
        const [result] = await sql<
          { ours: boolean }[]
        >`select put_lookup('finch_connection', 'abc', ${row}) as ours`;
        return result?.ours;
      });
    expect(await put(acme, acmeGusto)).toBe(true);
    expect(await put(acme, acmeGusto)).toBe(true);
    expect(await put(globex, globexGusto)).toBe(false);
  });

  it("jobs and audit are written through functions only, in the caller's transaction", async () => {
    const jobs = () =>
      database().sql("owner")<{ n: number }[]>`select count(*)::int as n from graphile_worker._private_jobs`;
    await expect(as(tenant, (sql) => sql`select graphile_worker.add_job('x')`)).rejects.toThrow(
      /permission denied/,
    );
    await expect(as(tenant, (sql) => sql`insert into audit_log select * from audit_log`)).rejects.toThrow(
      /permission denied/,
    );
    await expect(
      as(tenant, async (sql) => {
        await sql`select enqueue('x', '{}', null, null, null, 1, 0)`;
        throw new Error("rolled back");
      }),
    ).rejects.toThrow("rolled back");
    expect((await jobs())[0]?.n).toBe(0);
    await as(tenant, (sql) => sql`select enqueue('x', '{}', null, null, null, 1, 0)`);
    expect((await jobs())[0]?.n).toBe(1);
  });
});
