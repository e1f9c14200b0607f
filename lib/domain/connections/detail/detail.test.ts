import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase, inScope } from "@/db/client";
import { markItemErrors } from "@/db/repositories/mirror-individuals";
import { createTestUser } from "@/db/seed/factories";
import { useTestDatabase } from "@/db/testing";
import type { Role } from "@/lib/auth/permissions";
import { workerContext, type CustomerContext } from "@/lib/domain/context";
import { testContext } from "@/lib/domain/testing";
import { getConnectionRecord } from "./get-connection-record";
import { itemErrorsPageSize, listItemErrors } from "./list-item-errors";
import { listRequests, requestsPageSize } from "./list-requests";
import { listSyncRuns, shownRuns } from "./list-sync-runs";
import { addRequests, createTroubledConnection, type TroubledConnection } from "./testing";

const database = useTestDatabase();
const sql = () => database().sql("superuser");

let mine: TroubledConnection;
let admin: CustomerContext;
let stranger: CustomerContext;

beforeAll(async () => {
  await configureDatabase({ url: database().urls.app });
  mine = await createTroubledConnection(sql());
  admin = testContext("employer_admin", mine.customerId);
  stranger = testContext("employer_admin", (await createTroubledConnection(sql())).customerId);
});
afterAll(closeDatabase);

const as = (role: Role) => testContext(role, mine.customerId);
const at = () => ({ connectionId: mine.connectionId });

/** Every verb of this folder. */
const verbs = {
  items: (ctx: CustomerContext) => listItemErrors(ctx, at()),
  record: (ctx: CustomerContext) => getConnectionRecord(ctx, mine.connectionId),
  requests: (ctx: CustomerContext) => listRequests(ctx, at()),
  runs: (ctx: CustomerContext) => listSyncRuns(ctx, at()),
};

