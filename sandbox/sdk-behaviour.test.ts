import Finch, {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  UnprocessableEntityError,
} from "@tryfinch/finch-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  basicClient,
  bearerClient,
  control,
  createTestConnection,
  startTestSandbox,
} from "@/sandbox/testing/harness";
import { everyProduct } from "@/sandbox/testing/walk/kinds";
import { nobody } from "@/sandbox/testing/walk/stop";

const sandbox = await startTestSandbox({ rateLimits: "sandbox", refreshQuota: { automated: 1 } });
const { client: finch, token, created } = await createTestConnection(sandbox, { products: everyProduct });
const poor = await createTestConnection(sandbox, { products: ["company"] });

/** The SDK as it comes: with its two retries. */
const patient = (accessToken = token) =>
  new Finch({ baseURL: sandbox.url, accessToken, clientID: null, clientSecret: null });

const fault = (more: object) => control(sandbox.url, "POST", "/faults", { operation: "*", ...more });
const setStatus = (connection_status: "connected" | "processing" | "pending") =>
  finch.sandbox.connections.accounts.update({ connection_status });

async function requestsDuring(call: () => Promise<unknown>): Promise<number> {
  await control(sandbox.url, "DELETE", "/requests");
  await call().catch(() => undefined);
  const seen = await control(sandbox.url, "GET", "/requests");
  return Array.isArray(seen) ? seen.length : Number.NaN;
}

const failed = (call: Promise<unknown>) =>
  call.then(
    () => new Error("the call succeeded"),
    (reason: unknown) => reason,
  );

// Quotas are of a minute of the sandbox's clock.
beforeEach(() => sandbox.sandbox.world.clock.adjust({ advanceMs: 61_000 }));

describe("errors become the SDK's classes", () => {
  const bad = bearerClient(sandbox.url, "nobody");
  const wrongSecret = basicClient(sandbox.url, "wrong");
  const session = { customer_id: "c", customer_name: "C", products: ["company" as const] };

  it.each([
    ["a token that nobody has", AuthenticationError, 401, () => bad.hris.company.retrieve()],
    ["a wrong secret", AuthenticationError, 401, () => wrongSecret.connect.sessions.new(session)],
    ["a product not granted", PermissionDeniedError, 403, () => poor.client.hris.directory.list()],
    ["an unknown benefit", NotFoundError, 404, () => finch.hris.benefits.retrieve(nobody)],
    ["an unknown entity", NotFoundError, 404, () => finch.hris.company.retrieve({ entity_ids: [nobody] })],
    ["a bad parameter", BadRequestError, 400, () => finch.hris.directory.list({ limit: -1 })],
    ["too large a page", UnprocessableEntityError, 422, () => finch.hris.directory.list({ limit: 10_001 })],
    ["an endpoint that the provider lacks", InternalServerError, 501, () => finch.hris.documents.list()],
  ])("%s", async (_title, type, status, call) => {
    const error = await failed(call());
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ status, error: { code: status, message: expect.any(String) } });
    expect(error instanceof APIError && error.headers?.get("finch-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("a spent quota, until a minute has gone by", async () => {
    for (let n = 0; n < 40; n++) await finch.hris.company.retrieve();
    const error = await failed(finch.hris.company.retrieve());
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ error: { statusCode: 429, finch_code: "finch_application_rl" } });
    sandbox.sandbox.world.clock.adjust({ advanceMs: 60_000 });
    await expect(finch.hris.company.retrieve()).resolves.toHaveProperty("id");
  });

  it("a spent refresh, without code and name", async () => {
    await finch.jobs.automated.create({ type: "data_sync_all" });
    const error = await failed(finch.jobs.automated.create({ type: "data_sync_all" }));
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ error: { remaining_refreshes: 0, retry_at: expect.any(String) } });
    expect(error instanceof APIError && error.error).not.toHaveProperty("code");
  });

  it.each([
    [409, ConflictError],
    [500, InternalServerError],
    [502, InternalServerError],
  ])("a failure of Finch with %i", async (status, type) => {
    await fault({ kind: "status", status });
    expect(await failed(finch.hris.company.retrieve())).toBeInstanceOf(type);
  });

  it("a connection that breaks, and one that hangs", async () => {
    await fault({ kind: "reset" });
    expect(await failed(finch.hris.company.retrieve())).toBeInstanceOf(APIConnectionError);
    await fault({ kind: "hang" });
    const hanging = finch.hris.company.retrieve({}, { timeout: 100 });
    expect(await failed(hanging)).toBeInstanceOf(APIConnectionTimeoutError);
  });
});

