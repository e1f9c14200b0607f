import type { Sql, TransactionSql } from "postgres";
import { beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";

/**
 * Lock 2 alone: raw SQL as the app's login, without any of our code. What a
 * forgotten condition in a query would meet.
 */

const acme = crypto.randomUUID();
const globex = crypto.randomUUID();
const acmeGusto = crypto.randomUUID();
const acmeAdp = crypto.randomUUID();
const globexGusto = crypto.randomUUID();
const ada = crypto.randomUUID();
const bob = crypto.randomUUID();
const eve = crypto.randomUUID();

interface Setting {
  role: string;
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
          set_config('app.can_secrets', ${flag(setting.secrets)}, true)`;
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
      await sql`insert into access_tokens (customer_id, connection_id, ciphertext, key_id) values (${customer}, ${connection}, 'sealed', 'k1')`;
    }
    for (const [customer, connection, individual] of [
      [acme, acmeGusto, ada],
      [acme, acmeAdp, bob],
      [globex, globexGusto, eve],
    ] as const) {
      await sql`insert into individuals (customer_id, id, connection_id, finch_individual_id, last_name, title, fetched_at)
        values (${customer}, ${individual}, ${connection}, ${individual}, 'Lee', 'Clerk', now())`;
      await sql`insert into individual_profiles (customer_id, individual_id, connection_id, dob, fetched_at)
        values (${customer}, ${individual}, ${connection}, '1990-01-01', now())`;
      await sql`insert into individual_traits (customer_id, individual_id, connection_id, gender, fetched_at)
        values (${customer}, ${individual}, ${connection}, 'other', now())`;
      await sql`insert into income_history (customer_id, individual_id, connection_id, ordinal, is_current, amount_cents, fetched_at)
        values (${customer}, ${individual}, ${connection}, 0, true, 100, now())`;
      await sql`insert into sealed_values (customer_id, connection_id, owner_table, owner_id, kind, ciphertext, key_id, hmac, last_four)
        values (${customer}, ${connection}, 'individuals', ${individual}, 'ssn', 'sealed', 'k1', 'h', '1234')`;
      await sql`insert into raw_records (customer_id, connection_id, kind, finch_id, raw, fetched_at)
        values (${customer}, ${connection}, 'individual', ${individual}, '{}', now())`;
    }
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
  const mirror = ["individuals", "individual_profiles", "individual_traits", "income_history"];

  it("a login without a role reads no tenant table", async () => {
    for (const table of [
      "customers",
      "connections",
      "individuals",
      "audit_log",
      "lookups",
      "users",
      "mail_outbox",
    ]) {
      await expect(database().sql("app").unsafe(`select * from ${table}`)).rejects.toThrow(
        /permission denied/,
      );
    }
  });

  it("a tenant sees its own rows and nobody else's, on every mirror table", async () => {
    for (const table of mirror) {
      expect(await count(tenant, table), table).toBe(2);
      expect(await count({ ...tenant, customer: globex }, table), table).toBe(1);
    }
    expect(await count(tenant, "customers")).toBe(1);
    expect(await count(tenant, "connections")).toBe(2);
  });

  it("a tenant role without a customer sees nothing", async () => {
    for (const table of [...mirror, "customers", "connections"]) {
      expect(await count({ ...tenant, customer: "" }, table), table).toBe(0);
    }
  });

  it("a role limited to one connection sees that connection only", async () => {
    for (const table of [...mirror, "connections"]) {
      expect(await count({ ...tenant, connections: acmeGusto }, table), table).toBe(1);
      expect(await count({ ...tenant, connections: "" }, table), table).toBe(0);
      expect(await count({ ...tenant, connections: globexGusto }, table), table).toBe(0);
    }
  });

  it("each data class needs its own grant", async () => {
    expect(await count({ ...tenant, pay: false }, "income_history")).toBe(0);
    expect(await count({ ...tenant, pii: false }, "individual_profiles")).toBe(0);
    expect(await count({ ...tenant, traits: false }, "individual_traits")).toBe(0);
    const held = (setting: Setting) => as(setting, (sql) => sql`select last_four from sealed_values`);
    expect(await held(tenant)).toHaveLength(2);
    expect(await held({ ...tenant, secrets: false })).toHaveLength(0);
  });

  it("no role of the web reads ciphertext, raw answers or the audit's personal values", async () => {
    for (const role of ["perch_tenant", "perch_employee", "perch_staff", "perch_support"]) {
      for (const query of [
        "select ciphertext from access_tokens",
        "select ciphertext from sealed_values",
        "select hmac from sealed_values",
        "select * from raw_records",
        "select * from audit_details",
        "select * from lookups",
        "select * from sessions",
      ]) {
        await expect(
          as({ ...tenant, role }, (sql) => sql.unsafe(query)),
          `${role}: ${query}`,
        ).rejects.toThrow(/permission denied/);
      }
    }
  });

  it("a tenant cannot write into another customer, nor into the mirror at all", async () => {
    await expect(
      as(
        tenant,
        (sql) =>
          sql`insert into connection_events (customer_id, connection_id, kind, actor_kind) values (${globex}, ${globexGusto}, 'x', 'user')`,
      ),
    ).rejects.toThrow(/row-level security/);
    const moved = await as(
      tenant,
      (sql) => sql`update connections set provider_name = 'x' where id = ${globexGusto}`,
    );
    expect(moved.count).toBe(0);
    await expect(
      as(tenant, (sql) => sql`update connections set customer_id = ${globex} where id = ${acmeGusto}`),
    ).rejects.toThrow(/row-level security/);
    for (const table of mirror) {
      await expect(
        as(tenant, (sql) => sql`delete from ${sql(table)}`),
        table,
      ).rejects.toThrow(/permission denied/);
    }
  });

  it("an employee sees the own person in one connection and nothing else", async () => {
    const employee: Setting = {
      role: "perch_employee",
      customer: acme,
      connections: acmeGusto,
      individual: ada,
    };
    for (const table of mirror) expect(await count(employee, table), table).toBe(1);
    for (const table of mirror) {
      expect(await count({ ...employee, individual: bob }, table), table).toBe(0);
      expect(await count({ ...employee, customer: globex }, table), table).toBe(0);
    }
    await expect(as(employee, (sql) => sql`select * from companies`)).rejects.toThrow(/permission denied/);
  });

  it("staff see names of all employers and neither pay nor personal data", async () => {
    for (const role of ["perch_staff", "perch_support"]) {
      const names = await as({ role }, (sql) => sql`select first_name, last_name from individuals`);
      expect(names).toHaveLength(3);
      for (const query of [
        "select title from individuals",
        "select * from individual_profiles",
        "select * from income_history",
        "select * from individual_traits",
      ]) {
        await expect(
          as({ role }, (sql) => sql.unsafe(query)),
          `${role}: ${query}`,
        ).rejects.toThrow(/permission denied/);
      }
      expect(await count({ role }, "connections")).toBe(3);
    }
  });

  it("support changes no connection; staff change only the employer of the URL", async () => {
    await expect(
      as({ role: "perch_support", customer: acme }, (sql) => sql`update connections set provider_name = 'x'`),
    ).rejects.toThrow(/permission denied/);
    const touched = await as(
      { role: "perch_staff", customer: acme },
      (sql) => sql`update connections set updated_at = now()`,
    );
    expect(touched.count).toBe(2);
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

  it("next-auth's login reads people and sessions and no tenant table", async () => {
    const sql = database().sql("auth");
    expect(await sql`select id from users`).toEqual([]);
    for (const table of ["customers", "user_roles", "connections", "individuals", "lookups", "mail_outbox"]) {
      await expect(sql.unsafe(`select * from ${table}`), table).rejects.toThrow(/permission denied/);
    }
    await expect(sql`insert into users (email) values ('x@y.test')`).rejects.toThrow(/permission denied/);
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
