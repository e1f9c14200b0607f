import { beforeAll, describe, expect, it, vi } from "vitest";
import { payrollEdits, payrollOf } from "@/sandbox/payroll";
import { findDifferences, sayDifferences } from "@/soak/mirror/checker";
import { useSyncWorld, type TestConnection } from "./testing";

/** The cases of DOMAIN §7 that are about reading, as the seed `cases` plants them: the mirror is what Finch gives. */

const world = useSyncWorld({ QUOTA_CLOCK_RATE: "60" });
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

interface Case {
  number: number;
  title: string;
  connection_id: string;
  payment_id?: string;
  individual_id?: string;
  trigger?: string;
}

/** Case 7 comes with a webhook; 43 to 45 and 47 are about writing deductions. */
const notAboutReading = [7, 43, 44, 45, 47];
const numbers = Array.from({ length: 52 }, (_, index) => index + 1).filter(
  (number) => !notAboutReading.includes(number),
);

interface Mirrored {
  connection: TestConnection;
  /** Found once for all cases of an employer. */
  differences: string;
}

const connected = new Map<string, Mirrored>();
let cases: Case[] = [];
const caseOf = (number: number): Case => {
  const found = cases.find((row) => row.number === number);
  if (!found) throw new Error(`The seed has no case ${number}`);
  return found;
};

/** The employer of a case, synced once for all its cases. */
async function mirrored({ connection_id }: Case): Promise<Mirrored> {
  const known = connected.get(connection_id);
  if (known) return known;
  const made = await world.finch<{ access_token: string; products: string[]; provider_id: string }>(
    "POST",
    `/_sandbox/connections/${connection_id}/tokens`,
    {},
  );
  const connection = await world.adopt({ ...made, connection_id }, made.products, await world.addCustomer());
  await world.sync(connection);
  const found = { connection, differences: await differences(connection) };
  connected.set(connection_id, found);
  return found;
}

async function differences(connection: TestConnection): Promise<string> {
  const { accessToken: token, customerId, connectionId } = connection;
  const sql = world.database().sql("superuser");
  // Nothing looks after the tables of a test's database by itself.
  await sql`analyze`;
  return sayDifferences(
    await findDifferences({ sql, url: world.sandbox().url, token, customerId, connectionId }),
  );
}

/** The large company has two runs that no case is about, of 7,500 slips each. */
function leaveOnlyCases(): void {
  const { world: sandbox } = world.sandbox().sandbox;
  const connection = sandbox.store.connections.get(caseOf(28).connection_id);
  const entity = connection?.entities[0];
  if (!connection || !entity) throw new Error("The seed has no large company");
  const wanted = [caseOf(28).payment_id, caseOf(29).payment_id];
  const edits = payrollEdits(sandbox, connection, entity);
  for (const { id } of payrollOf(sandbox, connection, entity, "working").payments("2000-01-01", "2100-01-01"))
    if (!wanted.includes(id)) edits.deletePayment(id);
}

beforeAll(async () => {
  await world.finch("POST", "/_sandbox/reset", { seed: "cases" });
  cases = await world.finch<Case[]>("GET", "/_sandbox/cases");
  leaveOnlyCases();
});

describe("a case of DOMAIN 7 is mirrored as Finch gives it:", () => {
  it.each(numbers)("%d", async (number) => {
    const row = caseOf(number);
    const { connection, differences: found } = await mirrored(row);
    expect(found).toBe("");
    const rows = await world.row<{ payments: number; people: number; slips: number }>(
      `select (select count(*)::int from payments where connection_id = $1 and finch_payment_id = $2 and deleted_at is null) as payments,
        (select count(*)::int from individuals where connection_id = $1 and finch_individual_id = $3) as people,
        (select count(*)::int from pay_statements s join payments p on p.id = s.payment_id join individuals i on i.id = s.individual_id
          where s.connection_id = $1 and p.finch_payment_id = $2 and i.finch_individual_id = $3 and s.deleted_at is null) as slips`,
      [connection.connectionId, row.payment_id ?? "", row.individual_id ?? ""],
    );
    expect(rows).toEqual({
      payments: row.payment_id ? 1 : 0,
      people: row.individual_id ? 1 : 0,
      slips: row.payment_id && row.individual_id ? 1 : 0,
    });
  });
});

describe("what happens in a case is seen by the next scheduled sync:", () => {
  it.each([2, 26, 27, 30])("%d", async (number) => {
    const { connection } = await mirrored(caseOf(number));
    await trigger(number);
    // What lies outside of the days that a scheduled sync reads again is read once a month.
    if (number !== 2) await letMonthPass(connection);
    await world.sync(connection, "scheduled");
    expect(await differences(connection)).toBe("");
  });

  // Of one company, whose thousands of people take their time: one sync sees both.
  it("28 and 29", async () => {
    const { payment_id: failing = "none", ...row } = caseOf(28);
    const { connection } = await mirrored(row);
    await trigger(28);
    await trigger(29);
    await letMonthPass(connection);
    await world.sync(connection, "scheduled");
    // The page failed: what was there stays, the payment says so, and the next sync asks for it again. The other
    // payment has shrunk.
    const left = (await differences(connection)).split("\n");
    expect(left.map((line) => /statements_\w+(?=:)/.exec(line)?.[0])).toEqual([
      "statements_state",
      "statements_error",
    ]);
    expect(left.filter((line) => line.includes(failing))).toHaveLength(2);
    await world.sync(connection, "repair");
    expect(await differences(connection)).toBe("");
  });

  async function trigger(number: number): Promise<void> {
    await world.finch("POST", `/_sandbox/cases/${number}/trigger`);
    await world.finch("POST", "/_sandbox/jobs/complete");
  }

  const letMonthPass = ({ connectionId }: TestConnection) =>
    world.rows(
      "update connections set fully_synced_at = fully_synced_at - interval '40 days' where id = $1",
      [connectionId],
    );
});