describe("pages", () => {
  it("of the directory follow each other by themselves, to the last person", async () => {
    const ids = new Set<string>();
    const calls = await requestsDuring(async () => {
      for await (const person of finch.hris.directory.list({ limit: 7 })) ids.add(person.id ?? "");
    });
    expect([ids.size, calls]).toEqual([20, 3]);
  });

  it("know whether there is another", async () => {
    const first = await finch.hris.directory.list({ limit: 12 });
    expect(first.hasNextPage()).toBe(true);
    const second = await first.getNextPage();
    expect([second.individuals.length, second.paging.offset]).toEqual([8, 12]);
    expect(second.hasNextPage()).toBe(false);
  });
});

describe("202 does not throw", () => {
  afterEach(() => setStatus("connected"));

  it("an empty directory, that ends at once", async () => {
    await setStatus("processing");
    const { data, response } = await finch.hris.directory.list().withResponse();
    expect([response.status, data.individuals]).toEqual([202, []]);
    const seen: unknown[] = [];
    for await (const person of finch.hris.directory.list()) seen.push(person);
    expect(seen).toEqual([]);
  });

  it("no responses, and a company that is the body of the 202", async () => {
    await setStatus("pending");
    const requests = [{ individual_id: nobody }];
    expect((await finch.hris.individuals.retrieveMany({ requests })).responses).toEqual([]);
    expect(await finch.hris.company.retrieve()).toMatchObject({
      code: 202,
      finch_code: "accountant_setup_pending",
    });
  });

  it("payments that cannot be iterated", async () => {
    await setStatus("processing");
    const dates = { start_date: "2026-01-01", end_date: "2026-01-31" };
    const page = await finch.hris.payments.list(dates);
    expect(page.items).toMatchObject({ code: 202 });
    expect(() => [...page.items]).toThrow(TypeError);
  });

  it("an automated job that runs already", async () => {
    const slow = await startTestSandbox({ jobDelayMs: 60_000, initialSyncMs: 0 });
    const { client } = await createTestConnection(slow);
    const sync = { type: "data_sync_all" } as const;
    const first = await client.jobs.automated.create(sync);
    const { data, response } = await client.jobs.automated.create(sync).withResponse();
    expect([response.status, data.job_id]).toEqual([202, first.job_id]);
  });
});

describe("the SDK tries again by itself", () => {
  it("after 409, 429, 500 and also 501, twice; nothing tells it not to", async () => {
    const statuses = [409, 429, 500, 501];
    const others = await Promise.all(statuses.map(() => createTestConnection(sandbox)));
    for (const [place, { token: other }] of others.entries()) {
      const kind = { kind: "status", status: statuses[place], times: 3 };
      await fault({ ...kind, operation: "GET /employer/company", token: other });
    }
    const errors: unknown[] = [];
    const calls = await requestsDuring(async () => {
      const asked = others.map(({ token: other }) => failed(patient(other).hris.company.retrieve()));
      errors.push(...(await Promise.all(asked)));
    });
    expect(calls).toBe(3 * statuses.length);
    expect(errors).toMatchObject(statuses.map((status) => ({ status })));
    for (const error of errors) {
      expect(error instanceof APIError && error.headers?.get("x-should-retry")).toBeNull();
    }
  });

  it("and succeeds where the failure was short", async () => {
    await fault({ operation: "GET /employer/company", kind: "status", status: 502, times: 1 });
    await expect(patient().hris.company.retrieve()).resolves.toMatchObject({ id: created.company_id });
  });

  it("never after 400, 401, 403, 404 and 202", async () => {
    const calls = [
      () => patient().hris.directory.list({ limit: -1 }),
      () => patient("nobody").hris.company.retrieve(),
      () => patient(poor.token).hris.directory.list(),
      () => patient().hris.benefits.retrieve(nobody),
    ];
    for (const call of calls) expect(await requestsDuring(call)).toBe(1);
  });
});

describe("operations without a method", () => {
  const requests = [{ payment_id: nobody }];

  it.each([
    ["POST /employer/ledger-items", () => finch.post("/employer/ledger-items", { body: { requests } })],
    ["GET /employer/plans", () => finch.get("/employer/plans", { query: { limit: 1 } })],
    ["GET /employer/plans-enrollments", () => finch.get("/employer/plans-enrollments")],
    [
      "POST /employer/plans-enrollments",
      () => finch.post("/employer/plans-enrollments", { body: { requests: [{ enrollment_id: nobody }] } }),
    ],
    ["GET /employer/plans-dependents", () => finch.get("/employer/plans-dependents")],
    [
      "POST /employer/plans-dependents",
      () => finch.post("/employer/plans-dependents", { body: { requests: [{ dependent_id: nobody }] } }),
    ],
  ])("%s", async (_operation, call) => {
    const answer = await call();
    expect(answer).toSatisfy((body: object) => "paging" in body || "responses" in body);
  });

  it("GET /employer/plans/{plan_id}", async () => {
    const list = await finch.get<{ plans: { id: string }[] }>("/employer/plans");
    const id = list.plans[0]?.id ?? "";
    expect(await finch.get(`/employer/plans/${id}`)).toMatchObject({ id });
  });
});
