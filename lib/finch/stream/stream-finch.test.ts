import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { tokenClient } from "../http/client";
import { Permits } from "../http/permits";
import { bodyLimits } from "../http/read-body";
import { streamDirectory, streamIndividuals } from "../people/stream";
import { streamEnrollments } from "../benefits/stream";
import { TestCaller, tokenOf, useLocalFinch, write } from "../testing";
import type { FinchDirectoryEntry } from "../types";
import { streamElements } from "./elements";

const finch = useLocalFinch();
const token = tokenOf("secret");
const person = (index: number) => ({ id: `person-${index}`, first_name: "Ada", last_name: `L${index}` });
const people = (count: number) => Array.from({ length: count }, (_, index) => person(index));
const page = (individuals: unknown, count: unknown = 1) => ({ paging: { count, offset: 0 }, individuals });

/** Reads what the local server answers as a page of the directory. */
async function readPage(onEntries?: (entries: FinchDirectoryEntry[]) => Promise<void>) {
  const caller = new TestCaller();
  const chunks: FinchDirectoryEntry[][] = [];
  const outcome = await streamDirectory(caller, token, { entityId: "", offset: 0 }, async (entries) => {
    chunks.push(entries);
    await onEntries?.(entries);
  });
  return { outcome, chunks, ids: chunks.flat().map(({ id }) => id), record: caller.records[0] };
}

/** Sends the first part of a page, then what the test says. */
function after(count: number, then: (response: ServerResponse) => void): void {
  finch.answer = (response) => {
    response.writeHead(200, { "finch-request-id": "req-1" });
    response.write(
      `{"individuals":[${people(count)
        .map((row) => JSON.stringify(row))
        .join(",")}`,
      () => then(response),
    );
  };
}

describe("a large answer", () => {
  it("comes in chunks of at most 1,000, in order, with what stands around them at the end", async () => {
    finch.gives(page(people(2_500), 2_500));
    const { outcome, chunks, ids } = await readPage();
    expect(outcome).toMatchObject({
      kind: "ok",
      data: { items: 2_500, unreadable: 0, count: 2_500, offset: 0 },
    });
    expect(chunks.map(({ length }) => length)).toEqual([1_000, 1_000, 500]);
    expect(ids).toEqual(people(2_500).map(({ id }) => id));
  });

  it("comes in smaller chunks where the items are large", async () => {
    const raw = "x".repeat(1_500_000);
    finch.gives(page(people(7).map((row) => ({ ...row, note: raw }))));
    const { chunks, ids } = await readPage();
    expect(ids).toHaveLength(7);
    expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(5);
  });

  it("is not read on before what came was taken", async () => {
    let sent = 0;
    let taken = 0;
    let furthestAhead = 0;
    let atOnce = 0;
    let mostAtOnce = 0;
    const row = JSON.stringify({ ...person(1), note: "x".repeat(10_000) });
    finch.answer = async (response) => {
      response.write('{"paging":{},"individuals":[');
      for (let index = 0; index < 6_000; index += 1) {
        if (!(await write(response, index === 0 ? row : `,${row}`))) return;
        sent += row.length;
      }
      response.end("]}");
    };
    const { outcome } = await readPage(async (entries) => {
      atOnce += 1;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
      // Time enough for the next part to come, if anybody asked for it.
      if (taken === 0) await new Promise<void>((resolve) => setTimeout(resolve, 500));
      furthestAhead = Math.max(furthestAhead, sent - taken);
      taken += entries.length * row.length;
      atOnce -= 1;
    });
    expect(outcome.kind).toBe("ok");
    expect(sent).toBeGreaterThan(60_000_000);
    expect(furthestAhead / sent).toBeLessThan(0.4);
    expect(mostAtOnce).toBe(1);
  });
});

