import { describe, expect, it } from "vitest";
import { Clock } from "@/sandbox/clock";
import { operations } from "@/sandbox/operations";
import { RateLimits } from "@/sandbox/rate-limits";
import {
  bearerClient,
  control,
  createTestConnection,
  failureOf,
  startTestSandbox,
} from "@/sandbox/testing/harness";

const operation = (id: string) => {
  const found = operations.find((row) => row.id === id);
  if (!found) throw new Error(`no operation ${id}`);
  return found;
};

const company = operation("GET /employer/company");
const minuteMs = 60_000;

/** A limiter on a clock that is moved by hand. */
function limiterAt(kind: "sandbox" | "production" = "sandbox") {
  let real = Date.UTC(2026, 0, 5);
  const clock = new Clock(() => real);
  const limits = new RateLimits(kind, clock);
  return {
    clock,
    limits,
    pass: (ms: number) => void (real += ms),
    /** The Finch code of the refusal, or null. */
    ask: (id = company.id, status = 200, clientId = "client", peer: string | null = null): string | null => {
      try {
        limits.checkAddress(operation(id), peer);
        limits.checkApplication(operation(id), clientId);
      } catch (error) {
        return (error as { finchCode: string }).finchCode;
      }
      limits.record(operation(id), clientId, peer, status);
      return null;
    },
  };
}

describe("an application's minute", () => {
  it.each([
    ["GET /employer/company", 20],
    ["GET /employer/directory", 20],
    ["POST /employer/individual", 20],
    ["POST /employer/employment", 20],
    ["GET /employer/pay-statement-item", 20],
    ["GET /employer/payment", 12],
    ["GET /employer/pay-groups", 12],
    ["POST /employer/pay-statement", 12],
  ])("of %s has %i requests, and twice as many in the sandbox", (id, allowed) => {
    for (const kind of ["production", "sandbox"] as const) {
      const { ask } = limiterAt(kind);
      const answers = Array.from({ length: allowed * 2 + 1 }, () => ask(id));
      const passed = kind === "sandbox" ? allowed * 2 : allowed;
      expect(answers.indexOf("finch_application_rl")).toBe(passed);
      expect(answers.filter((answer) => answer === null)).toHaveLength(passed);
    }
  });

  it("rolls: each request frees its place after 60 seconds, not all at once", () => {
    const { ask, pass } = limiterAt();
    for (let i = 0; i < 40; i++) {
      expect(ask()).toBeNull();
      pass(1_000);
    }
    expect(ask()).toBe("finch_application_rl");
    pass(19_999);
    expect(ask()).toBe("finch_application_rl");
    pass(1);
    expect(ask()).toBeNull();
    expect(ask()).toBe("finch_application_rl");
    pass(1_000);
    expect(ask()).toBeNull();
  });

  it("counts requests that succeeded, and no others", () => {
    const { ask } = limiterAt();
    for (let i = 0; i < 100; i++) expect(ask(company.id, 401)).toBeNull();
    for (let i = 0; i < 40; i++) expect(ask(company.id, i % 2 === 0 ? 200 : 202)).toBeNull();
    expect(ask()).toBe("finch_application_rl");
  });

  it("is an endpoint's and an application's own", () => {
    const { ask } = limiterAt();
    for (let i = 0; i < 40; i++) ask();
    expect(ask("GET /employer/directory")).toBeNull();
    expect(ask(company.id, 200, "another client")).toBeNull();
    expect(ask()).toBe("finch_application_rl");
  });

  it("runs ten times as fast on a clock that does", () => {
    const { ask, pass, clock } = limiterAt();
    clock.adjust({ rate: 10 });
    for (let i = 0; i < 40; i++) ask();
    pass(5_999);
    expect(ask()).toBe("finch_application_rl");
    pass(1);
    expect(ask()).toBeNull();
  });

  it("is over on a clock that was set back", () => {
    const { ask, clock } = limiterAt();
    for (let i = 0; i < 40; i++) ask();
    clock.adjust({ now: clock.now() - 3_600_000 });
    expect(ask()).toBeNull();
  });

  it("does not exist for endpoints that Finch gives no figure for", () => {
    const { ask } = limiterAt("production");
    for (let i = 0; i < 500; i++) expect(ask("GET /employer/benefits")).toBeNull();
  });
});

