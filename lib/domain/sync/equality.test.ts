import type { ReservedSql, Sql } from "postgres";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Answers } from "@/soak/mirror/ask";
import { askFinch, compareWith, sayDifferences } from "@/soak/mirror/checker";
import { comparedColumns } from "@/soak/mirror/stored";
import type { Difference } from "@/soak/mirror/tables";
import { useSyncWorld, type TestConnection } from "./testing";

/** The checker itself: it finds nothing in a mirror that is equal, and whatever is changed in one. */

const world = useSyncWorld({ QUOTA_CLOCK_RATE: "60" });
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let connection: TestConnection;

let answers: Answers;

const check = (sql: Sql = world.database().sql("superuser")): Promise<Difference[]> =>
  compareWith(answers, { sql, ...connection });

/** What is found after a change that is taken back. */
async function after(change: (sql: ReservedSql) => Promise<unknown>): Promise<Difference[]> {
  const sql = await world.database().sql("superuser").reserve();
  try {
    await sql`begin`;
    await sql`set session_replication_role = replica`;
    await change(sql);
    return await check(sql);
  } finally {
    await sql`rollback`;
    await sql`set session_replication_role = origin`;
    sql.release();
  }
}

const everything = [
  ...["company", "directory", "individual", "employment", "ssn"],
  ...["payment", "pay_statement", "benefits", "documents"],
];

beforeAll(async () => {
  connection = await world.connect({
    provider: "quickbooks",
    products: everything,
    employees: 6,
    payments: 3,
  });
  const ask = (method: string, path: string, body: unknown) =>
    world.finch(method, path, body, connection.accessToken);
  const people = await world.finch<{ individuals: { id: string }[] }>(
    "GET",
    "/employer/directory",
    undefined,
    connection.accessToken,
  );
  const individual_id = people.individuals[0]?.id;
  await ask("POST", "/jobs/automated", { type: "w4_form_employee_sync", params: { individual_id } });
  await ask("POST", "/employer/pay-statement-item/rule", {
    conditions: [{ field: "name", operator: "equals", value: "Salary" }],
    attributes: { metadata: { plan: 1 } },
  });
  await world.finch("POST", "/_sandbox/jobs/complete");
  await world.sync(connection);
  answers = await askFinch({ url: world.sandbox().url, token: connection.accessToken });
});

it("finds nothing where the mirror is what Finch gives", async () => {
  expect(sayDifferences(await check())).toBe("");
});

describe("finds a change of", () => {
  const columns = comparedColumns();

  it.each([...new Set(columns.map(({ table }) => table))])("every column of %s", async (table) => {
    const own = columns.filter((entry) => entry.table === table).map(({ column }) => column);
    const types = new Map(
      (
        await world.rows<{ name: string; type: string }>(
          "select attname as name, format_type(atttypid, null) as type from pg_attribute where attrelid = $1::regclass and attnum > 0",
          [table],
        )
      ).map(({ name, type }) => [name, type]),
    );
    const anyRow = `(select ctid from ${table} where customer_id = $1 ${table === "individuals" || table === "payments" ? "and deleted_at is null" : ""} limit 1)`;
    const wrong: string[] = [];
    for (const column of own) {
      const value = otherThan[types.get(column) ?? ""];
      if (value === undefined) throw new Error(`${table}.${column} is ${types.get(column)}`);
      const found = await after((sql) =>
        sql.unsafe(`update ${table} set ${column} = ${value(column)} where ctid = ${anyRow}`, [
          connection.customerId,
        ]),
      );
      const seen = found.map((difference) => `${difference.table}.${difference.column}`);
      if (!seen.includes(`${table}.${column}`)) wrong.push(column);
    }
    expect(wrong).toEqual([]);
    expect(own.length).toBeGreaterThan(2);
  });

  it.each([
    ...[
      "companies",
      "individuals",
      "individual_profiles",
      "individual_traits",
      "income_history",
      "sealed_values",
    ],
    ...["pay_groups", "payments", "pay_statements", "pay_statement_lines", "wage_totals", "wage_total_lines"],
    ...["pay_statement_items", "pay_statement_rules", "benefits", "enrollments", "documents", "finch_jobs"],
  ])("the rows of %s: one that is missing", async (table) => {
    const found = await after((sql) =>
      sql.unsafe(
        `delete from ${table} where ctid = (select ctid from ${table} where customer_id = $1 limit 1)`,
        [connection.customerId],
      ),
    );
    expect(found.filter((row) => row.found === "no row").map((row) => row.table)).toContain(table);
  });

  it("a sealed value", async () => {
    const found = await after(
      (sql) => sql`
        update sealed_values v set ciphertext = o.ciphertext, owner_id = v.owner_id from sealed_values o
        where v.customer_id = ${connection.customerId} and o.customer_id = v.customer_id and o.id <> v.id`,
    ).catch((error: Error) => error.name);
    // A value that was moved does not open at all.
    expect(found).toBe("DecryptionError");
  });
});

/** A value that a column of a type does not have. */
const otherThan: Record<string, (column: string) => string> = {
  text: () => "'changed'",
  "text[]": () => "'{changed}'",
  jsonb: () => `'{"changed": 1}'`,
  boolean: (column) => `not coalesce(${column}, false)`,
  integer: (column) => `coalesce(${column}, 0) + 987`,
  bigint: (column) => `coalesce(${column}, 0) + 987`,
  numeric: (column) => `coalesce(${column}, 0) + 0.5`,
  date: () => "'1999-01-01'",
  "timestamp with time zone": () => "'1999-01-01'",
};