describe("an answer that goes wrong", () => {
  it("by a broken connection is a timeout after what came", async () => {
    after(1_200, (response) => response.destroy());
    const { outcome, ids, record } = await readPage();
    expect(outcome).toMatchObject({ kind: "timeout", status: 200, requestId: "req-1" });
    expect(ids).toHaveLength(1_200);
    expect(record).toMatchObject({ outcome: "timeout", status: 200 });
    expect(record?.bytes).toBeGreaterThan(1_200 * 50);
  });

  it("by an end that comes too early is malformed after what came", async () => {
    after(1_200, (response) => response.end());
    const { outcome, ids } = await readPage();
    expect([outcome.kind, ids.length]).toEqual(["malformed", 1_200]);
  });

  it("by text that is no JSON is malformed after what came", async () => {
    after(4_000, (response) => response.end(",{oops}]}"));
    const { outcome, ids } = await readPage();
    expect(outcome.kind).toBe("malformed");
    // What stands in the same 64 KB as the fault may be lost with it.
    expect(ids.length).toBeGreaterThan(2_000);
    expect(ids).toEqual(people(ids.length).map(({ id }) => id));
  });

  it("by silence is a timeout", async () => {
    after(3, () => undefined);
    const items: unknown[] = [];
    const outcome = await streamElements(
      new TestCaller(),
      {
        endpoint: "GET /employer/directory",
        token,
        send: (options) => tokenClient(token).hris.directory.list({}, options),
        path: ["individuals"],
        frame: z.unknown(),
        readElement: ({ json }) => json,
        end: (_frame, counts) => counts,
        limits: { ...bodyLimits, stallMs: 30, permits: new Permits(1) },
      },
      async (chunk) => void items.push(...chunk),
    );
    expect([outcome.kind, items.length]).toEqual(["timeout", 3]);
  });

  it.each([
    ["is no JSON", "<html>Bad gateway</html>"],
    ["is empty", ""],
    ["is null", "null"],
    ["has no list", { paging: { count: 0, offset: 0 } }],
    ["has something else in its place", page({ id: "a" })],
    ["has a count that is no number", page([], "many")],
  ])("because it %s is malformed", async (_what, body) => {
    finch.gives(body);
    expect((await readPage()).outcome).toMatchObject({ kind: "malformed", status: 200 });
  });

  it("in one element gives the others, and says so", async () => {
    finch.gives(page([person(1), { id: 7 }, null, "x", { ...person(2), is_active: "yes" }, person(3)], 6));
    const { outcome, ids } = await readPage();
    expect(outcome).toMatchObject({ kind: "ok", data: { items: 2, unreadable: 4, count: 6 } });
    expect(ids).toEqual(["person-1", "person-3"]);
  });

  it("is a batch's item that names a person: that person has the error", async () => {
    finch.gives({
      responses: [
        { individual_id: "a", code: 200, body: { first_name: 5 } },
        { individual_id: "b", code: "200", body: {} },
        {
          individual_id: "c",
          code: 404,
          body: { code: 404, name: "not_found_error", finch_code: "x", message: "m" },
        },
        { individual_id: "d", code: 202, body: { code: 202, name: "accepted", message: "later" } },
        { individual_id: "e", code: 200, body: { first_name: "Eve" } },
        { code: 200, body: {} },
      ],
    });
    const items: unknown[] = [];
    const query = { entityId: "", individualIds: ["a"], includeSsn: false };
    const outcome = await streamIndividuals(
      new TestCaller(),
      token,
      query,
      async (chunk) => void items.push(...chunk),
    );
    expect(outcome).toMatchObject({ kind: "ok", data: { items: 5, unreadable: 1 } });
    expect(items).toMatchObject([
      { individualId: "a", kind: "error", error: { code: 200, name: "malformed" } },
      { individualId: "b", kind: "error", error: { code: 0, name: "malformed" } },
      { individualId: "c", kind: "error", error: { code: 404, name: "not_found_error", finchCode: "x" } },
      { individualId: "d", kind: "pending", error: { code: 202 } },
      { individualId: "e", kind: "ok", data: { id: "e", firstName: "Eve" } },
    ]);
  });
});

describe("a status", () => {
  it("of 202 is pending, whatever the body is like", async () => {
    finch.gives(
      { code: 202, name: "sync_in_progress", finch_code: "data_sync_in_progress", message: "m" },
      202,
    );
    expect((await readPage()).outcome).toMatchObject({ kind: "pending", finchCode: "data_sync_in_progress" });
    finch.gives(page(people(2), 2), 202);
    expect(await readPage()).toMatchObject({ outcome: { kind: "pending" }, ids: [] });
    finch.gives("<html>", 202);
    expect((await readPage()).outcome.kind).toBe("pending");
  });

  it("of 207 is an answer", async () => {
    finch.gives(
      [
        { individual_id: "a", code: 200, body: { employee_deduction: { type: "fixed", amount: 5 } } },
        {
          individual_id: "b",
          code: 404,
          body: { code: 404, name: "bad_request", finch_code: "enrollment_not_found" },
        },
      ],
      207,
    );
    const items: unknown[] = [];
    const query = { entityId: "", benefitId: "b1" };
    const outcome = await streamEnrollments(new TestCaller(), token, query, async (chunk) => {
      items.push(...chunk);
    });
    expect(outcome).toMatchObject({ kind: "ok", status: 207, data: { items: 2, unreadable: 0 } });
    expect(items).toMatchObject([
      { kind: "ok", data: { employeeDeduction: { type: "fixed", amount: 5 } } },
      { kind: "error", error: { finchCode: "enrollment_not_found" } },
    ]);
  });

  it("of 204 is malformed", async () => {
    finch.answer = (response) => void response.writeHead(204).end();
    expect((await readPage()).outcome).toMatchObject({ kind: "malformed", status: 204 });
  });
});
