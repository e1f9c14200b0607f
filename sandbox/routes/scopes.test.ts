import { describe, expect, it } from "vitest";
import { operations, type Operation } from "@/sandbox/operations";
import { createConnectedCompany } from "@/sandbox/testing/connections";
import { createTestConnection, startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox();
const unknownId = "11111111-1111-4111-8111-111111111111";

const everything = [
  "company",
  "directory",
  "individual",
  "ssn",
  "employment",
  "payment",
  "pay_statement",
  "benefits",
  "documents",
  "plans",
  "plans_enrollments",
  "plans_dependents",
];

async function send(operation: Operation, authorization: string | null, search = "") {
  const path = operation.path.replaceAll(/\{\w+\}/g, unknownId);
  const response = await fetch(`${sandbox.url}${path}${search}`, {
    method: operation.method,
    headers: authorization === null ? {} : { Authorization: authorization },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const named = (rows: readonly Operation[]) => rows.map((row) => [row.id, row] as const);
const bearers = operations.filter((row) => row.auth === "bearer");
const scoped = operations.filter((row) => row.product !== null);
const employer = operations.filter((row) => row.path.startsWith("/employer/"));

describe("authentication", () => {
  it.each(named(bearers))("of %s is a token", async (_id, operation) => {
    expect(await send(operation, null)).toMatchObject({
      status: 401,
      body: { code: 401, name: "unauthorized_request_error" },
    });
    expect(await send(operation, "Bearer nobody")).toMatchObject({
      status: 401,
      body: { code: 401, name: "invalid_token_error" },
    });
  });

  it("is the client's for sessions and new sandbox connections, and none for tokens and providers", async () => {
    const others = operations.filter((row) => row.auth !== "bearer");
    const kinds = others.map((row) => [row.id, row.auth]);
    expect(kinds).toEqual([
      ["POST /auth/token", "none"],
      ["GET /providers", "optional"],
      ["POST /connect/sessions", "basic"],
      ["POST /connect/sessions/reauthenticate", "basic"],
      ["POST /sandbox/connections", "basic"],
      ["POST /sandbox/connections/accounts", "basic"],
    ]);
    const { token } = await createTestConnection(sandbox);
    for (const operation of others.filter((row) => row.auth === "basic")) {
      for (const authorization of [null, `Bearer ${token}`, `Basic ${btoa("somebody:else")}`])
        expect(await send(operation, authorization)).toMatchObject({
          status: 401,
          body: { code: 401, finch_code: "invalid_client" },
        });
    }
  });
});

describe("the products of a token", () => {
  it("are needed by all operations on an employer's data, and by no other", () => {
    expect(scoped).toEqual(employer);
  });

  it.each(named(scoped))("decide on %s", async (_id, operation) => {
    const { product } = operation;
    const others = everything.filter((known) => known !== product);
    const { token } = await createTestConnection(sandbox, { provider_id: "adp_run", products: others });
    const refused = await send(operation, `Bearer ${token}`);
    expect(refused).toMatchObject({ status: 403, body: { code: 403, name: "insufficient_scope_error" } });
    const { token: rich } = await createTestConnection(sandbox, {
      provider_id: "adp_run",
      products: [String(product)],
    });
    expect((await send(operation, `Bearer ${rich}`)).status).not.toBe(403);
  });

  it("call deductions by two names", async () => {
    const { token } = await createTestConnection(sandbox, {
      provider_id: "adp_run",
      products: ["deduction"],
    });
    for (const operation of scoped) {
      const { status } = await send(operation, `Bearer ${token}`);
      expect([operation.id, status === 403]).toEqual([operation.id, operation.product !== "benefits"]);
    }
  });
});

describe("entity_ids", () => {
  const entities = [
    { name: "One", people: 2 },
    { name: "Two", people: 2 },
  ];
  const { token, entityIds } = createConnectedCompany(sandbox, {
    providerId: "adp_run",
    products: everything,
    entities,
  });
  const [one = "", two = ""] = entityIds;
  const ask = (operation: Operation, search: string) => send(operation, `Bearer ${token}`, search);

  it.each(named(employer))("are taken in three spellings by %s", async (_id, operation) => {
    for (const name of ["entity_ids", "entity_ids[]", "entity_ids%5B%5D"]) {
      const known = await ask(operation, `?${name}=${two}`);
      expect([name, known.body["message"]]).not.toEqual([name, expect.stringContaining("entity")]);
      const unknown = await ask(operation, `?${name}=${unknownId}`);
      expect(unknown).toMatchObject({ status: 404, body: { code: 404, finch_code: "item_not_found" } });
      expect(unknown.body["message"]).toContain(unknownId);
    }
    for (const bad of [`${one},${two}`, `${one}&entity_ids=${two}`, "first", ""]) {
      const refused = await ask(operation, `?entity_ids=${bad}`);
      expect(refused).toMatchObject({ status: 400, body: { code: 400, finch_code: "invalid_request" } });
      expect(refused.body["message"]).toContain("entity_ids");
    }
  });
});
