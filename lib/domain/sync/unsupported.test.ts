import { describe, expect, it } from "vitest";
import { inScope } from "@/db/client";
import { findConnection } from "@/db/repositories/connections";
import { connectionStatus } from "@/lib/domain/connections/status";
import { toStatusFacts } from "@/lib/domain/connections/status-facts";
import { canReadBenefits } from "./steps/can-read-benefits";
import { everyProduct, useSyncWorld, type TestConnection } from "./testing";
import { readUnsupported, supportFingerprint } from "./unsupported";

const world = useSyncWorld();

const stepsOf = (runId: string) =>
  world.rows<Record<string, unknown>>(
    "select name, status, outcome, message, requests from sync_steps where run_id = $1 and outcome <> 'ok' order by ordinal",
    [runId],
  );
const unsupportedOf = async (connection: TestConnection) =>
  Object.keys(readUnsupported((await world.connectionRow(connection))["unsupported"])).sort();
const listProvider = (id: string, products: string[]) =>
  world.rows(
    `insert into providers (id, display_name, products, fetched_at) values ($1, $1, string_to_array($2, ','), now())
     on conflict (id) do update set products = excluded.products`,
    [id, products.join(",")],
  );

describe("what a provider does not offer", () => {
  it("is asked for once, said, and no reason for trouble", async () => {
    // Personio has people and no payroll.
    const connection = await world.connect({ provider: "personio", products: everyProduct, employees: 3 });
    const first = await world.sync(connection);
    const lacking = {
      ...{ status: "skipped", outcome: "not_implemented" },
      message: "Gusto does not offer this.",
    };
    const asked = ["pay_groups", "payments", "pay_statement_items", "benefits", "documents"];
    expect(await stepsOf(first)).toEqual(asked.map((name) => ({ name, ...lacking, requests: 1 })));
    expect(await unsupportedOf(connection)).toEqual([...asked].sort());

    const before = await world.lastRequest();
    const second = await world.sync(connection, "scheduled");
    expect(await stepsOf(second)).toEqual(asked.map((name) => ({ name, ...lacking, requests: 0 })));
    expect(Object.keys(await world.requestsSince(before, connection)).sort()).toEqual([
      "GET /employer/company",
      "GET /employer/directory",
      "GET /employer/pay-statement-item/rule",
      "GET /introspect",
      "GET /jobs/automated",
      "POST /employer/employment",
      "POST /employer/individual",
    ]);
    const plans = "select sum(planned_requests)::int as n from sync_steps where run_id = $1";
    expect(await world.row(plans, [second])).toEqual({ n: 7 });
    const { ctx, customerId, connectionId } = connection;
    const row = await inScope(ctx, (tx) => findConnection(tx, customerId, connectionId));
    if (!row) throw new Error("no such connection");
    expect(connectionStatus(toStatusFacts(row, null), new Date()).status).toBe("healthy");
  });

  it("is asked for again when Finch lists the provider with something else, and then forgotten", async () => {
    await listProvider("gusto", ["company", "directory"]);
    const connection = await world.connect({ products: ["directory", "payment"], payments: 2, employees: 3 });
    await world.fault({ operation: "GET /employer/payment", kind: "status", status: 501 });
    await world.sync(connection);
    expect(await unsupportedOf(connection)).toEqual(["payments"]);
    expect(await stepsOf(await world.sync(connection, "scheduled"))).toMatchObject([
      { name: "payments", requests: 0 },
    ]);
    await listProvider("gusto", ["company", "directory", "payment"]);
    const runId = await world.sync(connection, "scheduled");
    expect(await stepsOf(runId)).toEqual([]);
    expect(await unsupportedOf(connection)).toEqual([]);
    const rows = "select 1 from payments where connection_id = $1";
    expect(await world.rows(rows, [connection.connectionId])).toHaveLength(2);
  });

  it("of the details alone leaves the list", async () => {
    const connection = await world.connect({ products: ["payment"] });
    const detail = "GET /employer/pay-groups/{pay_group_id}";
    await world.fault({ operation: detail, kind: "status", status: 501 });
    const before = await world.lastRequest();
    await world.sync(connection);
    await world.sync(connection, "scheduled");
    expect(await unsupportedOf(connection)).toEqual(["pay_groups.members"]);
    const counts = await world.requestsSince(before, connection);
    expect([counts[detail], counts["GET /employer/pay-groups"]]).toEqual([1, 2]);
    const groups = "select individual_ids from pay_groups where connection_id = $1 and deleted_at is null";
    const rows = await world.rows(groups, [connection.connectionId]);
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.every((row) => row["individual_ids"] === null)).toBe(true);
  });
});

describe("the fingerprint of what is supported", () => {
  const provider = { products: ["company", "payment"], authenticationMethods: [{ type: "oauth" }] };
  const used = [{ type: "credential", status: "connected" }];

  it("changes with the provider's products, its methods and the way of signing in, and with nothing else", () => {
    const print = supportFingerprint(provider, used);
    expect(supportFingerprint({ ...provider, products: ["payment", "company"] }, used)).toBe(print);
    expect(supportFingerprint(provider, [{ type: "credential", status: "reauth" }])).toBe(print);
    const others = [
      supportFingerprint({ ...provider, products: ["company"] }, used),
      supportFingerprint({ ...provider, authenticationMethods: [] }, used),
      supportFingerprint(provider, [{ type: "assisted" }]),
      supportFingerprint(null, used),
    ];
    expect(new Set([print, ...others]).size).toBe(5);
  });
});

describe("whether deductions can be read", () => {
  const connection = { syncKind: "automated", authenticationMethods: [{ type: "credential" }] };
  const listed = (read: string) => ({
    authenticationMethods: [
      { type: "assisted", benefits_support: {} },
      {
        type: "credential",
        benefits_support: { "401k": { supported_operations: { company_benefits: { read } } }, fsa: null },
      },
    ],
  });

  it("is no where Finch's people do it, or where Finch says so of every kind", () => {
    expect(canReadBenefits({ ...connection, syncKind: "assisted" }, listed("supported"))).toBe(false);
    expect(canReadBenefits(connection, listed("not_supported_by_finch"))).toBe(false);
  });

  it("is yes where one kind can be, and where nobody says", () => {
    expect(canReadBenefits(connection, listed("supported"))).toBe(true);
    expect(canReadBenefits(connection, null)).toBe(true);
    expect(canReadBenefits(connection, { authenticationMethods: "odd" })).toBe(true);
  });
});
