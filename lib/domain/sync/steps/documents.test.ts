import { describe, expect, it } from "vitest";
import { byId, erase, look, useDoor } from "../door/testing";
import { useSyncWorld, type TestConnection } from "../testing";

const world = useSyncWorld();
const answer = useDoor(world);
const see = look(world);

const connect = () =>
  world.connect({ provider: "adp_run", products: ["directory", "documents"], employees: 12, payments: 6 });

describe("tax forms", () => {
  interface WireDocument {
    id: string;
    individual_id: string;
    type: string;
    year: number;
  }
  const listAt = async (connection: TestConnection) =>
    (await see.finch<{ documents: WireDocument[] }>(connection, "documents")).documents;
  const stored = ({ connectionId }: TestConnection) =>
    world.rows<Record<string, unknown>>(
      `select d.finch_document_id as id, i.finch_individual_id as individual_id, d.type, d.year, d.content
       from documents d left join individuals i on i.id = d.individual_id
       where d.connection_id = $1 and d.deleted_at is null order by 1`,
      [connectionId],
    );

  async function withForms(people = 2): Promise<TestConnection> {
    const connection = await connect();
    const { individuals } = await see.finch<{ individuals: { id: string }[] }>(
      connection,
      `directory?limit=${people}`,
    );
    for (const { id } of individuals) {
      const body = { type: "w4_form_employee_sync", params: { individual_id: id } };
      await world.finch("POST", "/jobs/automated", body, connection.accessToken);
    }
    await world.finch("POST", "/_sandbox/jobs/complete", {});
    return connection;
  }

  it("before Finch was asked to fetch any are a state that is said, not a failure", async () => {
    const connection = await connect();
    for (const reason of ["first", "scheduled"] as const) {
      const runId = await world.sync(connection, reason);
      expect(await see.step(runId, "documents")).toMatchObject({
        status: "skipped",
        outcome: "w4_sync_required",
        requests: 1,
        message: "Finch has not been asked to fetch tax forms from Gusto yet.",
      });
      expect(await world.row("select status from sync_runs where id = $1", [runId])).toEqual({
        status: "succeeded",
      });
    }
  });

  it("are mirrored exactly with what stands in them", async () => {
    const connection = await withForms();
    await world.sync(connection);
    const list = await listAt(connection);
    expect(list.length).toBeGreaterThan(1);
    const wire = await Promise.all(
      list.map(async ({ id, individual_id, type, year }) => {
        const { data } = await see.finch<{ data: unknown }>(connection, `documents/${id}`);
        return { id, individual_id, type, year, content: data };
      }),
    );
    expect(await stored(connection)).toEqual(byId(wire, ({ id }) => id));
  });

  it("that are here are read again by a full run only", async () => {
    const connection = await withForms();
    const documents = async (reason: "first" | "scheduled" | "reconnected") =>
      (await see.step(await world.sync(connection, reason), "documents"))["requests"];
    const forms = (await listAt(connection)).length;
    expect(await documents("first")).toBe(1 + forms);
    expect(await documents("scheduled")).toBe(1);
    expect(await documents("reconnected")).toBe(1 + forms);
    await world.rows("update documents set year = 1999 where connection_id = $1", [connection.connectionId]);
    expect(await documents("scheduled")).toBe(1 + forms);
  });

  it("of which one cannot be read keep the reason, and what was read before", async () => {
    const connection = await withForms();
    await world.sync(connection);
    const before = await stored(connection);
    const [first] = await listAt(connection);
    answer(`/employer/documents/${first?.id}`, { code: 422, name: "unprocessable", message: "no" }, 422);
    const runId = await world.sync(connection, "reconnected");
    expect(await see.step(runId, "documents")).toMatchObject({ status: "succeeded", item_errors: 1 });
    expect(await stored(connection)).toEqual(before);
    const failed =
      "select content_error from documents where connection_id = $1 and content_error is not null";
    expect(await world.rows(failed, [connection.connectionId])).toMatchObject([
      { content_error: { code: 422 } },
    ]);
    // The next window reads the one again and no other.
    const again = await world.sync(connection, "scheduled");
    expect(await see.step(again, "documents")).toMatchObject({ requests: 2, item_errors: 0 });
    expect(await see.itemErrors(connection)).toEqual([]);
  });

  it("are never one person's in what another one has", async () => {
    const connection = await withForms();
    const [first, other] = await listAt(connection);
    const { data } = await see.finch<{ data: object }>(connection, `documents/${other?.id}`);
    answer(`/employer/documents/${first?.id}`, { type: "w4_2020", year: 2024, data });
    const runId = await world.sync(connection);
    expect(await see.step(runId, "documents")).toMatchObject({ item_errors: 1 });
    expect(await see.itemErrors(connection)).toMatchObject([{ product: "documents", finch_id: first?.id }]);
    const contentOf = async (id = "") =>
      (await stored(connection)).find((row) => row["id"] === id)?.["content"];
    expect(await contentOf(first?.id)).toBeNull();
    // A form that becomes somebody else's leaves what stood in it behind.
    await world.sync(connection, "scheduled");
    expect(await contentOf(first?.id)).not.toBeNull();
    answer("/employer/documents", {
      paging: { count: 1, offset: 0 },
      documents: [{ ...first, individual_id: other?.individual_id }],
    });
    answer(`/employer/documents/${first?.id}`, { code: 422, name: "unprocessable", message: "no" }, 422);
    await world.sync(connection, "scheduled");
    expect(await contentOf(first?.id)).toBeNull();
  });

  it("of somebody who was erased are not kept", async () => {
    const connection = await withForms();
    const [first] = await listAt(connection);
    await erase(world, connection, first?.individual_id ?? "");
    await world.sync(connection);
    const left = (await listAt(connection)).filter((row) => row.individual_id !== first?.individual_id);
    expect(await stored(connection)).toHaveLength(left.length);
  });
});
