import { describe, expect, it } from "vitest";
import { inScope } from "@/db/client";
import { upsertPayGroups } from "@/db/repositories/mirror-pay-groups";
import { byId, erase, look, useDoor } from "../door/testing";
import { useSyncWorld, type TestConnection } from "../testing";

const world = useSyncWorld();
const answer = useDoor(world);
const see = look(world);

interface WireGroup {
  id: string;
  name: string;
  pay_frequencies: string[];
  individual_ids: string[];
}
/** 20 people in four pay groups. */
const connect = () => world.connect({ products: ["directory", "employment", "payment"] });

describe("pay groups", () => {
  const groupsAt = async (connection: TestConnection): Promise<WireGroup[]> => {
    const list = await see.finch<WireGroup[]>(connection, "pay-groups");
    return Promise.all(list.map(({ id }) => see.finch<WireGroup>(connection, `pay-groups/${id}`)));
  };
  const stored = (connection: TestConnection) =>
    see.rows("pay_groups", connection, "finch_pay_group_id as id, name, pay_frequencies, individual_ids");

  it("and who is in them are mirrored exactly", async () => {
    const connection = await connect();
    await world.sync(connection);
    const wire = await groupsAt(connection);
    expect(wire.length).toBeGreaterThan(1);
    expect(await stored(connection)).toEqual(byId(wire, ({ id }) => id));
  });

  it("that are no longer listed are marked; all at once are held until somebody accepts it", async () => {
    const connection = await connect();
    await world.sync(connection);
    const [first, ...others] = await groupsAt(connection);
    answer("/employer/pay-groups", others);
    await world.sync(connection, "scheduled");
    expect((await stored(connection)).map(({ id }) => id)).not.toContain(first?.id);
    answer("/employer/pay-groups", []);
    const runId = await world.sync(connection, "scheduled");
    expect(await stored(connection)).toHaveLength(others.length);
    expect((await see.step(runId, "pay_groups"))["message"]).toContain("All is kept");
    const hold = { product: "pay_groups", finch_id: "", rows: others.length };
    expect(await see.holds(connection)).toEqual([{ ...hold, open: true }]);
    await see.accept(connection);
    answer("/employer/pay-groups", []);
    await world.sync(connection, "scheduled");
    expect(await stored(connection)).toEqual([]);
    expect(await see.holds(connection)).toEqual([{ ...hold, open: false }]);
    await world.sync(connection, "scheduled");
    expect(await stored(connection)).toHaveLength(others.length + 1);
  });

  it("that vanish between the list and their members are gone, and the others are read", async () => {
    const connection = await connect();
    const [first, ...others] = await see.finch<WireGroup[]>(connection, "pay-groups");
    const gone = { code: 404, name: "not_found_error", finch_code: "item_not_found", message: "gone" };
    answer(`/employer/pay-groups/${first?.id}`, gone, 404);
    const runId = await world.sync(connection);
    expect(await see.step(runId, "pay_groups")).toMatchObject({ status: "succeeded", item_errors: 0 });
    expect(await stored(connection)).toHaveLength(others.length);
  });

  it("of which one is refused keep the reason, and the others land", async () => {
    const connection = await connect();
    const [first, ...others] = await see.finch<WireGroup[]>(connection, "pay-groups");
    const refusal = { code: 422, name: "unprocessable_request_error", finch_code: "odd", message: "no" };
    answer(`/employer/pay-groups/${first?.id}`, refusal, 422);
    const runId = await world.sync(connection);
    const groups = others.length + 1;
    expect(await see.step(runId, "pay_groups")).toMatchObject({
      status: "succeeded",
      item_errors: 1,
      done: groups,
      message: `1 of ${groups} pay groups could not be read; the reasons are kept.`,
    });
    expect(await see.itemErrors(connection)).toMatchObject([
      { product: "pay_groups", finch_id: first?.id, code: 422, finch_code: "odd" },
    ]);
    await world.sync(connection, "scheduled");
    expect(await see.itemErrors(connection)).toEqual([]);
  });

  it("of which one stays broken are read but for that one, and the step says so", async () => {
    const connection = await connect();
    const [first, ...others] = await see.finch<WireGroup[]>(connection, "pay-groups");
    answer(`/employer/pay-groups/${first?.id}`, { code: 500, name: "server_error", message: "" }, 500, 7);
    const runId = await world.sync(connection);
    const step = await see.step(runId, "pay_groups");
    expect(step).toMatchObject({ status: "failed", outcome: "finch_error", requests: 1 + 7 + others.length });
    expect(step["message"]).toContain(`1 of ${others.length + 1} pay groups could not be read`);
    const read =
      "finch_pay_group_id from pay_groups where connection_id = $1 and members_fetched_at is not null";
    expect(await world.rows(`select ${read}`, [connection.connectionId])).toHaveLength(others.length);
    expect(await world.row("select status from sync_runs where id = $1", [runId])).toEqual({
      status: "partly_failed",
    });
  });

  it("hold nobody who was erased", async () => {
    const connection = await connect();
    const [{ individual_ids: [erased = ""] } = { individual_ids: [] }] = await groupsAt(connection);
    await erase(world, connection, erased);
    await world.sync(connection);
    const tables = ["pay_groups", "individuals", "raw_records", "payments"];
    expect(await see.naming(connection, erased, tables)).toEqual([]);
  });

  it("in an older answer overwrite nothing", async () => {
    const { ctx, customerId, connectionId } = await connect();
    const scope = { customerId, connectionId, entityId: "" };
    const write = (name: string, day: number) =>
      inScope(ctx, (tx) =>
        upsertPayGroups(
          tx,
          scope,
          [{ finchId: "g", name, payFrequencies: null }],
          new Date(Date.UTC(2026, 0, day)),
        ),
      );
    await write("New", 2);
    await write("Old", 1);
    expect(await world.rows("select name from pay_groups where finch_pay_group_id = 'g'")).toEqual([
      { name: "New" },
    ]);
  });
});
