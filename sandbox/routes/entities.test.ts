import type Finch from "@tryfinch/finch-api";
import { describe, expect, it } from "vitest";
import { toEvent } from "@/sandbox/webhooks/events";
import { createConnectedCompany } from "@/sandbox/testing/connections";
import { bearerClient, control, failureOf, startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox();
const { world } = sandbox.sandbox;
const { store } = world;
const unknownId = "11111111-1111-4111-8111-111111111111";

const group = [
  { name: "Acme Inc.", people: 12 },
  { name: "Acme Canada", people: 5, sourceId: "CA-7" },
  { name: "Acme Holdings LLC", people: 3 },
];
const connect = () => createConnectedCompany(sandbox, { entities: group });

const entityOf = (id: string | undefined) => ({ entity_ids: [id ?? ""] });
const peopleOf = async (client: Finch, id?: string) =>
  (await client.hris.directory.list(id ? entityOf(id) : {})).individuals;

describe("a connection of several entities", () => {
  it("has people, a name and an EIN of each, and no person twice", async () => {
    const { client, entityIds } = connect();
    const companies = await Promise.all(entityIds.map((id) => client.hris.company.retrieve(entityOf(id))));
    expect(companies.map((company) => company.legal_name)).toEqual(group.map((entity) => entity.name));
    expect(new Set(companies.map((company) => company.id)).size).toBe(3);
    expect(new Set(companies.map((company) => company.ein)).size).toBe(3);
    const people = await Promise.all(entityIds.map((id) => peopleOf(client, id)));
    expect(people.map((list) => list.length)).toEqual([12, 5, 3]);
    expect(new Set(people.flat().map((person) => person.id)).size).toBe(20);
  });

  it("answers for the first one where none is named", async () => {
    const { client, entityIds } = connect();
    expect(await peopleOf(client)).toEqual(await peopleOf(client, entityIds[0]));
  });

  it("knows people in their entity only", async () => {
    const { client, entityIds } = connect();
    const [person] = await peopleOf(client, entityIds[1]);
    const requests = [{ individual_id: person?.id ?? "" }];
    const codes = await Promise.all(
      entityIds.map(async (id) => {
        const answer = await client.hris.individuals.retrieveMany({ requests, ...entityOf(id) });
        return answer.responses[0]?.code;
      }),
    );
    expect(codes).toEqual([404, 200, 404]);
  });

  it("is told with a status for each", async () => {
    const { client, entityIds } = connect();
    const { entities } = await client.account.introspect();
    expect(entities).toEqual([
      { id: entityIds[0], name: "Acme Inc.", source_id: "1001", status: "connected" },
      { id: entityIds[1], name: "Acme Canada", source_id: "CA-7", status: "connected" },
      { id: entityIds[2], name: "Acme Holdings LLC", source_id: "1003", status: "connected" },
    ]);
    await client.sandbox.connections.accounts.update({ connection_status: "reauth" });
    const after = await client.account.introspect();
    expect(after.entities?.map((entity) => entity.status)).toEqual(["reauth", "reauth", "reauth"]);
  });

  it("may have one that its login alone cannot speak for", async () => {
    const { client, connection, entityIds } = connect();
    const [first = "", second = ""] = entityIds;
    const change = (status: string) =>
      control(sandbox.url, "PUT", `/connections/${connection.id}`, { status, entity_id: second });
    await change("reauth");
    expect((await failureOf(client.hris.company.retrieve(entityOf(second)))).body).toMatchObject({
      finch_code: "reauthenticate_user",
    });
    await client.hris.company.retrieve(entityOf(first));
    const { connection_status, entities } = await client.account.introspect();
    expect(connection_status.status).toBe("connected");
    expect(entities?.map((entity) => entity.status)).toEqual(["connected", "reauth", "connected"]);
    await change("connected");
    expect((await client.hris.company.retrieve(entityOf(second))).legal_name).toBe("Acme Canada");
  });

  it("is made by control, for a customer where wanted", async () => {
    const made = (await control(sandbox.url, "POST", "/companies", {
      provider_id: "adp_run",
      customer_id: "group",
      entities: group.map(({ name, people, sourceId }) => ({ name, people, source_id: sourceId ?? null })),
    })) as { access_token: string; connection_id: string };
    const client = bearerClient(sandbox.url, made.access_token);
    const { entities } = await client.account.introspect();
    expect(entities?.map((entity) => entity.name)).toEqual(group.map((entity) => entity.name));
    const list = (await control(sandbox.url, "GET", "/connections")) as {
      connection_id: string;
      people: number;
    }[];
    expect(list.find((row) => row.connection_id === made.connection_id)?.people).toBe(20);
  });

  it("is not told of where there is only one", async () => {
    const { client } = createConnectedCompany(sandbox);
    expect(await client.account.introspect()).not.toHaveProperty("entities");
  });

  it("takes writes for one of them", async () => {
    const { client, entityIds } = connect();
    const company = {
      ...(await client.hris.company.retrieve(entityOf(entityIds[2]))),
      legal_name: "Renamed LLC",
    };
    await client.put(`/sandbox/company?entity_ids=${entityIds[2]}`, { body: company });
    await client.post(`/sandbox/directory?entity_ids=${entityIds[2]}`, {
      body: [{ first_name: "Zephyrine" }],
    });
    await client.sandbox.jobs.create({ type: "data_sync_all" });
    const names = await Promise.all(
      entityIds.map(async (id) => (await client.hris.company.retrieve(entityOf(id))).legal_name),
    );
    expect(names).toEqual(["Acme Inc.", "Acme Canada", "Renamed LLC"]);
    const people = await Promise.all(entityIds.map((id) => peopleOf(client, id)));
    expect(people.map((list) => list.filter((person) => person.first_name === "Zephyrine").length)).toEqual([
      0, 0, 1,
    ]);
  });

  it("gives the same ids and people to whoever asks again", async () => {
    const { client, entityIds } = connect();
    expect(await peopleOf(client, entityIds[1])).toEqual(await peopleOf(client, entityIds[1]));
  });
});

describe("disconnecting entities", () => {
  it("ends those named and leaves the others and the token", async () => {
    const { client, entityIds } = connect();
    const [first = "", second = "", third = ""] = entityIds;
    expect(await client.account.disconnectEntity({ entity_ids: [first, third] })).toEqual({
      status: "success",
    });
    expect((await failureOf(client.hris.company.retrieve(entityOf(first)))).status).toBe(404);
    expect((await client.hris.company.retrieve()).legal_name).toBe("Acme Canada");
    expect(await peopleOf(client)).toEqual(await peopleOf(client, second));
    const { entities } = await client.account.introspect();
    expect(entities?.map((entity) => entity.status)).toEqual(["disconnected", "connected", "disconnected"]);
  });

  it("is told by webhook for each of them", async () => {
    const { client, connection, entityIds } = connect();
    const events: unknown[] = [];
    world.changes.listen((happened) => {
      if (happened.connectionId !== connection.id || happened.change.event !== "account.updated") return;
      events.push(JSON.parse(toEvent(world, happened)?.body("guide") ?? "null"));
    });
    const ended = entityIds.slice(1);
    await client.account.disconnectEntity({ entity_ids: ended });
    const data = { status: "disconnected", authentication_method: "credential" };
    expect(events).toEqual(
      ended.map((entity_id) => expect.objectContaining({ event_type: "account.updated", entity_id, data })),
    );
  });

  it("is all or nothing, and names those that are not there", async () => {
    const { client, entityIds } = connect();
    const [first = ""] = entityIds;
    const { status, body } = await failureOf(
      client.account.disconnectEntity({ entity_ids: [first, unknownId] }),
    );
    expect([status, body]).toEqual([400, { errors: [{ entityId: unknownId, error: "NOT_FOUND" }] }]);
    expect(await peopleOf(client, first)).toHaveLength(12);
  });

  it("knows an entity that is gone no more", async () => {
    const { client, entityIds } = connect();
    const ended = { entity_ids: [entityIds[1] ?? ""] };
    await client.account.disconnectEntity(ended);
    expect((await failureOf(client.account.disconnectEntity(ended))).body).toHaveProperty("errors");
  });

  it.each([
    ["nothing", {}],
    ["an empty list", { entity_ids: [] }],
    ["what is no id", { entity_ids: ["first"] }],
    ["one id", { entity_ids: unknownId }],
  ])("is refused with %s, in the shape of the endpoint", async (_title, body) => {
    const { client } = connect();
    const failure = await failureOf(client.post("/disconnect-entity", { body }));
    expect(failure.body).toMatchObject({
      statusCode: 400,
      status: 400,
      code: 400,
      name: "BadRequestError",
      message: expect.stringContaining("entity_ids"),
    });
  });

  it("of the last one ends the connection", async () => {
    const { client, connection, entityIds } = connect();
    await client.account.disconnectEntity({ entity_ids: entityIds });
    expect((await failureOf(client.account.introspect())).body["name"]).toBe("invalid_token_error");
    expect(store.connections.get(connection.id)?.disconnectedAt).not.toBeNull();
  });
});
