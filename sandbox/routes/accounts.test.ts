import { describe, expect, it } from "vitest";
import { createConnectedCompany } from "@/sandbox/testing/connections";
import {
  basicClient,
  bearerClient,
  createTestConnection,
  failureOf,
  startTestSandbox,
} from "@/sandbox/testing/harness";
import { finishAssistedSetup } from "@/sandbox/assisted";
import type { Happened } from "@/sandbox/changes";
import type Finch from "@tryfinch/finch-api";

const sandbox = await startTestSandbox();
const { world } = sandbox.sandbox;
const basic = basicClient(sandbox.url);
const told: Happened[] = [];
world.changes.listen((happened) => told.push(happened));

type Status = Finch.ConnectionStatusType;
const set = (client: Finch, connection_status: Status) =>
  client.sandbox.connections.accounts.update({ connection_status });

const answerOf = async (client: Finch) => {
  const { data, response } = await client.hris.company.retrieve().withResponse();
  return { status: response.status, body: data as unknown };
};

describe("the status of a login", () => {
  it.each([
    ["pending", "assisted", 202, { name: "authorization_pending", finch_code: "pending" }],
    ["pending", "credential", 202, { name: "authorization_pending", finch_code: "accountant_setup_pending" }],
    ["processing", "assisted", 202, { name: "sync_in_progress", finch_code: "data_sync_in_progress" }],
  ] as const)("%s (%s) answers 202 instead of data", async (status, authentication_type, code, body) => {
    const { client } = await createTestConnection(sandbox, { authentication_type });
    await set(client, status);
    const answer = await answerOf(client);
    expect(answer.status).toBe(code);
    expect(answer.body).toMatchObject({ code, ...body, message: expect.any(String) });
  });

  it.each([
    ["reauth", 401, { name: "authentication_error", finch_code: "reauthenticate_user" }],
    ["error_no_account_setup", 401, { name: "authentication_error", finch_code: "account_setup_required" }],
    ["error_permissions", 403, { name: "error_permissions", finch_code: "insufficient_account_permissions" }],
  ] as const)("%s answers an error", async (status, code, body) => {
    const { client } = await createTestConnection(sandbox);
    await set(client, status);
    const failure = await failureOf(client.hris.directory.list());
    expect(failure.status).toBe(code);
    expect(failure.body).toMatchObject({ code, ...body, message: expect.any(String) });
    await set(client, "connected");
    expect((await answerOf(client)).status).toBe(200);
  });

  it("is told when it changes, and only then", async () => {
    const { client, created } = await createTestConnection(sandbox);
    const events = () =>
      told.filter(
        (row) => row.connectionId === created.connection_id && row.change.event === "account.updated",
      );
    expect(events()).toHaveLength(1);
    await set(client, "reauth");
    await set(client, "reauth");
    expect(events()).toHaveLength(2);
    await client.account.disconnect();
    expect(events()).toHaveLength(3);
  });

  it("is broken by the outcome of a job, of the machine's login only", async () => {
    const { client, created } = await createTestConnection(sandbox);
    const byHand = await basic.sandbox.connections.accounts.create({
      company_id: String(created.company_id),
      provider_id: "gusto",
      authentication_type: "assisted",
    });
    const assisted = bearerClient(sandbox.url, byHand.access_token);
    await set(assisted, "connected");
    await client.sandbox.jobs.configuration.update({
      type: "data_sync_all",
      completion_status: "reauth_error",
    });
    await client.sandbox.jobs.create({ type: "data_sync_all" });
    expect((await failureOf(client.hris.company.retrieve())).body["finch_code"]).toBe("reauthenticate_user");
    expect((await answerOf(assisted)).status).toBe(200);
  });
});

