import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { introspect } from "./connection/account";
import { streamDirectory, streamIndividuals } from "./people/stream";
import { TestCaller, tokenOf, useLocalFinch, write } from "./testing";

const finch = useLocalFinch();
const token = tokenOf("t");
const scope = { entityId: "" };
const mebibyte = " ".repeat(1024 * 1024);
const json = { "content-type": "application/json" };

/** Sends until the reader is gone, 200 MB at most. @returns the megabytes that were taken */
function endless(status: number, headers: Record<string, string> = {}) {
  const taken = { megabytes: 0 };
  finch.answer = async (response) => {
    response.writeHead(status, { ...json, ...headers });
    while (taken.megabytes < 200 && (await write(response, mebibyte))) taken.megabytes += 1;
    response.end();
  };
  return taken;
}

const nested = (levels: number) => `${'{"a":['.repeat(levels)}1${"]}".repeat(levels)}`;

describe("an answer without an end", () => {
  it("is malformed where it would be read as a whole, and is not read on", async () => {
    const taken = endless(200);
    expect(await introspect(new TestCaller(), token)).toMatchObject({ kind: "malformed", status: 200 });
    expect(taken.megabytes).toBeLessThan(100);
  });

  it("is what its status says where it is an error", async () => {
    const taken = endless(500, { "finch-request-id": "req-1" });
    const outcome = await introspect(new TestCaller(), token);
    expect(outcome).toMatchObject({ kind: "finch_error", status: 500, requestId: "req-1" });
    expect(taken.megabytes).toBeLessThan(20);
  });

  it("is malformed where it was small on its way", async () => {
    const bomb = gzipSync(`"${mebibyte.repeat(100)}"`);
    finch.answer = (response) =>
      void response.writeHead(200, { ...json, "content-encoding": "gzip" }).end(bomb);
    expect(bomb.byteLength).toBeLessThan(1024 * 1024);
    const caller = new TestCaller();
    expect(await introspect(caller, token)).toMatchObject({ kind: "malformed" });
    expect(caller.records[0]?.bytes).toBeLessThan(70 * 1024 * 1024);
  });
});

describe("an answer of a strange form", () => {
  it("is malformed where it is nested without an end", async () => {
    finch.gives(nested(50_000));
    expect(await introspect(new TestCaller(), token)).toMatchObject({ kind: "malformed" });
    finch.gives(
      `{"paging":{"count":1,"offset":0},"individuals":[{"id":"a","department":${nested(50_000)}}]}`,
    );
    const outcome = await streamDirectory(
      new TestCaller(),
      token,
      { ...scope, offset: 0 },
      async () => undefined,
    );
    expect(outcome).toMatchObject({ kind: "malformed" });
  });

  it("keeps the beginning of an endless request id", async () => {
    finch.answer = (response) =>
      void response
        .writeHead(500, {
          ...json,
          "finch-request-id": "r".repeat(9_000),
          "finch-last-attempted-update-result": "e".repeat(5_000),
        })
        .end("{}");
    const { requestId, age } = await introspect(new TestCaller(), token);
    expect([requestId?.length, age.lastAttemptResult?.length]).toEqual([100, 100]);
  });

  it("is one person's error where it is about somebody else", async () => {
    const item = (id: string, body: object) => ({ individual_id: id, code: 200, body });
    finch.gives({
      responses: [item("a", { id: "b", ssn: "078-05-1120" }), item("b", { id: "b" }), item("c", {})],
    });
    const items: unknown[] = [];
    const query = { ...scope, individualIds: ["a", "b", "c"], includeSsn: true };
    await streamIndividuals(new TestCaller(), token, query, async (chunk) => void items.push(...chunk));
    expect(items).toMatchObject([
      { individualId: "a", kind: "error", error: { name: "malformed" } },
      { individualId: "b", kind: "ok" },
      { individualId: "c", kind: "ok" },
    ]);
  });
});
