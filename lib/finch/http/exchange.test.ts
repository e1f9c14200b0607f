import { describe, expect, it, vi } from "vitest";
import type { FinchGate } from "../caller";
import { introspect } from "../connection/account";
import { getCompany } from "../people/calls";
import { streamDirectory } from "../people/stream";
import { TestCaller, tokenOf, useLocalFinch } from "../testing";

const finch = useLocalFinch();
const token = tokenOf("secret");
const scope = { entityId: "" };
const company = { id: "c1", legal_name: "Acme" };

/** A gate that writes down what happens in which order. */
class NotedGate implements FinchGate {
  readonly notes: string[] = [];
  seen = () => undefined as void;
  readonly answered = new Promise<void>((resolve) => (this.seen = resolve));

  async enter(endpoint: string) {
    this.notes.push(`enter ${endpoint}`);
    return {
      answered: async () => {
        this.notes.push("answered");
        this.seen();
      },
    };
  }
}

describe("a request", () => {
  it("waits for its turn, is sent, says that it was answered, is recorded", async () => {
    const gate = new NotedGate();
    const caller = new TestCaller(gate);
    caller.record = async ({ outcome }) => void gate.notes.push(`record ${outcome}`);
    finch.answer = (response) => {
      gate.notes.push("sent");
      response.end(JSON.stringify(company));
    };
    expect((await getCompany(caller, token, scope)).kind).toBe("ok");
    expect(gate.notes).toEqual(["enter GET /employer/company", "sent", "answered", "record ok"]);
  });

  it("says that it was answered when the headers are there, before the body is", async () => {
    const gate = new NotedGate();
    finch.answer = async (response) => {
      response.writeHead(200).write(" ");
      await gate.answered;
      response.end(JSON.stringify(company));
    };
    expect((await getCompany(new TestCaller(gate), token, scope)).kind).toBe("ok");
    expect(gate.notes.filter((note) => note === "answered")).toHaveLength(1);
  });

  it("that has no answer after 2.5 s counts as seen by Finch", async () => {
    const gate = new NotedGate();
    const startedAt = performance.now();
    finch.answer = async (response) => {
      await gate.answered;
      response.end(JSON.stringify(company));
    };
    expect((await getCompany(new TestCaller(gate), token, scope)).kind).toBe("ok");
    expect(performance.now() - startedAt).toBeGreaterThan(2_400);
    expect(gate.notes.filter((note) => note === "answered")).toHaveLength(1);
  });

  it("that is never answered is a timeout after six minutes, and not before", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const gate = new NotedGate();
      const caller = new TestCaller(gate);
      const asked = new Promise<void>((resolve) => (finch.answer = () => resolve()));
      let outcome: string | undefined;
      const answer = getCompany(caller, token, scope).then(({ kind }) => (outcome = kind));
      await asked;
      await vi.advanceTimersByTimeAsync(2_500);
      expect(gate.notes.at(-1)).toBe("answered");
      await vi.advanceTimersByTimeAsync(6 * 60_000 - 2_500 - 1_000);
      expect(outcome).toBeUndefined();
      await vi.advanceTimersByTimeAsync(1_000);
      await answer;
      expect(caller.records).toMatchObject([{ outcome: "timeout", status: null, finchRequestId: null }]);
      expect(outcome).toBe("timeout");
    } finally {
      vi.useRealTimers();
    }
  });

  it.each([
    ["an error", 500],
    ["a broken connection", null],
  ])("gives its slot free after %s", async (_what, status) => {
    const gate = new NotedGate();
    finch.answer = (response) =>
      status === null ? void response.destroy() : void response.writeHead(status).end("{}");
    expect((await getCompany(new TestCaller(gate), token, scope)).kind).toBe("finch_error");
    expect(gate.notes.at(-1)).toBe("answered");
  });

  it("is neither sent nor recorded where the gate does not let it through", async () => {
    const caller = new TestCaller({
      enter: async () => {
        throw new Error("no slot");
      },
    });
    const before = finch.requests;
    await expect(getCompany(caller, token, scope)).rejects.toThrow("no slot");
    expect([finch.requests, caller.records]).toEqual([before, []]);
  });

  it("takes no slot where the token is good for a disconnect alone", async () => {
    const gate = new NotedGate();
    const outcome = await introspect(new TestCaller(gate), { ...token, disconnectOnly: true });
    expect([outcome.kind, gate.notes]).toEqual(["reauthenticate", []]);
  });

  it("is answered though its slot could not be told", async () => {
    const gate = { enter: async () => ({ answered: () => Promise.reject(new Error("database away")) }) };
    finch.gives(company);
    expect((await getCompany(new TestCaller(gate), token, scope)).kind).toBe("ok");
  });

  it("is recorded with its bytes, and its data's reader's error passes through", async () => {
    const caller = new TestCaller();
    const body = JSON.stringify({ paging: { count: 1, offset: 0 }, individuals: [{ id: "a" }] });
    finch.gives(body);
    const reading = streamDirectory(caller, token, { ...scope, offset: 0 }, async () => {
      throw new Error("lease lost");
    });
    await expect(reading).rejects.toThrow("lease lost");
    expect(caller.records).toMatchObject([
      {
        endpoint: "GET /employer/directory",
        status: 200,
        outcome: "ok",
        bytes: body.length,
        finchRequestId: "req-1",
      },
    ]);
  });

  it("is recorded without the time for which its data's reader held it up", async () => {
    const caller = new TestCaller();
    finch.gives({ paging: { count: 1, offset: 0 }, individuals: [{ id: "a" }] });
    const startedAt = performance.now();
    await streamDirectory(caller, token, { ...scope, offset: 0 }, async () => {
      await new Promise<void>((resolve) => setTimeout(resolve, 400));
    });
    expect(caller.records[0]?.durationMs).toBeLessThan(performance.now() - startedAt - 390);
  });
});
