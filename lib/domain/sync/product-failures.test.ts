import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { inScope } from "@/db/client";
import { findConnection } from "@/db/repositories/connections";
import { listRuns } from "@/db/repositories/sync-runs";
import { connectionStatus } from "@/lib/domain/connections/status";
import { toStatusFacts } from "@/lib/domain/connections/status-facts";
import { everyProduct, useSyncWorld, type TestConnection } from "./testing";

const world = useSyncWorld();
afterEach(() => world.finch("DELETE", "/_sandbox/faults"));

/** The first request of each step about pay, deductions and forms. */
const operations = {
  pay_groups: "GET /employer/pay-groups",
  payments: "GET /employer/payment",
  pay_statements: "POST /employer/pay-statement",
  pay_statement_items: "GET /employer/pay-statement-item",
  pay_statement_rules: "GET /employer/pay-statement-item/rule",
  benefits: "GET /employer/benefits",
  documents: "GET /employer/documents",
};
type Name = keyof typeof operations;
const names = Object.keys(operations) as Name[];

const stepsOf = (runId: string) =>
  world.rows<{ name: string; status: string; outcome: string; message: string; requests: number }>(
    "select name, status, outcome, message, requests from sync_steps where run_id = $1 order by ordinal",
    [runId],
  );
const runOf = (runId: string) =>
  world.row("select status, failure_code from sync_runs where id = $1", [runId]);

async function statusOf({ ctx, customerId, connectionId }: TestConnection) {
  return inScope(ctx, async (tx) => {
    const row = await findConnection(tx, customerId, connectionId);
    const [latest] = await listRuns(tx, customerId, connectionId, 1);
    if (!row) throw new Error("no such connection");
    const { status, remedy } = connectionStatus(toStatusFacts(row, latest ?? null), new Date());
    return [status, remedy?.action];
  });
}

/** One connection for all: what goes wrong with one sync is over with the next. */
let connection: TestConnection;
beforeAll(async () => {
  connection = await world.connect({
    ...{ provider: "adp_run", products: everyProduct, employees: 4, payments: 2 },
  });
  const { individuals } = await world.finch<{ individuals: { id: string }[] }>(
    "GET",
    "/employer/directory?limit=1",
    undefined,
    connection.accessToken,
  );
  const form = { type: "w4_form_employee_sync", params: { individual_id: individuals[0]?.id } };
  await world.finch("POST", "/jobs/automated", form, connection.accessToken);
  await world.finch("POST", "/_sandbox/jobs/complete", {});
  await world.sync(connection);
});

const mirrored = ({ connectionId }: TestConnection) =>
  world.row(
    `select ${["pay_groups", "payments", "pay_statements", "benefits", "enrollments", "documents"]
      .map(
        (table) =>
          `(select count(*)::int from ${table} where connection_id = $1 and deleted_at is null) as ${table}`,
      )
      .join(", ")}, (select count(*)::int from pay_statement_items where connection_id = $1) as items`,
    [connectionId],
  );

/** A sync in which the first request of each step meets a fault; what was mirrored must outlive it. */
async function syncWith(fault: Record<string, unknown>) {
  const before = await mirrored(connection);
  for (const operation of Object.values(operations)) await world.fault({ operation, ...fault });
  const runId = await world.sync(connection, "scheduled");
  const steps = (await stepsOf(runId)).filter(({ name }) => names.some((known) => known === name));
  expect(await mirrored(connection)).toEqual(before);
  return { runId, steps };
}

describe("of every step about pay, deductions and forms", () => {
  it.each([
    [{ kind: "status", status: 403 }, "insufficient_permissions", "missing_permission", "reconnect"],
    [{ kind: "status", status: 403, finch_code: "insufficient_scope" }, "insufficient_permissions"],
    [{ kind: "status", status: 402 }, "payment_required", "failing", "sync"],
    [{ kind: "status", status: 404 }, "not_found", "failing", "sync"],
    [{ kind: "status", status: 422 }, "unprocessable", "failing", "sync"],
    [{ kind: "malformed" }, "malformed", "failing", "sync"],
  ] as const)("%o fails it once, keeps what was there, and stops nothing else", async (...row) => {
    const [fault, outcome, status = "missing_permission", action = "reconnect"] = row;
    const { runId, steps } = await syncWith(fault);
    expect(steps).toMatchObject(names.map((name) => ({ name, status: "failed", outcome, requests: 1 })));
    expect(await runOf(runId)).toEqual({ status: "partly_failed", failure_code: outcome });
    expect(await statusOf(connection)).toEqual([status, action]);
  });

  it.each([
    [{ kind: "status", status: 429 }, { requests: 2 }],
    [{ kind: "status", status: 408 }, { requests: 2 }],
    [{ kind: "status", status: 500 }, { requests: 2 }],
    [{ kind: "status", status: 502 }, { requests: 2 }],
    [{ kind: "reset" }, { requests: 2 }],
    [{ kind: "pending" }, { requests: 2 }],
    [{ kind: "latency", ms: 20 }, { requests: 1 }],
    [{ kind: "unknown_keys" }, { requests: 1 }],
    [{ kind: "unknown_enums" }, { requests: 1 }],
  ])("%o passes by itself", async (fault, expected) => {
    const { runId, steps } = await syncWith(fault);
    expect(await runOf(runId)).toEqual({ status: "succeeded", failure_code: null });
    expect(steps.map(({ name, status }) => `${name} ${status}`)).toEqual(
      names.map((name) => `${name} succeeded`),
    );
    // What steps read one by one after their first request is asked for once.
    for (const step of steps.filter(({ name }) => !["pay_groups", "benefits", "documents"].includes(name)))
      expect(step.requests, step.name).toBe(expected.requests);
    expect(await statusOf(connection)).toEqual(["healthy", undefined]);
  });

  it("a cut-off answer takes nothing away", async () => {
    await syncWith({ kind: "truncated" });
    await world.sync(connection, "scheduled");
    expect(await statusOf(connection)).toEqual(["healthy", undefined]);
  });
});

describe("a provider that no longer lets anybody in", () => {
  const products: Record<Name, string[]> = {
    pay_groups: ["payment"],
    payments: ["payment"],
    pay_statements: ["payment", "pay_statement"],
    pay_statement_items: ["pay_statement"],
    pay_statement_rules: ["pay_statement"],
    benefits: ["benefits"],
    documents: ["documents"],
  };

  it.each(names)("is met in %s: the run stops there and asks for a reconnect", async (name) => {
    const lost = await world.connect({ products: products[name], employees: 2, payments: 1 });
    await world.fault({ operation: operations[name], kind: "status", status: 401 });
    const runId = await world.sync(lost);
    const steps = await stepsOf(runId);
    const at = steps.findIndex((step) => step.name === name);
    expect(steps[at]).toMatchObject({ status: "failed", outcome: "reauthenticate", requests: 1 });
    const after = steps.slice(at + 1).map((step) => step.outcome);
    expect(after.filter((outcome) => outcome !== "not_reached")).toEqual([]);
    expect(await runOf(runId)).toEqual({ status: "failed", failure_code: "reauthenticate_user" });
    expect(await statusOf(lost)).toEqual(["action_needed", "reconnect"]);
  });
});
