import type Finch from "@tryfinch/finch-api";
import { describe, expect, it } from "vitest";
import {
  basicClient,
  bearerClient,
  createTestConnection,
  failureOf,
  startTestSandbox,
} from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox();

const sync = (client: Finch) => client.sandbox.jobs.create({ type: "data_sync_all" });

const company: Finch.Sandbox.CompanyUpdateParams = {
  legal_name: "Renamed LLC",
  entity: { type: "llc", subtype: null },
  primary_email: "hello@renamed.example",
  primary_phone_number: null,
  departments: [{ name: "All", parent: null }],
  ein: "07-1234567",
  locations: [],
  accounts: null,
};

describe("sandbox writes", () => {
  it("to the company are seen after a sync, not before", async () => {
    const { client } = await createTestConnection(sandbox);
    const before = await client.hris.company.retrieve();
    expect(await client.sandbox.company.update(company)).toMatchObject({ legal_name: "Renamed LLC" });
    expect(await client.hris.company.retrieve()).toEqual(before);
    await sync(client);
    expect(await client.hris.company.retrieve()).toMatchObject({
      legal_name: "Renamed LLC",
      departments: [{ name: "All" }],
    });
  });

  it("to the company need all eight keys", async () => {
    const { client } = await createTestConnection(sandbox);
    const { ein: _ein, ...rest } = company;
    const { status, body } = await failureOf(client.put("/sandbox/company", { body: rest }));
    expect(status).toBe(400);
    expect(body["message"]).toContain("ein");
  });

  it("add people at the end of the directory", async () => {
    const { client } = await createTestConnection(sandbox);
    const [added] = await client.sandbox.directory.create({
      body: [{ first_name: "Nova", last_name: "Hire", ssn: "900112222", department: { name: "Sales" } }],
    });
    const id = String((added as { id: string }).id);
    expect((await client.hris.directory.list()).paging.count).toBe(20);
    await sync(client);
    const page = await client.hris.directory.list({ limit: 5, offset: 18 });
    expect(page.paging.count).toBe(21);
    expect(page.individuals.at(-1)).toMatchObject({ id, first_name: "Nova", department: { name: "Sales" } });
    const asked = { requests: [{ individual_id: id }], options: { include: ["ssn"] } };
    expect((await client.hris.individuals.retrieveMany(asked)).responses[0]?.body).toMatchObject({
      ssn: "900112222",
    });
  });

  it("change the fields given and leave the others, of one person", async () => {
    const { client } = await createTestConnection(sandbox);
    const people = (await client.hris.directory.list()).individuals;
    const id = people[3]?.id ?? "";
    const requests = [{ individual_id: id }];
    const before = (await client.hris.employments.retrieveMany({ requests })).responses[0]?.body;
    const raise = {
      unit: "yearly",
      amount: 9_999_900,
      currency: "usd",
      effective_date: "2026-01-01",
    } as const;
    const changed = await client.sandbox.employment.update(id, { title: "Chief", income: raise });
    expect(changed).toMatchObject({ id, title: "Chief", income: raise });
    expect((await client.hris.employments.retrieveMany({ requests })).responses[0]?.body).toEqual(before);
    await sync(client);
    const after = (await client.hris.employments.retrieveMany({ requests })).responses[0]?.body;
    expect(after).toEqual({ ...before, title: "Chief", income: raise });
    const others = (await client.hris.directory.list()).individuals.filter((row) => row.id !== id);
    expect(others).toEqual(people.filter((row) => row.id !== id));
  });

  it("of a person that nobody knows are 404", async () => {
    const { client } = await createTestConnection(sandbox);
    const { status, body } = await failureOf(client.sandbox.individual.update("nobody", { first_name: "X" }));
    expect([status, body["finch_code"]]).toEqual([404, "individual_not_found"]);
  });

  it("without a body add nobody", async () => {
    const { client } = await createTestConnection(sandbox);
    expect(await client.sandbox.directory.create()).toEqual([]);
  });
});

describe("the status of an account", () => {
  it.each([
    ["reauth", 401, "reauthenticate_user"],
    ["error_no_account_setup", 401, "account_setup_required"],
    ["error_permissions", 403, "insufficient_account_permissions"],
  ] as const)(
    "%s refuses data with %i %s, and introspection still answers",
    async (status, code, finchCode) => {
      const { client } = await createTestConnection(sandbox);
      await client.sandbox.connections.accounts.update({ connection_status: status });
      const failure = await failureOf(client.hris.directory.list());
      expect([failure.status, failure.body["finch_code"]]).toEqual([code, finchCode]);
      expect((await client.account.introspect()).connection_status.status).toBe(status);
      await client.sandbox.connections.accounts.update({ connection_status: "connected" });
      expect((await client.hris.directory.list()).individuals).toHaveLength(20);
    },
  );

  it.each([
    ["gusto", "pending", "authorization_pending", "accountant_setup_pending"],
    ["gusto", "processing", "sync_in_progress", "data_sync_in_progress"],
    ["adp_total_source", "pending", "authorization_pending", "pending"],
  ] as const)("of %s in %s answers 202 %s", async (provider_id, connection_status, name, finch_code) => {
    const { client } = await createTestConnection(sandbox, { provider_id });
    await client.sandbox.connections.accounts.update({ connection_status });
    const { data, response } = await client.hris.company.retrieve().withResponse();
    expect(response.status).toBe(202);
    expect(data).toMatchObject({ code: 202, name, finch_code });
  });

  it("of one login does not touch another login of the connection", async () => {
    const { client, created } = await createTestConnection(sandbox);
    const second = await basicClient(sandbox.url).sandbox.connections.accounts.create({
      company_id: String(created.company_id),
      provider_id: "gusto",
    });
    expect(second.products).toEqual(["company", "directory", "employment", "individual"]);
    expect(second.connection_id).toBe(created.connection_id);
    await client.sandbox.connections.accounts.update({ connection_status: "reauth" });
    const other = bearerClient(sandbox.url, second.access_token);
    expect((await other.hris.directory.list()).individuals).toHaveLength(20);
  });
});

describe("the first sync", () => {
  it("makes data answer 202 until it is done", async () => {
    const slow = await startTestSandbox({ initialSyncMs: 800 });
    const { client } = await createTestConnection(slow);
    const { data, response } = await client.hris.directory.list().withResponse();
    expect([response.status, data.individuals]).toEqual([202, []]);
    slow.sandbox.world.clock.adjust({ advanceMs: 800 });
    expect((await client.hris.directory.list()).individuals).toHaveLength(20);
  });
});
