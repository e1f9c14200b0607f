import { beforeAll, describe, expect, it } from "vitest";
import { everyProduct, useSyncWorld, type TestConnection } from "./testing";

/**
 * Answers overtake each other: a row that a newer one has written is not changed by an older one (DESIGN §8). Every row
 * is made another one, once as a newer answer would have left it, and once as an older one.
 */

const world = useSyncWorld({ QUOTA_CLOCK_RATE: "60" });

/** A value of each table, what says how new it is, and a value that Finch does not give. */
const rows: [table: string, column: string, clock: string, other: string][] = [
  ["companies", "legal_name", "fetched_at", "'other'"],
  ["individuals", "first_name", "directory_fetched_at", "'other'"],
  ["individuals", "preferred_name", "individual_fetched_at", "'other'"],
  ["individuals", "title", "employment_fetched_at", "'other'"],
  ["individual_profiles", "dob", "", "'1900-01-01'"],
  ["individual_traits", "gender", "", "'other'"],
  ["income_history", "unit", "", "'other'"],
  ["pay_groups", "name", "fetched_at", "'other'"],
  ["pay_groups", "individual_ids", "members_fetched_at", "'{other}'"],
  ["payments", "gross_pay_cents", "fetched_at", "-1"],
  ["pay_statements", "payment_method", "", "'other'"],
  ["pay_statement_items", "name", "fetched_at", "'other'"],
  ["pay_statement_rules", "effective_start_date", "fetched_at", "'other'"],
  ["benefits", "description", "fetched_at", "'other'"],
  ["enrollments", "hsa_contribution_limit", "fetched_at", "'other'"],
  ["documents", "year", "fetched_at", "1900"],
  ["documents", "content", "content_fetched_at", `'"other"'`],
  ["finch_jobs", "type", "fetched_at", "'other'"],
  ["raw_records", "raw", "fetched_at", `'"other"'`],
];

let connection: TestConnection;

/** How many rows of each table have the other value. */
async function others(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [table, column, , other] of rows) {
    const { n } = await world.row<{ n: number }>(
      `select count(*)::int as n from ${table} where connection_id = $1 and ${column} = ${other}`,
      [connection.connectionId],
    );
    counts[`${table}.${column}`] = n;
  }
  return counts;
}

async function change(sinceNow: string): Promise<void> {
  const own = [connection.connectionId];
  for (const [table, column, clock, other] of rows) {
    const time = clock === "" ? "" : `, ${clock} = now() + interval '${sinceNow}'`;
    await world.rows(`update ${table} set ${column} = ${other}${time} where connection_id = $1`, own);
  }
  // An equal statement is not written again, and is as new as the reading of its payment.
  await world.rows("update pay_statements set digest = 'other' where connection_id = $1", own);
  await world.rows(
    `update payments set statements_fetched_at = now() + interval '${sinceNow}' where connection_id = $1`,
    own,
  );
}

beforeAll(async () => {
  connection = await world.connect({
    provider: "adp_run",
    products: everyProduct,
    employees: 5,
    payments: 2,
  });
  const { accessToken } = connection;
  const { individuals } = await world.finch<{ individuals: { id: string }[] }>(
    "GET",
    "/employer/directory",
    undefined,
    accessToken,
  );
  const params = { individual_id: individuals[0]?.id };
  await world.finch("POST", "/jobs/automated", { type: "w4_form_employee_sync", params }, accessToken);
  const rule = {
    conditions: [{ field: "name", operator: "equals", value: "Salary" }],
    attributes: { metadata: { plan: 1 } },
  };
  await world.finch("POST", "/employer/pay-statement-item/rule", rule, accessToken);
  await world.finch("POST", "/_sandbox/jobs/complete");
  await world.sync(connection);
});

describe("a row of which something else is known", () => {
  it("by a newer answer is not changed by an older one", async () => {
    await change("1 hour");
    const before = await others();
    expect(Object.entries(before).filter(([, n]) => n === 0)).toEqual([]);
    await world.sync(connection, "reconnected");
    expect(await others()).toEqual(before);
  });

  it("by an older answer is made what Finch gives", async () => {
    await change("-1 hour");
    await world.sync(connection, "reconnected");
    expect(Object.entries(await others()).filter(([, n]) => n > 0)).toEqual([]);
  });
});