describe("an address", () => {
  const providers = "GET /providers";
  const from = (world: ReturnType<typeof limiterAt>, peer: string, id = providers) =>
    world.ask(id, 200, "client", peer);

  it("has 1,000 requests in five minutes, then waits an hour", () => {
    const world = limiterAt();
    for (let i = 0; i < 1_000; i++) expect(from(world, "10.0.0.1")).toBeNull();
    expect(from(world, "10.0.0.1")).toBe("finch_api_ip_rl");
    expect(from(world, "10.0.0.2")).toBeNull();
    world.pass(60 * minuteMs - 1);
    expect(from(world, "10.0.0.1")).toBe("finch_api_ip_rl");
    world.pass(1);
    expect(from(world, "10.0.0.1")).toBeNull();
  });

  it("that spreads its requests is never refused", () => {
    const world = limiterAt();
    for (let i = 0; i < 3_000; i++) {
      expect(from(world, "10.0.0.1")).toBeNull();
      world.pass(301);
    }
  });

  it("is counted apart where it signs in", () => {
    const world = limiterAt();
    for (let i = 0; i < 1_000; i++) from(world, "10.0.0.1", "POST /auth/token");
    expect(from(world, "10.0.0.1", "POST /connect/sessions")).toBe("finch_auth_ip_rl");
    expect(from(world, "10.0.0.1")).toBeNull();
  });
});

describe("a sandbox with limits", async () => {
  const sandbox = await startTestSandbox({ rateLimits: "sandbox", initialSyncMs: 0 });

  it("answers 429 with the number three times, for all tokens of the application, until a minute is over", async () => {
    const { client } = await createTestConnection(sandbox);
    const { client: second, created } = await createTestConnection(sandbox);
    for (let i = 0; i < 40; i++) await (i % 2 === 0 ? client : second).hris.company.retrieve();
    expect(await failureOf(second.hris.company.retrieve())).toMatchObject({
      status: 429,
      body: {
        statusCode: 429,
        status: 429,
        code: 429,
        name: "rate_limit_exceeded_error",
        finch_code: "finch_application_rl",
        message: "Too many requests for token",
      },
      requestId: expect.any(String),
    });
    await client.hris.directory.list();
    await control(sandbox.url, "PUT", "/clock", { advance_ms: 60_000 });
    await bearerClient(sandbox.url, created.access_token).hris.company.retrieve();
  });

  it("counts a 202 that was ordered like any other, and no failure that was", async () => {
    const { client } = await createTestConnection(sandbox);
    const operation = "GET /employer/company";
    await control(sandbox.url, "PUT", "/clock", { advance_ms: 60_000 });
    await control(sandbox.url, "POST", "/faults", { operation, kind: "status", status: 500, times: 5 });
    for (let i = 0; i < 5; i++) expect((await failureOf(client.hris.company.retrieve())).status).toBe(500);
    await control(sandbox.url, "POST", "/faults", { operation, kind: "pending", times: 30 });
    for (let i = 0; i < 40; i++) {
      const { response } = await client.hris.company.retrieve().withResponse();
      expect(response.status).toBe(i < 30 ? 202 : 200);
    }
    expect((await failureOf(client.hris.company.retrieve())).status).toBe(429);
  });

  it("forgets what was counted at a reset", async () => {
    const { client } = await createTestConnection(sandbox);
    for (let i = 0; i < 40; i++) await client.hris.directory.list();
    expect((await failureOf(client.hris.directory.list())).status).toBe(429);
    await control(sandbox.url, "POST", "/reset");
    const { client: next } = await createTestConnection(sandbox);
    await next.hris.directory.list();
  });
});
