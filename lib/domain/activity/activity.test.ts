import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { createTestConnection, createTestCustomer, type TestConnection } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import { testContext, testPlatformContext } from "@/lib/domain/testing";
import { finchEndpoints } from "./endpoints";
import { listActivity } from "./list-activity";

const database = useTestDatabase();
beforeAll(() => configureDatabase({ url: database().urls.app }));
afterAll(closeDatabase);

const sql = () => database().sql("superuser");
const support = testPlatformContext("staff_support");
const minuteMs = 60_000;
let acme: TestConnection;
let globex: TestConnection;

beforeAll(async () => {
  const [a, b] = [
    await createTestCustomer(sql(), { name: "Acme" }),
    await createTestCustomer(sql(), { name: "Globex" }),
  ];
  acme = await createTestConnection(sql(), { customerId: a.id, providerName: "Gusto" });
  globex = await createTestConnection(sql(), { customerId: b.id, providerName: "Paychex" });
});
beforeEach(() => sql()`delete from api_requests`);

interface Sent {
  connection?: TestConnection | null;
  minutesAgo?: number;
  endpoint?: string;
  status?: number | null;
  outcome?: string;
  code?: string | null;
  requestId?: string | null;
  ms?: number;
  runId?: string | null;
}

async function send(requests: Sent[]): Promise<void> {
  await sql()`select ensure_api_request_partitions(current_date - 31, current_date)`.catch(() => undefined);
  for (const each of requests) {
    const connection = each.connection === undefined ? acme : each.connection;
    await sql()`insert into api_requests (customer_id, at, connection_id, endpoint, status, outcome, finch_code, finch_request_id, duration_ms, bytes, sync_run_id)
      values (${connection?.customerId ?? "00000000-0000-0000-0000-000000000000"}, now() - ${(each.minutesAgo ?? 1) * 60} * interval '1 second',
        ${connection?.id ?? null}, ${each.endpoint ?? "GET /employer/company"}, ${each.status === undefined ? 200 : each.status},
        ${each.outcome ?? "ok"}, ${each.code ?? null}, ${each.requestId === undefined ? randomUUID() : each.requestId}, ${each.ms ?? 100}, 2048, ${each.runId ?? null})`;
  }
}
const failed: Sent = { status: 500, outcome: "finch_error", code: "internal_server_error" };
const refused: Sent = { status: 401, outcome: "reauthenticate", code: "reauthenticate_user" };
const pending: Sent = { status: 202, outcome: "pending" };
const unanswered: Sent = { status: null, outcome: "timeout", requestId: null, ms: 360_000 };