describe.each(Object.entries(verbs))("%s of a connection", (_name, read) => {
  it("are there for whoever sees connections", async () => {
    for (const role of [
      "employer_admin",
      "payroll_manager",
      "hr_viewer",
      "staff_admin",
      "staff_support",
    ] as const)
      expect(await read(as(role))).toMatchObject({ now: expect.any(String) });
  });

  it("of another employer, or outside a role for one connection, do not exist", async () => {
    await expect(read(stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const limited = testContext("employer_admin", mine.customerId, { connectionIds: [crypto.randomUUID()] });
    await expect(read(limited)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("are not for a role without connections", async () => {
    const ctx = { ...admin, permissions: new Set(["individual:read" as const]) };
    await expect(read(ctx)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("hold no amount and no word of Finch's message, for whomever", async () => {
    for (const role of ["employer_admin", "hr_viewer", "staff_admin", "staff_support"] as const) {
      const text = JSON.stringify(await read(as(role)));
      expect(text).not.toMatch(/777123|7,771|secret words|is hidden/);
    }
  });
});

describe("items without data", () => {
  const labels = async (ctx: CustomerContext) =>
    Object.fromEntries(
      (await listItemErrors(ctx, at())).items.map(({ product, label, detail, individualId }) => [
        product,
        [label, detail, individualId !== null],
      ]),
    );

  it("name people with a way to them, payments by date, deductions and forms, for an administrator", async () => {
    expect(await labels(admin)).toEqual({
      individual: ["Hanna Abebe", null, true],
      employment: ["Ruth Berg", null, true],
      pay_statements: ["Payment of Nov 13, 2026", null, false],
      benefits: ["Hanna Abebe", "Retirement plan", true],
      pay_groups: ["Clinic staff", null, false],
      documents: ["Hanna Abebe", "W-4", true],
    });
  });

  it("tell an HR viewer people, and of pay, deductions and forms only that there is one", async () => {
    expect(await labels(as("hr_viewer"))).toEqual({
      individual: ["Hanna Abebe", null, true],
      employment: ["Ruth Berg", null, true],
      pay_statements: ["A payment", null, false],
      benefits: ["A deduction", null, false],
      pay_groups: ["Clinic staff", null, false],
      documents: ["A document", null, false],
    });
  });

  it.each(["staff_admin", "staff_support"] as const)("tell %s names, and lead nowhere", async (role) => {
    expect(await labels(as(role))).toEqual({
      individual: ["Hanna Abebe", null, false],
      employment: ["Ruth Berg", null, false],
      pay_statements: ["A payment", null, false],
      benefits: ["A deduction", null, false],
      pay_groups: ["A pay group", null, false],
      documents: ["A document", null, false],
    });
  });

  it("say what happened, since when, and what helps", async () => {
    const { items } = await listItemErrors(admin, at());
    expect(items[0]).toMatchObject({ product: "employment", since: "2026-11-19T09:00:00.000Z" });
    expect(items.find(({ product }) => product === "individual")).toMatchObject({
      code: "insufficient_account_permissions",
      happened: "The account that was connected may not see this person at Gusto.",
      todo: expect.stringContaining("Reconnect as an administrator"),
      since: "2026-11-18T09:00:00.000Z",
    });
  });

  it("keep since when through errors in a row, and not through an answer between them", async () => {
    const { connectionId, customerId, people } = await createTroubledConnection(sql(), mine.customerId);
    const [, , id = ""] = people;
    const worker = workerContext(customerId);
    await configureDatabase({ url: database().urls.worker });
    const at = (day: number) => new Date(Date.UTC(2027, 0, day));
    const fail = (day: number) =>
      inScope(worker, (tx) =>
        markItemErrors(
          tx,
          { customerId, connectionId, entityId: "" },
          "individual",
          [{ id, error: { code: 502 } }],
          at(day),
        ),
      );
    const since = async () => (await listItemErrors(admin, { connectionId })).items[0]?.since;
    await fail(2);
    await fail(3);
    expect(await since()).toBe(at(2).toISOString());
    await sql()`update individuals set individual_error = null where id = ${id}`;
    await fail(4);
    expect(await since()).toBe(at(4).toISOString());
    await configureDatabase({ url: database().urls.app });
  });

  it("can be asked for one step, and are counted by step", async () => {
    const { items, counts, total } = await listItemErrors(admin, { ...at(), product: "documents" });
    expect(items.map(({ product }) => product)).toEqual(["documents"]);
    expect(total).toBe(6);
    expect(counts).toHaveLength(6);
  });

  it("come in pages that hold each of them once", async () => {
    const many = await createTroubledConnection(sql(), mine.customerId);
    const count = itemErrorsPageSize * 2;
    await sql()`insert into item_errors (customer_id, connection_id, product, finch_id, code, first_seen_at, last_seen_at)
      select ${many.customerId}, ${many.connectionId}, 'pay_groups', 'g' || n, 500, '2026-11-01', now()
      from generate_series(1, ${count}::int) n`;
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await listItemErrors(admin, { connectionId: many.connectionId, after });
      seen.push(...page.items.map(({ key }) => key));
      after = page.older;
    } while (after !== null);
    expect(seen).toHaveLength(6 + count);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it("an address that makes no sense shows the newest", async () => {
    const newest = await listItemErrors(admin, at());
    const odd = await listItemErrors(admin, { ...at(), after: "2026-99-99~x", before: "now()" });
    expect(odd.items).toEqual(newest.items);
  });

  it("of a disconnected connection are hidden", async () => {
    const gone = await createTroubledConnection(sql(), mine.customerId);
    await sql()`update connections set disconnected_at = now() where id = ${gone.connectionId}`;
    const view = await listItemErrors(admin, { connectionId: gone.connectionId });
    expect(view).toMatchObject({ items: [], total: 0, counts: [] });
  });
});

describe("requests", () => {
  it("come newest first in pages, with those that failed apart", async () => {
    const { connectionId, customerId } = await createTroubledConnection(sql(), mine.customerId);
    await addRequests(sql(), { connectionId, customerId }, 40);
    const first = await listRequests(admin, { connectionId });
    expect(first).toMatchObject({ all: 40, failed: 10, newer: null, keptDays: 30 });
    expect(first.requests.map(({ requestId }) => requestId)).toEqual(
      Array.from({ length: requestsPageSize }, (_, index) => `finch-${index + 1}`),
    );
    const second = await listRequests(admin, { connectionId, after: first.older });
    expect(second.requests[0]?.requestId).toBe(`finch-${requestsPageSize + 1}`);
    const back = await listRequests(admin, { connectionId, before: second.newer });
    expect(back.requests).toEqual(first.requests);
    const failed = await listRequests(admin, { connectionId, failedOnly: true });
    expect(failed.requests).toHaveLength(10);
    expect(new Set(failed.requests.map(({ outcome }) => outcome))).toEqual(new Set(["provider_error"]));
  });

  it("an address that makes no sense shows the newest", async () => {
    const odd = listRequests(admin, { ...at(), after: "2026-11-22 10:00:00+00~not-a-uuid" });
    await expect(odd).resolves.toMatchObject({ newer: null });
  });
});

describe("the history of syncs", () => {
  it("says why, who, how many requests and how it ended; the steps of the one that is asked for", async () => {
    const user = await createTestUser(sql(), {
      customerId: mine.customerId,
      role: "employer_admin",
      name: "Marisol Vega",
    });
    await sql()`update sync_runs set requested_by = ${user.id} where id = ${mine.runId}`;
    const { runs } = await listSyncRuns(admin, { ...at(), runId: mine.runId });
    expect(runs).toMatchObject([
      { reason: "scheduled", requestedBy: "Marisol Vega", requests: 4, status: "partly_failed" },
    ]);
    expect(runs[0]?.steps.map(({ name }) => name)).toEqual(["introspect", "directory", "payments"]);
    expect((await listSyncRuns(admin, at())).runs[0]?.steps).toEqual([]);
  });

  it("shows the last of them only", async () => {
    const many = await createTroubledConnection(sql(), mine.customerId);
    await sql()`insert into sync_runs (customer_id, connection_id, reason, status, created_at)
      select ${many.customerId}, ${many.connectionId}, 'scheduled', 'succeeded', now() - n * interval '1 hour' from generate_series(1, 30) n`;
    expect((await listSyncRuns(admin, { connectionId: many.connectionId })).runs).toHaveLength(shownRuns);
  });

  it("a run of another connection opens nothing", async () => {
    const other = await createTroubledConnection(sql(), mine.customerId);
    const { runs } = await listSyncRuns(admin, { connectionId: other.connectionId, runId: mine.runId });
    expect(runs.flatMap(({ steps }) => steps)).toEqual([]);
  });
});

describe("the record", () => {
  const recordsOf = async (ctx: CustomerContext) =>
    Object.fromEntries(
      (await getConnectionRecord(ctx, mine.connectionId)).freshness.map(({ product, records }) => [
        product,
        records,
      ]),
    );

  it("counts for each role what it may know of", async () => {
    const people = { company: 0, directory: 3, individual: 3, employment: 3 };
    expect(await recordsOf(admin)).toMatchObject({
      ...people,
      payment: 1,
      pay_statement: 31,
      benefits: 1,
      documents: 0,
    });
    const none = { payment: null, pay_statement: null, benefits: null, documents: null };
    expect(await recordsOf(as("hr_viewer"))).toMatchObject({ ...people, ...none });
    expect(await recordsOf(as("staff_support"))).toMatchObject({
      directory: 3,
      company: null,
      individual: null,
      ...none,
    });
  });

  it("says since when Finch's own tries fail, from the requests that are kept", async () => {
    const { connectionId, customerId } = await createTroubledConnection(sql(), mine.customerId);
    const failing = {
      retrievedAt: "2026-11-16T07:00:00.000Z",
      lastAttemptAt: "2026-11-18T07:00:00.000Z",
      lastAttemptResult: "error",
    };
    await sql()`update connections set freshness = freshness || ${sql().json({ directory: failing })} where id = ${connectionId}`;
    const directory = async () =>
      (await getConnectionRecord(admin, connectionId)).freshness.find(
        ({ product }) => product === "directory",
      );
    expect(await directory()).toMatchObject({
      state: "failing",
      entities: [{ failingSince: failing.lastAttemptAt }],
    });
    for (const [hours, result, day] of [
      [3, "success", 16],
      [2, "error", 17],
      [1, "error", 18],
    ] as const)
      await sql()`insert into api_requests (customer_id, at, connection_id, endpoint, outcome, duration_ms, last_attempt_at, last_attempt_result)
        values (${customerId}, now() - ${hours} * interval '1 hour', ${connectionId}, 'GET /employer/directory', 'ok', 1,
          ${new Date(Date.UTC(2026, 10, day, 7))}, ${result})`;
    expect(await directory()).toMatchObject({ entities: [{ failingSince: "2026-11-17T07:00:00.000Z" }] });
  });

  it("names held payments by date for who may see pay, and who let them go", async () => {
    const { connectionId, customerId } = await createTroubledConnection(sql(), mine.customerId);
    const user = await createTestUser(sql(), { customerId, role: "employer_admin", name: "Marisol Vega" });
    await sql()`insert into sync_holds (customer_id, connection_id, product, finch_id, rows, accepted_at, accepted_by)
      values (${customerId}, ${connectionId}, 'pay_statements', 'pay-1', 31, now(), ${user.id}),
        (${customerId}, ${connectionId}, 'payments', '', 26, null, null)`;
    await sql()`insert into sync_holds (customer_id, connection_id, product, rows, resolved_at)
      values (${customerId}, ${connectionId}, 'documents', 4, now())`;
    const holds = async (ctx: CustomerContext) =>
      (await getConnectionRecord(ctx, connectionId)).holds
        .map(({ rows, label, acceptedBy }) => [rows, label, acceptedBy])
        .sort();
    expect(await holds(admin)).toEqual([
      [26, null, null],
      [31, "Payment of Nov 13, 2026", "Marisol Vega"],
    ]);
    expect(await holds(as("hr_viewer"))).toEqual([
      [26, null, null],
      [31, "A payment", "Marisol Vega"],
    ]);
  });
});
