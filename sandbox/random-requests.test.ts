import { describe, expect, it } from "vitest";
import { startTestSandbox } from "@/sandbox/testing/harness";
import { bombard, judge } from "@/sandbox/testing/soak/bombard";
import { shots } from "@/sandbox/testing/soak/shots";

const sandbox = await startTestSandbox({ jobDelayMs: 200, initialSyncMs: 0 });

describe("random requests", () => {
  it("never give a failure, a hang or a stack trace", async () => {
    const { findings, statuses, sent } = await bombard(sandbox, { count: 400, seed: 1 });
    expect(findings).toEqual([]);
    expect(sent).toBe(400);
    expect(Object.keys(statuses)).toEqual(expect.arrayContaining(["200", "400", "401", "404"]));
  });

  it("are the same for the same seed, others for another", () => {
    const companies = [{ authorization: "Bearer a", facts: { individual: "i" } }];
    const targets = { basic: "Basic b", companies, routes: [{ method: "GET", path: "/authorize" }] };
    const first = (seed: number) => shots(String(seed), targets).take(50).toArray();
    expect(first(7)).toEqual(first(7));
    expect(first(7)).not.toEqual(first(8));
  });

  it("are read to the end when they are refused, so that their connection stays open", async () => {
    const body = "x".repeat(200_000);
    const headers = { "Content-Length": String(body.length) };
    const large = new Request("http://127.0.0.1/employer/individual", { method: "POST", body, headers });
    expect((await sandbox.sandbox.app.fetch(large)).status).toBe(401);
    expect(large.bodyUsed).toBe(true);
  });

  it.each([
    [{ status: 500, text: "", ms: 1 }, "status 500"],
    [{ status: 501, text: "{}", ms: 1 }, null],
    [{ status: 200, text: "{}", ms: 9_000 }, "9000 ms"],
    [{ status: 0, text: "", ms: 1 }, "no answer"],
    [{ status: 400, text: "Error\n    at f (/x/y.ts:1:2)", ms: 1 }, "stack trace"],
    [{ status: 400, text: JSON.stringify("Error\n    at f (/x/y.ts:1:2)"), ms: 1 }, "stack trace"],
    [{ status: 400, text: '{"message":"TypeError: x"}', ms: 1 }, "stack trace"],
  ])("of %j it is said: %s", (got, said) => {
    if (said === null) expect(judge(got)).toBeNull();
    else expect(judge(got)).toContain(said);
  });
});