describe("the list of requests", () => {
  it("has every employer's, newest first, with names, and what helps where one failed", async () => {
    await send([
      { minutesAgo: 3 },
      { ...refused, connection: globex, minutesAgo: 2 },
      { connection: null, endpoint: "GET /providers", minutesAgo: 1 },
    ]);
    const { requests } = await listActivity(support, {});
    expect(requests).toMatchObject([
      { endpoint: "GET /providers", customer: null, connection: null, trouble: null },
      {
        status: 401,
        customer: { name: "Globex" },
        connection: { id: globex.id, providerName: "Paychex" },
        trouble: {
          label: "Sign-in refused",
          todo: "The employer reconnects from the connection's page; it asks them to.",
        },
      },
      { customer: { name: "Acme" }, durationMs: 100, bytes: 2048, trouble: null },
    ]);
  });

  it("is of the last 24 hours unless asked otherwise", async () => {
    await send([
      { minutesAgo: 30 },
      { minutesAgo: 90 },
      { minutesAgo: 25 * 60 },
      { minutesAgo: 8 * 24 * 60 },
    ]);
    const count = async (query: Parameters<typeof listActivity>[1]) =>
      (await listActivity(support, query)).requests.length;
    expect([
      await count({ range: "1h" }),
      await count({}),
      await count({ range: "7d" }),
      await count({ range: "30d" }),
    ]).toEqual([1, 2, 3, 4]);
    const minute = (ago: number) => new Date(Date.now() - ago * minuteMs).toISOString().slice(0, 16);
    expect(await count({ from: minute(26 * 60), to: minute(60) })).toBe(2);
  });

  it("is nothing, and no error, of times before and after all calendars", async () => {
    await send([{ minutesAgo: 1 }]);
    const first = "0000-01-01T00:00";
    const last = "9999-12-31T23:59";
    const id = "ffffffff-ffff-ffff-ffff-ffffffffffff";
    const found = async (query: Parameters<typeof listActivity>[1]) =>
      (await listActivity(support, query)).requests.length;
    expect(await found({ to: first })).toBe(0);
    expect(await found({ from: first, to: first })).toBe(0);
    expect(await found({ from: last, to: first })).toBe(0);
    expect(await found({ from: first, to: last, search: "x".repeat(100) })).toBe(0);
    expect(await found({ from: first, to: last })).toBe(1);
    expect(await found({ before: `999999999999999999.${id}` })).toBe(0);
    expect(await found({ after: `999999999999999999.${id}` })).toBe(1);
  });

  it("is filtered by employer, connection, endpoint, outcome, status, code and sync run", async () => {
    const runId = randomUUID();
    await send([
      {},
      { ...failed, runId },
      { ...pending, connection: globex },
      { ...unanswered, endpoint: "POST /employer/pay-statement" },
      { ...refused, connection: globex },
    ]);
    const count = async (query: Parameters<typeof listActivity>[1]) =>
      (await listActivity(support, query)).sum.requests;
    expect(await count({ customerId: globex.customerId })).toBe(2);
    expect(await count({ connectionId: acme.id })).toBe(3);
    expect(await count({ connectionId: acme.id, customerId: globex.customerId })).toBe(0);
    expect(await count({ endpoints: ["POST /employer/pay-statement"] })).toBe(1);
    expect(await count({ outcomes: ["failed"] })).toBe(3);
    expect(await count({ outcomes: ["failed", "pending"] })).toBe(4);
    expect(await count({ outcomes: ["timeout", "ok"] })).toBe(2);
    expect(await count({ statuses: ["5xx", "401"] })).toBe(2);
    expect(await count({ statuses: ["none"] })).toBe(1);
    expect(await count({ finchCodes: ["reauthenticate_user"] })).toBe(1);
    expect(await count({ runId })).toBe(1);
    const { finchCodes } = await listActivity(support, {});
    expect(finchCodes.map(({ value }) => value).sort()).toEqual([
      "internal_server_error",
      "reauthenticate_user",
    ]);
  });

  it("finds a request by the beginning of its Finch id, however old", async () => {
    await send([{ requestId: "27b8e0f4-0000-4000-8000-000000003cb4", minutesAgo: 20 * 24 * 60 }, {}]);
    expect((await listActivity(support, { search: "27b8e0f4" })).requests).toHaveLength(1);
    expect(
      (await listActivity(support, { search: "27b8e0f4-0000-4000-8000-000000003cb4" })).requests,
    ).toHaveLength(1);
    expect((await listActivity(support, { search: "%" })).requests).toHaveLength(0);
    const minute = new Date(Date.now() - 60 * minuteMs).toISOString().slice(0, 16);
    expect((await listActivity(support, { search: "27b8e0f4", from: minute })).requests).toHaveLength(0);
  });

  it("is read by pages in both directions without a gap, also where instants are equal", async () => {
    await send([{ minutesAgo: 5 }]);
    await sql()`insert into api_requests (customer_id, at, endpoint, outcome, duration_ms)
      select customer_id, at + (n % 30) * interval '1 second', 'GET /many', 'ok', n from api_requests, generate_series(1, 130) n`;
    const first = await listActivity(support, {});
    const second = await listActivity(support, { after: first.older });
    const third = await listActivity(support, { after: second.older });
    const ids = [first, second, third].flatMap(({ requests }) => requests.map(({ id }) => id));
    expect([ids.length, new Set(ids).size, first.newer, third.older]).toEqual([131, 131, null, null]);
    const back = await listActivity(support, { before: third.newer });
    expect(back.requests.map(({ id }) => id)).toEqual(second.requests.map(({ id }) => id));
    const top = await listActivity(support, { before: second.newer });
    expect([top.newer, top.requests[0]?.id]).toEqual([null, first.requests[0]?.id]);
  });

  it("does not exist for employers", async () => {
    const ctx = testContext("employer_admin", acme.customerId);
    await expect(listActivity(ctx, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("the figures", () => {
  it("count failures against what was answered or not, and 202 apart", async () => {
    await send([{ ms: 100 }, { ms: 200 }, { ms: 300 }, failed, unanswered, pending, pending]);
    const { sum, buckets } = await listActivity(support, {});
    expect(sum).toEqual({ requests: 7, failed: 2, pending: 2, errorRate: 2 / 5 });
    // The request without an answer has no latency.
    const busy = buckets.filter(({ requests }) => requests > 0);
    expect(busy).toMatchObject([{ requests: 7, errorRate: 2 / 5, p50Ms: 100, p95Ms: 300 }]);
  });

  it("of all buckets add up, and their percentiles are those of the requests themselves", async () => {
    const times = Array.from({ length: 200 }, (_, n) => ({
      minutesAgo: (n * 7) % 1_400,
      ms: (n * 37) % 1_000,
    }));
    await send(times);
    const { buckets, sum, bucketMs, from, to, now } = await listActivity(support, {});
    expect(bucketMs).toBe(30 * minuteMs);
    expect(buckets.length).toBeGreaterThanOrEqual(48);
    expect(buckets.reduce((total, each) => total + each.requests, 0)).toBe(sum.requests);
    expect([buckets[0]?.from, buckets.at(-1)?.to]).toEqual([from, to]);
    for (const bucket of buckets) {
      const inside = times
        .filter(({ minutesAgo }) => {
          const at = now.getTime() - minutesAgo * minuteMs;
          return at >= bucket.from.getTime() + 2_000 && at < bucket.to.getTime() - 2_000;
        })
        .map(({ ms }) => ms)
        .sort((a, b) => a - b);
      if (inside.length === bucket.requests && inside.length > 0)
        expect(bucket.p50Ms).toBe(inside[Math.ceil(inside.length / 2) - 1]);
      if (bucket.requests === 0) expect([bucket.errorRate, bucket.p50Ms]).toEqual([null, null]);
    }
  });

  it("name the causes, the most frequent first, with how many connections", async () => {
    await send([failed, failed, { ...failed, connection: globex }, refused, {}]);
    const { causes } = await listActivity(support, {});
    expect(causes).toMatchObject([
      {
        outcome: "finch_error",
        finchCode: "internal_server_error",
        requests: 3,
        connections: 2,
        label: "Finch failed",
      },
      { outcome: "reauthenticate", requests: 1, connections: 1 },
    ]);
  });

  it("of nothing are none, not zero", async () => {
    const { sum, requests, causes } = await listActivity(support, {});
    expect([sum, requests, causes]).toEqual([
      { requests: 0, failed: 0, pending: 0, errorRate: null },
      [],
      [],
    ]);
  });
});

describe("the filter", () => {
  it("offers every endpoint that Perch asks, and none that it does not", () => {
    const folder = path.resolve(import.meta.dirname, "../../finch");
    const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .map((file) => readFileSync(path.join(folder, file), "utf8"))
      .join("\n");
    const asked = [...sources.matchAll(/endpoint: "([A-Z]+ \/[^"]*)"/g)].map(([, name]) => name);
    expect([...new Set(asked)].sort()).toEqual([...finchEndpoints].sort());
  });

  it("offers connections once an employer is chosen", async () => {
    expect((await listActivity(support, {})).connections).toEqual([]);
    const { customers, connections } = await listActivity(support, { connectionId: globex.id });
    expect(connections).toEqual([{ value: globex.id, label: "Paychex" }]);
    expect(customers.map(({ label }) => label)).toEqual(["Acme", "Globex"]);
  });
});
