import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { createTestConnection, createTestCustomer, createTestIndividuals } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { deleteConnectionData } from "./delete-connection-data";
import { runDailyRetention } from "./run-daily-retention";

const database = useTestDatabase();
const sql = () => database().sql("superuser");

beforeAll(() => configureDatabase({ url: database().urls.worker }));
afterAll(closeDatabase);

async function snapshot(place: { customerId: string; connectionId: string }, kind: string, age: string) {
  const [row] = await sql()<{ id: string }[]>`
    insert into export_snapshots (customer_id, user_id, kind, definition, rows, created_at)
    values (${place.customerId}, 'u1', ${kind}, '{}', 1, now() - ${age}::interval) returning id`;
  const id = row?.id ?? "";
  await sql()`insert into export_snapshot_rows (customer_id, snapshot_id, row_key, user_id, connection_id, cells)
    values (${place.customerId}, ${id}, 'k', 'u1', ${place.connectionId}, '["78.40"]')`;
  return id;
}

describe("what people exported last", () => {
  it("goes after 90 days with its rows, and what was never finished after one", async () => {
    const { id: customerId } = await createTestCustomer(sql());
    const { id: connectionId } = await createTestConnection(sql(), { customerId });
    await createTestIndividuals(sql(), { customerId, connectionId, count: 1 });
    const place = { customerId, connectionId };
    await snapshot(place, "payments", "91 days");
    await snapshot(place, "unfinished:a", "25 hours");
    const kept = [
      await snapshot(place, "statements", "89 days"),
      await snapshot(place, "unfinished:b", "1 hour"),
    ];
    const { results, failed } = await runDailyRetention({ kinds: ["last_exports"] });
    expect([results, failed]).toEqual([{ last_exports: 2 }, []]);
    const left = await sql()<{ snapshot_id: string }[]>`select snapshot_id from export_snapshot_rows`;
    expect(new Set(left.map(({ snapshot_id }) => snapshot_id))).toEqual(new Set(kept));
  });

  it("and what was entered for it goes with the data of a connection, also where no person is named", async () => {
    const { id: customerId } = await createTestCustomer(sql());
    const gone = { customerId, connectionId: (await createTestConnection(sql(), { customerId })).id };
    const other = { customerId, connectionId: (await createTestConnection(sql(), { customerId })).id };
    for (const place of [gone, other]) {
      await snapshot(place, `payments ${place.connectionId}`, "1 day");
      await sql()`insert into pay_calendar_entries (customer_id, connection_id, pay_date, source)
        values (${customerId}, ${place.connectionId}, '2026-12-01', 'entered')`;
      await sql()`insert into document_syncs (customer_id, connection_id, total) values (${customerId}, ${place.connectionId}, 0)`;
    }
    await sql()`update connections set disconnected_at = now() - interval '40 days', data_delete_at = now() - interval '1 day'
      where id = ${gone.connectionId}`;
    await deleteConnectionData(gone);
    const left = await sql()<{ connection_id: string }[]>`
      select connection_id from export_snapshot_rows where customer_id = ${customerId}
      union all select connection_id from pay_calendar_entries where customer_id = ${customerId}
      union all select connection_id from document_syncs where customer_id = ${customerId}`;
    expect(left.map(({ connection_id }) => connection_id)).toEqual([1, 2, 3].map(() => other.connectionId));
  });
});
