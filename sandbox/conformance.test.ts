import { describe, expect, it } from "vitest";
import { defaultClient } from "@/sandbox/server";
import { operations } from "@/sandbox/operations";
import { handlers } from "@/sandbox/routes";
import { FinchSchema, findOpenApi } from "@/sandbox/testing/finch-schema";
import { allProducts, createTestConnection, startTestSandbox } from "@/sandbox/testing/harness";

const file = findOpenApi();
if (file === null) console.warn("Skipped: Finch's openapi.json is not here; name it in FINCH_OPENAPI.");

const sandbox = await startTestSandbox({ initialSyncMs: 0 });
const { clock, store } = sandbox.sandbox.world;
const basic = `Basic ${btoa(`${defaultClient.id}:${defaultClient.secret}`)}`;
const unknown = "11111111-1111-4111-8111-111111111111";
const sync = { type: "data_sync_all" };

interface Step {
  operation: string;
  status: number;
  path?: string;
  body?: unknown;
  authorization?: string;
}

/** One request; the answer must have the status and be what Finch's document says about it. */
async function walk(schema: FinchSchema, token: string, step: Step): Promise<unknown> {
  const operation = operations.find((row) => row.id === step.operation);
  if (!operation) throw new Error(`no operation ${step.operation}`);
  const authorization = step.authorization ?? (operation.auth === "basic" ? basic : `Bearer ${token}`);
  const response = await fetch(`${sandbox.url}${step.path ?? operation.path}`, {
    method: operation.method,
    headers: { Authorization: authorization, "Content-Type": "application/json" },
    ...(step.body === undefined ? {} : { body: JSON.stringify(step.body) }),
  });
  const body: unknown = await response.json();
  expect([step.operation, response.status, JSON.stringify(body).slice(0, 300)]).toEqual([
    step.operation,
    step.status,
    expect.anything(),
  ]);
  expect(response.headers.get("finch-request-id")).not.toBeNull();
  const problems = schema.problems(operation.method, operation.path, response.status, body);
  if (problems === null) {
    const number =
      response.status === 429 && step.operation.includes("/jobs") ? {} : { code: response.status };
    expect(body).toMatchObject({ ...number, message: expect.any(String) });
  }
  expect(problems ?? []).toEqual([]);
  return body;
}

