import { describe, expect, it } from "vitest";
import { listJobs } from "./connection/jobs";
import { streamPayments } from "./payroll/payments";
import { streamEmployments, streamIndividuals } from "./people/stream";
import { TestCaller, tokenOf, useLocalFinch } from "./testing";
import { scrub, toStorable } from "./scrub";

const finch = useLocalFinch();
const token = tokenOf("secret");
const query = { entityId: "", individualIds: ["a"] };

const item = (body: unknown, code = 200) => ({ responses: [{ individual_id: "a", code, body }] });

async function readEmployment(body: unknown, code = 200) {
  finch.gives(item(body, code));
  const items: unknown[] = [];
  await streamEmployments(new TestCaller(), token, query, async (chunk) => void items.push(...chunk));
  return items[0];
}

describe("what PostgreSQL cannot hold", () => {
  it("of a text becomes a replacement character, in keys, custom fields and secrets too", () => {
    expect(toStorable("a\0b\ud83d c\ude00 \ud83d\ude00")).toBe("a\ufffdb\ufffd c\ufffd \ud83d\ude00");
    const { json, secrets } = scrub({ "k\0": "v\0", custom_fields: [{ name: "n\0" }], ssn: "1\0" });
    expect(json).toEqual({ "k\ufffd": "v\ufffd", custom_fields: [{ name: "n\ufffd" }], ssn: "[sealed]" });
    expect(secrets.get("ssn")?.reveal()).toBe("1\ufffd");
  });

  it("of an error is no part of its code and message, where they are cut off too", async () => {
    const message = `${"x".repeat(299)}\ud83d\ude00`;
    expect(await readEmployment({ name: "n\0", finch_code: `c\ud83d`, message }, 404)).toMatchObject({
      error: { code: 404, name: "n\ufffd", finchCode: "c\ufffd", message: `${"x".repeat(299)}\ufffd` },
    });
  });

  it.each([1e20, -1e300])("of an amount (%s) is that item's error", async (amount) => {
    expect(await readEmployment({ income: { unit: "yearly", amount, currency: "usd" } })).toMatchObject({
      kind: "error",
      error: { name: "malformed" },
    });
  });

  it("of a payment's amount makes the list an incomplete one", async () => {
    const payment = (id: string, amount: number) => ({ id, gross_pay: { amount, currency: "usd" } });
    finch.gives([payment("p1", 100), payment("p2", 1e20)]);
    const ids: string[] = [];
    const dates = { entityId: "", startDate: "2026-01-01", endDate: "2026-12-31" };
    const outcome = await streamPayments(new TestCaller(), token, dates, async (payments) => {
      ids.push(...payments.map(({ id }) => id));
    });
    expect([ids, outcome]).toMatchObject([["p1"], { kind: "ok", data: { items: 1, unreadable: 1 } }]);
  });

  it.each(["0000-01-01", "0000-12-31T00:00:00Z"])("of a date (%s) is none", async (dob) => {
    finch.gives(item({ dob }));
    const items: unknown[] = [];
    await streamIndividuals(new TestCaller(), token, { ...query, includeSsn: false }, async (chunk) => {
      items.push(...chunk);
    });
    expect(items).toMatchObject([{ kind: "ok", data: { dob: null } }]);
  });

  it("of an instant is none", async () => {
    const times = {
      created_at: "soon",
      scheduled_at: "0000-01-01T00:00:00Z",
      started_at: "2026-03-01T05:00:00+02:00",
      completed_at: "+100000-01-01T00:00:00Z",
    };
    finch.gives({
      data: [{ job_id: "j", type: "data_sync_all", status: "pending", ...times, params: null }],
    });
    expect(await listJobs(new TestCaller(), token)).toMatchObject({
      data: {
        jobs: [
          { createdAt: null, scheduledAt: null, startedAt: "2026-03-01T03:00:00.000Z", completedAt: null },
        ],
      },
    });
  });
});
