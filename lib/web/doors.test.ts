import { pino } from "pino";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { useTestDatabase } from "@/db/testing";
import { DomainError } from "@/lib/domain/errors";
import { createLog } from "@/lib/log";
import { toWebError } from "./errors";
import { isSameOrigin } from "./origin";
import { route } from "./route";

useTestDatabase();
const ours = "http://localhost:3000";
const context = { params: Promise.resolve({}) };
const Input = z.strictObject({ name: z.string().max(10) });
const echo = route({ auth: "public", schema: Input, maxBytes: 100 }, async ({ input }) => input);

function post(body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request(`${ours}/api/x`, {
    method: "POST",
    body,
    headers: { origin: ours, "content-type": "application/json", ...headers },
  });
}

beforeAll(() => expect(process.env["NEXTAUTH_URL"]).toBe(ours));

describe("a route", () => {
  it("answers JSON that nobody keeps", async () => {
    const answer = await echo(post('{"name":"Vega"}'), context);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
    expect(await answer.json()).toEqual({ name: "Vega" });
  });

  it.each([
    ["foreign", "https://evil.test"],
    ["null", "null"],
    ["look-alike", `${ours}.evil.test`],
    ["of another port", "http://localhost:3001"],
    ["of another scheme", "https://localhost:3000"],
  ])("refuses a %s Origin", async (_kind, origin) => {
    expect((await echo(post('{"name":"Vega"}', { origin }), context)).status).toBe(403);
    expect(isSameOrigin(origin)).toBe(false);
  });

  it("refuses an absent Origin, and asks a reader for none", async () => {
    const request = new Request(`${ours}/api/x`, {
      method: "POST",
      body: '{"name":"Vega"}',
      headers: { "content-type": "application/json" },
    });
    expect((await echo(request, context)).status).toBe(403);
    const read = await echo(new Request(`${ours}/api/x?name=Vega`), context);
    expect(await read.json()).toEqual({ name: "Vega" });
  });

  it("says when a used-up limit has room again", async () => {
    const limited = route({ auth: "public" }, async () => {
      throw new DomainError("RATE_LIMITED", "Too many.", { retryAfterSeconds: 42 });
    });
    const answer = await limited(new Request(`${ours}/api/x`), context);
    expect(answer.status).toBe(429);
    expect(answer.headers.get("retry-after")).toBe("42");
  });

  it("refuses fields that do not belong to it", async () => {
    const answer = await echo(post('{"name":"Vega","customerId":"c1"}'), context);
    expect(answer.status).toBe(422);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.json()).toMatchObject({ code: "INVALID", status: 422 });
  });

  it("refuses a parameter that is named twice", async () => {
    const get = (query: string) => echo(new Request(`${ours}/api/x?${query}`), context);
    expect((await get("name=a")).status).toBe(200);
    const answer = await get("name=a&name=b");
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: "INVALID", field: "name" });
  });

  it("names the field that is wrong", async () => {
    const answer = await echo(post('{"name":"much too long a name"}'), context);
    expect(await answer.json()).toMatchObject({ code: "INVALID", field: "name" });
  });

  it("stops reading a body at its limit, whatever its length claims", async () => {
    const long = `{"name":"${"x".repeat(200)}"}`;
    expect((await echo(post(long), context)).status).toBe(413);
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new TextEncoder().encode("x".repeat(60)));
      },
    });
    const request = new Request(`${ours}/api/x`, {
      method: "POST",
      body: endless,
      headers: { origin: ours, "content-type": "application/json" },
      // @ts-expect-error the DOM's types do not know half-duplex requests
      duplex: "half",
    });
    expect((await echo(request, context)).status).toBe(413);
    expect(pulled).toBeLessThan(10);
  });

  it.each(["not json", ""])("refuses %j as JSON", async (body) => {
    expect((await echo(post(body), context)).status).toBe(422);
  });

  it("takes JSON by its content type only, so that no form of another page can send it", async () => {
    expect((await echo(post('{"name":"Vega"}', { "content-type": "text/plain" }), context)).status).toBe(422);
  });
});

describe("errors", () => {
  it("of the domain keep their words, field and Finch request id", () => {
    const error = new DomainError("CONFLICT", "A sync is running.", {
      field: "connectionId",
      requestId: "req_1",
    });
    expect(toWebError(error)).toEqual({
      status: 409,
      code: "CONFLICT",
      message: "A sync is running.",
      field: "connectionId",
      requestId: "req_1",
    });
  });

  it("that nobody expected keep theirs to themselves", () => {
    const canary = "078-05-1120";
    for (const error of [new Error(canary), new DomainError("INTERNAL", canary), canary, null]) {
      const answer = toWebError(error);
      expect(answer).toMatchObject({ status: 500, code: "INTERNAL" });
      expect(answer.reference).toMatch(/^[0-9a-f-]{36}$/);
      expect(JSON.stringify(answer)).not.toContain(canary);
    }
  });

  it("that refuse somebody leave one line with code, route and person, and no value", () => {
    const lines: unknown[] = [];
    const to = createLog(
      pino({ base: null, timestamp: false }, { write: (line) => void lines.push(JSON.parse(line)) }),
    );
    const attempt = { route: "/api/e/[customerId]/search", userId: "user-1" };
    for (const code of ["FORBIDDEN", "STEP_UP_REQUIRED", "NOT_FOUND", "RATE_LIMITED"] as const)
      toWebError(new DomainError(code, "about 078-05-1120"), attempt, to);
    const probe = z.strictObject({ q: z.string() }).safeParse({ q: "078-05-1120", role: "employer_admin" });
    toWebError(probe.error, attempt, to);
    const refused = (code: string) => ({ level: 30, code, ...attempt, msg: "a request was refused" });
    expect(lines).toEqual([
      ...["FORBIDDEN", "STEP_UP_REQUIRED", "NOT_FOUND", "RATE_LIMITED"].map(refused),
      { level: 30, code: "INVALID", ...attempt, msg: "a request had unknown fields" },
    ]);
  });

  it("of somebody who is signed out or mistyped leave no line", () => {
    const lines: string[] = [];
    const to = createLog(pino({}, { write: (line) => void lines.push(line) }));
    toWebError(new DomainError("UNAUTHENTICATED", "Sign in."), {}, to);
    toWebError(z.strictObject({ q: z.string() }).safeParse({ q: 1 }).error, {}, to);
    expect(lines).toEqual([]);
  });
});
