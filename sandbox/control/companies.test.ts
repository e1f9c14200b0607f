import { describe, expect, it } from "vitest";
import { bearerClient, control, failureOf, startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox();

interface Created {
  connection_id: string;
  company_id: string;
  entity_id: string;
  account_id: string;
  access_token: string;
  products: string[];
}

const create = async (wanted: object) =>
  (await control(sandbox.url, "POST", "/companies", { provider_id: "gusto", ...wanted })) as Created;

describe("a company made by control", () => {
  it("answers as a new sandbox connection does, with a token that works", async () => {
    const made = await create({ people: 7, payments: 3, customer_id: "c-1", customer_name: "Acme Inc." });
    expect(made).toEqual({
      connection_id: expect.any(String),
      entity_id: expect.any(String),
      company_id: expect.any(String),
      provider_id: "gusto",
      account_id: expect.any(String),
      authentication_type: expect.any(String),
      products: expect.arrayContaining(["company", "directory", "payment", "pay_statement"]),
      access_token: expect.any(String),
      token_type: "bearer",
    });
    const client = bearerClient(sandbox.url, made.access_token);
    expect((await client.hris.directory.list()).paging.count).toBe(7);
    expect(await client.account.introspect()).toMatchObject({
      connection_id: made.connection_id,
      customer_id: "c-1",
    });
  });

  it("is the only one of its customer", async () => {
    const first = await create({ customer_id: "c-2" });
    const second = create({ customer_id: "c-2" });
    await expect(second).rejects.toThrow(/connection_already_exists/);
    await expect(second).rejects.toThrow(first.connection_id);
  });

  it("of 25,000 people and 60 payments is there without a wait", async () => {
    const startedAt = performance.now();
    const made = await create({ people: 25_000, payments: 60 });
    expect(performance.now() - startedAt).toBeLessThan(15_000);
    const client = bearerClient(sandbox.url, made.access_token);
    const page = await client.hris.directory.list({ limit: 100, offset: 24_900 });
    expect([page.paging.count, page.individuals.length]).toEqual([25_000, 100]);
  });

  it.each([
    [{ provider_id: "nobody" }, /Unknown provider/],
    [{ people: 0 }, /people/],
    [{ start_date: "soon" }, /start_date/],
    [{ client_id: "stranger" }, /Unknown client/],
    [{ size: 3 }, /size/],
  ])("is refused with %o, naming what is wrong", async (wanted, reason) => {
    await expect(create(wanted)).rejects.toThrow(reason);
  });
});

describe("a token made by control", () => {
  it("reads what the login may read, until the connection ends", async () => {
    const made = await create({ products: ["company"] });
    const path = `/connections/${made.connection_id}/tokens`;
    const token = (await control(sandbox.url, "POST", path)) as Created;
    expect(token).toMatchObject({ connection_id: made.connection_id, account_id: made.account_id });
    expect(token.access_token).not.toBe(made.access_token);
    const client = bearerClient(sandbox.url, token.access_token);
    await client.hris.company.retrieve();
    expect((await failureOf(client.hris.directory.list())).status).toBe(403);
    await client.account.disconnect();
    await expect(control(sandbox.url, "POST", path)).rejects.toThrow(/disconnected/);
    await expect(control(sandbox.url, "POST", "/connections/nothing/tokens")).rejects.toThrow(/404/);
  });
});
