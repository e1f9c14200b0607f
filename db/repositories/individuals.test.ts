import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql, type SQLWrapper } from "drizzle-orm";
import { closeDatabase, configureDatabase, inScope, type Tx } from "@/db/client";
import { createTestConnection, createTestCustomer, createTestIndividuals } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { testContext } from "@/lib/domain/testing";
import {
  countIndividuals,
  directoryPage,
  findDirectoryPosition,
  listIndividuals,
  noFilter,
  type DirectoryFilter,
  type DirectoryOrder,
  type DirectorySort,
} from "./individuals";

const database = useTestDatabase();
const people = 137;
let customerId = "";
let filter: DirectoryFilter;

beforeAll(async () => {
  const superuser = database().sql("superuser");
  customerId = (await createTestCustomer(superuser)).id;
  const connection = await createTestConnection(superuser, { customerId });
  // Nine last names for 137 people: every page boundary falls between equal names.
  await createTestIndividuals(superuser, {
    customerId,
    connectionId: connection.id,
    count: people,
    lastNames: 9,
  });
  await superuser`update individuals set sort_name = split_part(sort_name, ' ', 1) where customer_id = ${customerId}`;
  filter = { ...noFilter, visible: [connection.id] };
  await configureDatabase({ url: database().urls.app });
});
afterAll(closeDatabase);

const asAdmin = <T>(fn: (tx: Tx) => Promise<T>) =>
  inScope(testContext("employer_admin", customerId), fn, { readOnly: true });

async function walk(order: DirectoryOrder, backwards: boolean, limit: number): Promise<string[]> {
  return asAdmin(async (tx) => {
    const ids: string[] = [];
    let from: string[] | null = null;
    for (;;) {
      const page = await listIndividuals(tx, customerId, filter, { order, from, backwards, limit });
      const pageIds = page.map((row) => row.id);
      if (backwards) ids.unshift(...pageIds);
      else ids.push(...pageIds);
      const edge: string | undefined = backwards ? pageIds[0] : pageIds.at(-1);
      if (!edge || pageIds.length < limit) return ids;
      from = await findDirectoryPosition(tx, customerId, edge, order);
    }
  });
}

describe("paging the directory by key", () => {
  const sorts: DirectorySort[] = ["name", "title", "department", "status", "start"];
  for (const sort of sorts)
    for (const descending of [false, true])
      it(`pages by ${sort} ${descending ? "descending" : "ascending"} add up to the full order, both ways`, async () => {
        const order = { sort, descending };
        const full = await walk(order, false, 1000);
        expect(new Set(full).size).toBe(people);
        expect(await walk(order, false, 10)).toEqual(full);
        expect(await walk(order, true, 10)).toEqual(full);
      });

  it("people without a value stand last in both directions", async () => {
    for (const descending of [false, true]) {
      const rows = await asAdmin((tx) =>
        listIndividuals(tx, customerId, filter, {
          order: { sort: "title", descending },
          from: null,
          limit: 1000,
        }),
      );
      const firstNull = rows.findIndex((row) => row.title === null);
      expect(firstNull).toBeGreaterThan(0);
      expect(rows.slice(firstNull).every((row) => row.title === null)).toBe(true);
    }
  });

  it("search reads % and _ as themselves", async () => {
    const found = (words: string[]) =>
      asAdmin((tx) => countIndividuals(tx, customerId, { ...filter, words }));
    expect(await found(["%"])).toEqual({ matching: 0, total: people });
    expect(await found(["first0000_"])).toEqual({ matching: 0, total: people });
    expect((await found(["first00001"])).matching).toBe(1);
  });
});

describe("the plan of a page", () => {
  it("a page of 50 of 10,000 under row-level security is an index scan without a sort", async () => {
    const superuser = database().sql("superuser");
    const big = await createTestCustomer(superuser);
    const connection = await createTestConnection(superuser, { customerId: big.id });
    await createTestIndividuals(superuser, {
      customerId: big.id,
      connectionId: connection.id,
      count: 10_000,
      lastNames: 4000,
    });
    await superuser`analyze individuals`;
    const order: DirectoryOrder = { sort: "name", descending: false };
    const visible = { ...noFilter, visible: [connection.id] };
    const plan = await inScope(testContext("hr_viewer", big.id), async (tx) => {
      const first = await listIndividuals(tx, big.id, visible, { order, from: null, limit: 5000 });
      const middle = await findDirectoryPosition(tx, big.id, first.at(-1)?.id ?? "", order);
      return explain(tx, directoryPage(tx, big.id, visible, { order, from: middle, limit: 51 }));
    });
    // Both hold the names in order; which one is cheaper is a matter of the last statistics.
    expect(plan).toMatch(/Index Scan using individuals_(directory|by_name)/);
    expect(plan).not.toMatch(/Seq Scan|Sort Key/);
  });
});

async function explain(tx: Tx, query: SQLWrapper): Promise<string> {
  const rows = await tx.execute<{ "QUERY PLAN": string }>(sql`explain ${query.getSQL()}`);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}
