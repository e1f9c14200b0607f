import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase, inScope } from "@/db/client";
import { createTestConnection, createTestCustomer, createTestUser } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { testContext } from "@/lib/domain/testing";
import { LastExport } from "./last-export";
import { selectionOf } from "./selection";
import { oneRun, type ExportTable } from "./table";

const database = useTestDatabase();
beforeAll(() => configureDatabase({ url: database().urls.app }));
afterAll(closeDatabase);

/** More than is kept. */
const tooMany = 300_001;

async function exporter() {
  const sql = database().sql("superuser");
  const { id: customerId } = await createTestCustomer(sql);
  const { id: connectionId } = await createTestConnection(sql, { customerId });
  const { id: userId } = await createTestUser(sql, { role: "employer_admin", customerId });
  const ctx = testContext("employer_admin", customerId, { userId });
  const row = { key: "a", connectionId, individualId: null, cells: ["a"] };
  const table: ExportTable<string> = {
    selection: selectionOf.payGroups(),
    slug: "pay-groups",
    title: "Pay groups",
    customerName: "Acme",
    timeZone: "UTC",
    now: new Date(),
    head: [],
    filter: [],
    sources: [],
    visible: [connectionId],
    count: null,
    columns: [{ title: "Name", cell: (name) => name }],
    identify: (key) => ({ key, connectionId, individualId: null }),
    batches: () => oneRun(["a"]),
  };
  const open = async () => {
    const last = await inScope(ctx, (tx) => LastExport.find(tx, ctx, table));
    if (!last) throw new Error("nobody's");
    return last;
  };
  const finish = (last: LastExport) => inScope(ctx, (tx) => last.finish(tx, { strict: false }));
  const kept = () => sql`select kind, rows from export_snapshots where user_id = ${userId}`;
  return { row, open, finish, kept };
}

describe("a person's last export", () => {
  it("is not a file that is too long to keep, whether that is known before or seen on the way", async () => {
    const { row, open, finish, kept } = await exporter();
    const known = await open();
    await known.begin({ compared: false, count: tooMany });
    await known.add([row]);
    await finish(known);
    const seen = await open();
    await seen.begin({ compared: false, count: null });
    await seen.add([row]);
    await seen.add(Array.from({ length: tooMany }, () => row));
    await finish(seen);
    expect(await kept()).toEqual([]);
  });

  it("is any shorter one, and stays it after a longer one", async () => {
    const { row, open, finish, kept } = await exporter();
    const short = await open();
    await short.begin({ compared: false, count: 1 });
    await short.add([row]);
    await finish(short);
    const long = await open();
    await long.begin({ compared: false, count: tooMany });
    await finish(long);
    expect(await kept()).toMatchObject([{ rows: 1 }]);
    expect((await open()).comparison).toBe("comparable");
  });
});
