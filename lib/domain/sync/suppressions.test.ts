import { describe, expect, it } from "vitest";
import { inScope } from "@/db/client";
import { suppressions } from "@/db/schema";
import { loadVault } from "@/lib/domain/keys/customer-vault";
import { loadSuppressions, suppressionHmac } from "./suppressions";
import { useSyncWorld, type TestConnection } from "./testing";

const world = useSyncWorld();
const products = [
  ...["company", "directory", "individual", "employment", "ssn"],
  ...["payment", "pay_statement", "benefits", "documents"],
];

const suppress = ({ ctx, customerId, connectionId }: TestConnection, finchId: string) =>
  inScope(ctx, async (tx) => {
    const hmac = suppressionHmac(await loadVault(tx, customerId), connectionId, finchId);
    await tx.insert(suppressions).values({ customerId, connectionId, hmac });
  });

/** Tables in which a text stands anywhere in a row. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await world.rows<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await world.rows<{ n: number }>(
      `select count(*)::int as n from "${name}" t where strpos(t::text, $1) > 0`,
      [text],
    );
    if (row && row.n > 0) found.push(name);
  }
  return found;
}

describe("somebody who was erased", () => {
  it("never comes back with a sync: not in any table, and in no total", async () => {
    const connection = await world.connect({ products, employees: 8, payments: 4 });
    const { individuals } = await world.finch<{
      individuals: { id: string; manager: { id: string } | null }[];
    }>("GET", "/employer/directory", undefined, connection.accessToken);
    const managers = new Set(individuals.map(({ manager }) => manager?.id));
    // Others name this person too.
    const person = individuals.find(({ id }) => managers.has(id))?.id ?? "";
    const other = individuals.find(({ id }) => id !== person)?.id ?? "";
    await suppress(connection, person);
    await world.sync(connection);
    expect(await tablesWith(person)).toEqual([]);
    expect(await tablesWith(other)).toEqual(
      expect.arrayContaining(["individuals", "payments", "raw_records"]),
    );
    const [sums] = await world.rows<Record<string, unknown>>(
      `select (select sum(statements)::int from wage_totals) as counted, (select count(*)::int from pay_statements) as kept,
         (select sum(statements_count)::int from payments) as given, (select bool_and(statements_state = 'complete') from payments) as complete`,
    );
    expect(sums).toMatchObject({ counted: sums?.["kept"], complete: true });
    expect(Number(sums?.["given"])).toBeGreaterThan(Number(sums?.["kept"]));
  });

  it("is known by a keyed hash that names nobody, in this connection only", async () => {
    const connection = await world.connect({ products: ["directory"] });
    const other = await world.connect({ products: ["directory"] }, connection.customerId);
    await suppress(connection, "person");
    const isErased = (at: TestConnection, id: string) =>
      inScope(at.ctx, async (tx) => (await loadSuppressions(tx, at))(id));
    expect(await isErased(connection, "person")).toBe(true);
    expect(await isErased(connection, "somebody")).toBe(false);
    expect(await isErased(other, "person")).toBe(false);
    expect(await tablesWith("person")).not.toContain("suppressions");
  });

  it("stays known when the customer's data key is replaced", async () => {
    const connection = await world.connect({ products: ["directory"] });
    await suppress(connection, "person");
    const { insertDataKey, retireOtherDataKeys } = await import("@/db/repositories/data-keys");
    const { keyProvider, newDataKey } = await import("@/lib/crypto");
    await inScope(connection.ctx, async (tx) => {
      const { customerId } = connection;
      const id = crypto.randomUUID();
      await insertDataKey(tx, {
        customerId,
        id,
        ...(await newDataKey(keyProvider(), "sandbox", customerId, id)),
      });
      await retireOtherDataKeys(tx, customerId, id);
    });
    expect(
      await inScope(connection.ctx, async (tx) => (await loadSuppressions(tx, connection))("person")),
    ).toBe(true);
  });
});