describe.skipIf(file === null)("every answer is what Finch's OpenAPI document says", () => {
  const schema = () => new FinchSchema(file ?? "");
  const newCustomer = { customer_id: "conformance", customer_name: "Acme Inc.", products: ["company"] };

  it.each(["gusto", "bamboo_hr", "adp_total_source"])("for a connection with %s", async (provider_id) => {
    const finch = schema();
    const { client, token, created } = await createTestConnection(sandbox, {
      provider_id,
      products: [...allProducts, "benefits", "documents"],
    });
    await client.sandbox.connections.accounts.update({ connection_status: "connected" });
    const { individuals } = await client.hris.directory.list();
    const requests = [...individuals.map(({ id }) => ({ individual_id: id })), { individual_id: unknown }];
    const id = individuals[2]?.id ?? "";
    const go = (step: Step) => walk(finch, token, step);
    await go({ operation: "GET /introspect", status: 200 });
    await go({ operation: "GET /employer/company", status: 200 });
    await go({ operation: "GET /employer/directory", status: 200 });
    await go({ operation: "GET /employer/directory", status: 422, path: "/employer/directory?limit=10001" });
    await go({ operation: "GET /employer/directory", status: 400, path: "/employer/directory?limit=x" });
    const options = { include: ["ssn"] };
    await go({ operation: "POST /employer/individual", status: 200, body: { requests, options } });
    await go({ operation: "POST /employer/employment", status: 200, body: { requests } });
    const many = { requests: Array.from({ length: 10_001 }, () => ({ individual_id: unknown })) };
    await go({ operation: "POST /employer/individual", status: 422, body: many });
    await go({ operation: "POST /employer/employment", status: 422, body: many });
    await go({
      operation: "PUT /sandbox/individual/{individual_id}",
      status: 200,
      path: `/sandbox/individual/${id}`,
      body: { dob: "dob" },
    });
    await go({
      operation: "PUT /sandbox/employment/{individual_id}",
      status: 200,
      path: `/sandbox/employment/${id}`,
      body: { title: "X" },
    });
    await go({ operation: "POST /sandbox/directory", status: 200, body: [{ first_name: "New" }, {}] });
    if (provider_id !== "adp_total_source")
      await go({ operation: "POST /sandbox/jobs", status: 200, body: sync });
    await go({ operation: "GET /sandbox/jobs/configuration", status: 200 });
    const account = { company_id: created.company_id, provider_id };
    await go({ operation: "POST /sandbox/connections/accounts", status: 200, body: account });
    await go({ operation: "PUT /sandbox/connections/accounts", status: 200, body: {} });
    await go({ operation: "GET /jobs/automated", status: 200 });
    const statuses = {
      pending: 202,
      processing: 202,
      reauth: 401,
      error_no_account_setup: 401,
      error_permissions: 403,
    };
    for (const [connection_status, status] of Object.entries(statuses)) {
      await go({ operation: "PUT /sandbox/connections/accounts", status: 200, body: { connection_status } });
      await go({ operation: "GET /employer/company", status });
      await go({ operation: "POST /employer/employment", status, body: { requests } });
      await go({ operation: "GET /introspect", status: 200 });
    }
    await go({ operation: "POST /disconnect", status: 200 });
    await go({ operation: "GET /introspect", status: 401 });
  });

  it("for sessions, tokens, providers and jobs, good and bad", async () => {
    const finch = schema();
    const { token, created } = await createTestConnection(sandbox);
    const go = (step: Step) => walk(finch, token, step);
    await go({ operation: "POST /connect/sessions", status: 201, body: newCustomer });
    await go({ operation: "POST /connect/sessions", status: 400, body: {} });
    await go({
      operation: "POST /connect/sessions",
      status: 401,
      body: newCustomer,
      authorization: "Basic eDp5",
    });
    const connection_id = created.connection_id;
    await go({ operation: "POST /connect/sessions/reauthenticate", status: 201, body: { connection_id } });
    await go({
      operation: "POST /connect/sessions/reauthenticate",
      status: 400,
      body: { connection_id: "x" },
    });
    await go({
      operation: "POST /connect/sessions/reauthenticate",
      status: 401,
      body: { connection_id },
      authorization: "",
    });
    await go({ operation: "POST /sandbox/connections", status: 200, body: { provider_id: "gusto" } });
    await go({ operation: "POST /sandbox/connections", status: 400, body: { provider_id: "nobody" } });
    await go({ operation: "GET /providers", status: 200 });
    const code = { code: "nope", client_id: defaultClient.id, client_secret: defaultClient.secret };
    await go({ operation: "POST /auth/token", status: 400, body: code });
    await go({ operation: "GET /introspect", status: 200 });
    const { job_id } = (await go({ operation: "POST /jobs/automated", status: 201, body: sync })) as {
      job_id: string;
    };
    await go({ operation: "GET /jobs/automated/{job_id}", status: 200, path: `/jobs/automated/${job_id}` });
    await go({ operation: "POST /jobs/automated", status: 429, body: sync });
    await go({ operation: "POST /jobs/automated", status: 400, body: { type: "nothing" } });
    await go({ operation: "POST /jobs/automated", status: 401, body: sync, authorization: "" });
    await go({ operation: "GET /jobs/automated/{job_id}", status: 404, path: `/jobs/automated/${unknown}` });
    await go({ operation: "PUT /sandbox/company", status: 400, body: {} });
    clock.adjust({ advanceMs: 3_600_000 });
    store.connections.set(connection_id, { ...store.connections.get(connection_id)!, lastSyncedAt: null });
    await go({ operation: "GET /employer/directory", status: 202 });
  });
});

describe("operations", () => {
  it("are Finch's 55, and each handler belongs to one", () => {
    expect(operations).toHaveLength(55);
    const ids = operations.map((operation) => operation.id);
    expect(Object.keys(handlers).filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("that are not built yet answer 501 in Finch's shape, behind authentication", async () => {
    const products = [
      "payment",
      "pay_statement",
      "benefits",
      "documents",
      "plans",
      "plans_enrollments",
      "plans_dependents",
    ];
    const { token } = await createTestConnection(sandbox, { products });
    const missing = operations.filter((operation) => !handlers[operation.id]);
    expect(missing.length).toBeGreaterThan(0);
    for (const { method, path } of missing) {
      const url = sandbox.url + path.replace(/\{\w+\}/, unknown);
      const answer = await fetch(url, { method, headers: { Authorization: `Bearer ${token}` } });
      expect([path, answer.status, (await answer.json()).name]).toEqual([path, 501, "not_implemented_error"]);
      expect((await fetch(url, { method })).status).toBe(401);
    }
  });

  it("of paths that Finch does not have are 404, and bodies that are no JSON 400", async () => {
    const { token } = await createTestConnection(sandbox);
    expect((await fetch(`${sandbox.url}/employer/nothing`)).status).toBe(404);
    const headers = { Authorization: `Bearer ${token}` };
    const broken = await fetch(`${sandbox.url}/employer/individual`, { method: "POST", headers, body: "{" });
    expect([broken.status, (await broken.json()).finch_code]).toEqual([400, "invalid_request"]);
  });
});
