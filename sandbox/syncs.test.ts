import { describe, expect, it } from "vitest";
import type { Happened } from "@/sandbox/changes";
import {
  bearerClient,
  control,
  createTestConnection,
  failureOf,
  startTestSandbox,
} from "@/sandbox/testing/harness";

const dayMs = 86_400_000;
const sandbox = await startTestSandbox();
const { world } = sandbox.sandbox;

const advance = (ms: number) => control(sandbox.url, "PUT", "/clock", { advance_ms: ms });
const headersOf = async (path: string, token: string, body?: unknown) => {
  const response = await fetch(sandbox.url + path, {
    method: body === undefined ? "GET" : "POST",
    headers: { Authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const header = (name: string) => response.headers.get(`finch-${name}`);
  return {
    retrieved: header("data-retrieved"),
    attempted: header("last-attempted-update-date"),
    result: header("last-attempted-update-result"),
  };
};

describe("a scheduled sync", () => {
  it.each([
    ["gusto", "credential", 1],
    ["gusto", "assisted", 7],
  ] as const)("of %s by %s comes after %i days", async (provider_id, authentication_type, days) => {
    const { client } = await createTestConnection(sandbox, { provider_id, authentication_type });
    await client.sandbox.connections.accounts.update({ connection_status: "connected" });
    const [person] = (await client.hris.directory.list()).individuals;
    await client.sandbox.individual.update(person?.id ?? "", { first_name: "Written" });
    const name = async () => (await client.hris.directory.list()).individuals[0]?.first_name;
    await advance(days * dayMs - 1);
    expect(await name()).toBe(person?.first_name);
    await advance(1);
    expect(await name()).toBe("Written");
  });

  it("does not come with --no-auto-sync; a refresh shows what was written", async () => {
    const manual = await startTestSandbox({ autoSync: false });
    const { client } = await createTestConnection(manual);
    const [person] = (await client.hris.directory.list()).individuals;
    await client.sandbox.individual.update(person?.id ?? "", { first_name: "Written" });
    await control(manual.url, "PUT", "/clock", { advance_ms: 30 * dayMs });
    expect((await client.hris.directory.list()).individuals[0]?.first_name).toBe(person?.first_name);
    await client.sandbox.jobs.create({ type: "data_sync_all" });
    expect((await client.hris.directory.list()).individuals[0]?.first_name).toBe("Written");
  });

  it("ends as the configuration says until that is changed", async () => {
    const { client, token } = await createTestConnection(sandbox);
    const before = await headersOf("/employer/company", token);
    await client.sandbox.jobs.configuration.update({ type: "data_sync_all", completion_status: "error" });
    await advance(2 * dayMs);
    const after = await headersOf("/employer/company", token);
    expect(after).toEqual({ retrieved: before.retrieved, attempted: expect.any(String), result: "error" });
    expect(Date.parse(after.attempted ?? "") - Date.parse(before.attempted ?? "")).toBe(2 * dayMs);
    await client.sandbox.jobs.configuration.update({
      type: "data_sync_all",
      completion_status: "reauth_error",
    });
    await advance(dayMs);
    expect((await failureOf(client.hris.company.retrieve())).body["finch_code"]).toBe("reauthenticate_user");
  });
});

describe("a step of a year", () => {
  it("settles every day of it in order, over all connections", async () => {
    await control(sandbox.url, "POST", "/reset");
    world.clock.adjust({ frozen: true });
    for (let i = 0; i < 5; i++) await createTestConnection(sandbox);
    const { client: assisted } = await createTestConnection(sandbox, { authentication_type: "assisted" });
    await assisted.sandbox.connections.accounts.update({ connection_status: "connected" });
    await advance(0);
    const heard: Happened[] = [];
    let isOpen = true;
    world.changes.listen(
      (happened) => heard.push(happened),
      () => isOpen,
    );
    const startedAt = process.cpuUsage();
    await advance(365 * dayMs);
    const { user, system } = process.cpuUsage(startedAt);
    isOpen = false;
    expect(heard.filter((row) => row.change.event === "job.data_sync_all.completed")).toHaveLength(
      5 * 365 + 52,
    );
    const times = heard.map((row) => row.at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    // Of the processor, as tests run side by side; a single company takes a fifth of it.
    expect((user + system) / 1000).toBeLessThan(10_000);
  });

  it("leaves no more jobs behind than are kept", async () => {
    const { client, created } = await createTestConnection(sandbox);
    await client.hris.company.retrieve();
    await advance(365 * dayMs);
    expect(world.store.jobs.group(created.connection_id).length).toBeLessThan(60);
    const { client: same } = { client: bearerClient(sandbox.url, created.access_token) };
    expect((await same.hris.directory.list()).individuals.length).toBeGreaterThan(0);
  });
});

describe("the headers of an answer", () => {
  it("say when data was retrieved, and whether the last attempt was a success", async () => {
    const { token } = await createTestConnection(sandbox);
    const synced = world.clock.iso();
    await advance(60_000);
    expect(await headersOf("/employer/company", token)).toEqual({
      retrieved: synced,
      attempted: synced,
      result: "success",
    });
  });

  it("call a batch of which a part failed a partial error", async () => {
    const { client, token } = await createTestConnection(sandbox);
    const [person] = (await client.hris.directory.list()).individuals;
    const ask = (...ids: (string | undefined)[]) =>
      headersOf("/employer/individual", token, {
        requests: ids.map((individual_id) => ({ individual_id })),
      });
    const unknown = "11111111-1111-4111-8111-111111111111";
    expect((await ask(person?.id)).result).toBe("success");
    expect((await ask(person?.id, unknown)).result).toBe("partial_error");
  });

  it("are there on answers that are not data, as far as they have something to say", async () => {
    const response = await fetch(`${sandbox.url}/providers`);
    expect(response.headers.get("finch-request-id")).not.toBeNull();
    expect(response.headers.get("finch-data-retrieved")).toBeNull();
    expect((await fetch(`${sandbox.url}/nothing`)).headers.get("finch-request-id")).not.toBeNull();
  });
});

describe("the profile slow", () => {
  it("takes minutes for a first sync and weeks for an assisted setup, by the sandbox's clock", async () => {
    const slow = await startTestSandbox({ profile: "slow", jobDelayMs: undefined });
    const wait = (ms: number) => control(slow.url, "PUT", "/clock", { advance_ms: ms });
    const statusOf = async (token: string) =>
      (await fetch(`${slow.url}/employer/company`, { headers: { Authorization: `Bearer ${token}` } })).status;
    const automated = await createTestConnection(slow);
    const assisted = await createTestConnection(slow, { authentication_type: "assisted" });
    await wait(9 * 60_000);
    expect(await statusOf(automated.token)).toBe(202);
    await wait(60_000);
    expect(await statusOf(automated.token)).toBe(200);
    await wait(14 * dayMs);
    expect(await statusOf(assisted.token)).toBe(202);
    await wait(dayMs);
    expect(await statusOf(assisted.token)).toBe(200);
  });
});