describe("several logins of a connection", () => {
  it("have products and a status of their own, and one introspection tells of all", async () => {
    const { client, created } = await createTestConnection(sandbox);
    const added = await basic.sandbox.connections.accounts.create({
      company_id: String(created.company_id),
      provider_id: "gusto",
      authentication_type: "assisted",
      products: ["directory", "benefits"],
    });
    expect(added).toMatchObject({ connection_id: created.connection_id, entity_id: created.entity_id });
    const second = bearerClient(sandbox.url, added.access_token);
    expect(await client.account.introspect()).toMatchObject({
      manual: false,
      authentication_methods: [
        { type: "credential", connection_status: { status: "connected" }, products: created.products },
        { type: "assisted", connection_status: { status: "pending" }, products: ["directory", "benefits"] },
      ],
    });
    expect(await second.account.introspect()).toMatchObject({
      manual: true,
      connection_status: { status: "pending" },
      authentication_methods: [{ type: "assisted" }, { type: "credential" }],
    });
    expect((await client.hris.directory.list()).individuals).toHaveLength(20);
    expect((await second.hris.directory.list().withResponse()).response.status).toBe(202);
  });

  it("default to the products of organization", async () => {
    const { created } = await createTestConnection(sandbox);
    const company_id = String(created.company_id);
    const { products } = await basic.sandbox.connections.accounts.create({
      company_id,
      provider_id: "gusto",
    });
    expect(products).toEqual(["company", "directory", "employment", "individual"]);
  });

  it("are refused for a company that nobody connected, or another provider", async () => {
    const { created } = await createTestConnection(sandbox);
    const company_id = String(created.company_id);
    const elsewhere = basic.sandbox.connections.accounts.create({ company_id, provider_id: "adp_run" });
    expect((await failureOf(elsewhere)).status).toBe(404);
    const unknown = { company_id: "11111111-1111-4111-8111-111111111111", provider_id: "gusto" };
    expect((await failureOf(basic.sandbox.connections.accounts.create(unknown))).status).toBe(404);
  });
});

describe("a setup by hand", () => {
  it.each([
    ["connected", 200],
    ["processing", 202],
    ["error_no_account_setup", 401],
    ["error_permissions", 403],
  ] as const)("ends %s when it is told to", async (outcome, status) => {
    const { client, connection } = createConnectedCompany(sandbox, { providerId: "adp_total_source" });
    expect((await answerOf(client)).status).toBe(202);
    finishAssistedSetup(world, connection, outcome);
    const answer = await fetch(`${sandbox.url}/employer/company`, {
      headers: { Authorization: `Bearer ${client.accessToken}` },
    });
    expect(answer.status).toBe(status);
  });

  it("waits for weeks where nobody is told to take time", async () => {
    const { client } = createConnectedCompany(sandbox, { providerId: "adp_total_source" });
    world.clock.adjust({ advanceMs: 60 * 86_400_000 });
    expect((await answerOf(client)).body).toMatchObject({ finch_code: "pending" });
  });

  it("has data by an administrator that the provider confirms first", async () => {
    const { client, connection } = createConnectedCompany(sandbox, { providerId: "alphastaff" });
    expect((await answerOf(client)).body).toMatchObject({ finch_code: "pending" });
    finishAssistedSetup(world, connection);
    expect((await answerOf(client)).status).toBe(200);
  });
});

describe("a setup by hand that takes its time", () => {
  it("is pending for a day, is processed for two weeks, and is told of both", async () => {
    const day = 86_400_000;
    const slow = await startTestSandbox({ assistedSetup: { pendingMs: day, processingMs: 14 * day } });
    const changes: string[] = [];
    slow.sandbox.world.changes.listen(({ change }) => {
      if (change.event === "account.updated")
        changes.push(slow.sandbox.world.store.accounts.get(change.accountId)?.status ?? "");
    });
    const { client } = createConnectedCompany(slow, { providerId: "adp_total_source" });
    const { clock } = slow.sandbox.world;
    clock.adjust({ advanceMs: day - 1 });
    expect((await answerOf(client)).body).toMatchObject({ finch_code: "pending" });
    clock.adjust({ advanceMs: 1 });
    expect((await answerOf(client)).body).toMatchObject({ finch_code: "data_sync_in_progress" });
    clock.adjust({ advanceMs: 14 * day });
    const { response } = await client.hris.company.retrieve().withResponse();
    expect(response.status).toBe(200);
    expect(response.headers.get("finch-data-retrieved")).toBe(clock.iso());
    expect(changes).toEqual(["pending", "processing", "connected"]);
  });
});
