import type Finch from "@tryfinch/finch-api";
import { describe, expect, it, vi } from "vitest";
import { createTestConnection, failureOf, startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox();

const { client, token } = await createTestConnection(sandbox, {
  provider_id: "personio",
  authentication_type: "api_token",
});

const forward = (request: Partial<Finch.RequestForwardingForwardParams>) =>
  client.requestForwarding.forward({ method: "GET", route: "/company", ...request });

const parsed = (answer: Finch.RequestForwardingForwardResponse) =>
  JSON.parse(answer.data ?? "null") as Record<string, unknown>;

async function post(body: unknown): Promise<Record<string, unknown>> {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify(body) };
  return (await (await fetch(`${sandbox.url}/forward`, init)).json()) as Record<string, unknown>;
}

/** A person as Finch tells of them, with the provider's own number. */
async function somebody(status: string) {
  const ids = (await client.hris.directory.list()).individuals.map((row) => row.id ?? "");
  const requests = ids.map((individual_id) => ({ individual_id }));
  const { responses } = await client.hris.employments.retrieveMany({ requests });
  const bodies = responses.map((item) => item.body as Finch.HRIS.EmploymentData.EmploymentDataResponseBody);
  const found = bodies.find((body) => body.employment_status === status && body.source_id);
  if (!found) throw new Error(`nobody is ${status}`);
  return found;
}

describe("a forwarded request", () => {
  it("comes back with the provider's answer as text, and with itself", async () => {
    const answer = await forward({ params: { fields: "all" }, request_headers: { "X-Trace": "7" } });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({ "content-type": "application/json" });
    expect(answer.request).toEqual({
      method: "GET",
      route: "/company",
      headers: { "X-Trace": "7" },
      params: { fields: "all" },
      data: null,
    });
    const company = await client.hris.company.retrieve();
    expect(parsed(answer)).toMatchObject({ success: true, data: { legal_name: company.legal_name } });
  });

  it("reaches what Finch's model lacks, by the source id of a person", async () => {
    const person = await somebody("terminated");
    const answer = parsed(await forward({ route: `/company/employees/${person.source_id}` }));
    expect(answer).toMatchObject({
      data: {
        attributes: {
          last_name: { value: person.last_name },
          termination_date: { value: person.end_date },
          termination_reason: { value: "employee-quit" },
        },
      },
    });
  });

  it("arrives with method, headers, parameters of both kinds, and data", async () => {
    const answer = await forward({
      method: "POST",
      route: "/echo?page=1",
      params: { limit: "5" },
      request_headers: { "X-Trace": "7" },
      data: '{"a":1}',
    });
    expect(parsed(answer)).toEqual({
      method: "POST",
      path: "/echo",
      params: { page: "1", limit: "5" },
      headers: { "x-trace": "7" },
      data: '{"a":1}',
    });
  });

  it("takes values of any kind: those that are no text arrive as JSON, null does not arrive", async () => {
    const values = {
      "X-Text": "a",
      "X-Number": 7,
      "X-No": false,
      "X-Null": null,
      "X-Tree": { toString: [1] },
    };
    const answer = await forward({ route: "/echo", params: values, request_headers: values });
    const arrived = { "X-Text": "a", "X-Number": "7", "X-No": "false", "X-Tree": '{"toString":[1]}' };
    expect([answer.request.headers, answer.request.params]).toEqual([arrived, values]);
    const lower = Object.entries(arrived).map(([name, value]) => [name.toLowerCase(), value]);
    expect(parsed(answer)).toMatchObject({ params: arrived, headers: Object.fromEntries(lower) as object });
    expect(String(answer.data)).not.toMatch(/null"|x-null/i);
  });

  it("takes headers by their older name too", async () => {
    const answer = await post({ method: "GET", route: "/echo", headers: { "X-Old": "yes" } });
    expect(answer["request"]).toMatchObject({ headers: { "X-Old": "yes" } });
    expect(String(answer["data"])).toContain('"x-old":"yes"');
  });

  it("is answered in XML where that is asked for", async () => {
    const answer = await forward({
      route: "/company/employees",
      request_headers: { Accept: "application/xml" },
    });
    expect(answer.headers).toMatchObject({ "content-type": "application/xml; charset=utf-8" });
    expect(answer.data).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?><response><success>true<\/success>/,
    );
  });

  it.each([
    ["/nothing", "GET", 404],
    ["/company", "DELETE", 405],
    ["/company/employees/E-99999", "GET", 404],
    ["/company/employees?limit=none", "GET", 422],
    ["/status/500", "GET", 500],
    ["/status/429", "GET", 429],
    ["/status/204", "GET", 204],
  ])("to %s (%s) that fails there is 200 with status %i inside", async (route, method, statusCode) => {
    const { data: answer, response } = await forward({ route, method }).withResponse();
    expect([response.status, answer.statusCode]).toEqual([200, statusCode]);
    if (statusCode === 204) expect(answer.data).toBeNull();
  });

  it("changes a person at the provider at once, and in Finch with the next sync", async () => {
    const person = await somebody("active");
    const route = `/company/employees/${person.source_id}`;
    const sent = await forward({ route, method: "PATCH", data: JSON.stringify({ position: "Astronaut" }) });
    expect(sent.statusCode).toBe(200);
    expect(JSON.stringify(parsed(await forward({ route })))).toContain("Astronaut");
    const title = async () => {
      const requests = [{ individual_id: person.id ?? "" }];
      const { responses } = await client.hris.employments.retrieveMany({ requests });
      return (responses[0]?.body as { title?: string }).title;
    };
    expect(await title()).toBe(person.title);
    await client.sandbox.jobs.create({ type: "data_sync_all" });
    expect(await title()).toBe("Astronaut");
  });

  it("with a body that the provider cannot read fails there", async () => {
    const { source_id } = await somebody("active");
    const route = `/company/employees/${source_id}`;
    const codes = ["{", '{"salary":1}', '{"constructor":"x"}', null].map(
      async (data) => (await forward({ route, method: "PATCH", data })).statusCode,
    );
    expect(await Promise.all(codes)).toEqual([400, 422, 422, 400]);
  });

  it.each([
    ["another host", { route: "https://evil.example/x" }],
    ["another host without a scheme", { route: "//evil.example/x" }],
    ["no path", { route: "company" }],
    ["a line break", { route: "/a\r\nHost: evil.example" }],
    ["a path that is not encoded well", { route: "/%E0%A4%A" }],
    ["an unknown method", { method: "FETCH" }],
    ["data that is no text", { data: { a: 1 } }],
  ])("with %s is refused by Finch, and nothing goes out", async (_title, wrong) => {
    const spy = vi.spyOn(globalThis, "fetch");
    const answer = await post({ method: "GET", route: "/company", ...wrong });
    expect(answer).toMatchObject({ code: 400, finch_code: "invalid_request" });
    expect(spy.mock.calls.map(([url]) => url)).toEqual([`${sandbox.url}/forward`]);
    spy.mockRestore();
  });

  it.each([
    ["a provider that has no forwarding", "adp_run", "credential"],
    ["a login that cannot forward", "gusto", "credential"],
  ] as const)("of %s is 501", async (_title, provider_id, authentication_type) => {
    const { client: other } = await createTestConnection(sandbox, { provider_id, authentication_type });
    const failure = await failureOf(other.requestForwarding.forward({ method: "GET", route: "/company" }));
    expect([failure.status, failure.body["name"]]).toEqual([501, "not_implemented_error"]);
  });

  it.each([
    ["bamboo_hr", "oauth"],
    ["factorial_hr", "oauth"],
    ["gusto", "oauth"],
    ["bob", "credential"],
    ["bob", "api_token"],
    ["paycom", "api_token"],
    ["rippling", "oauth"],
    ["trinet", "api_token"],
    ["ulti_pro", "api_token"],
    ["workday", "api_token"],
  ] as const)("goes to %s by %s", async (provider_id, authentication_type) => {
    const { client: other } = await createTestConnection(sandbox, { provider_id, authentication_type });
    const answer = await other.requestForwarding.forward({ method: "GET", route: "/company" });
    expect(answer.statusCode).toBe(200);
  });

  it("needs a login that works", async () => {
    const { client: broken } = await createTestConnection(sandbox, {
      provider_id: "personio",
      authentication_type: "api_token",
    });
    const ask = () => broken.requestForwarding.forward({ method: "GET", route: "/company" });
    await broken.sandbox.connections.accounts.update({ connection_status: "reauth" });
    expect((await failureOf(ask())).body["finch_code"]).toBe("reauthenticate_user");
    await broken.sandbox.connections.accounts.update({ connection_status: "pending" });
    expect(await ask()).toMatchObject({ code: 202, name: "authorization_pending" });
  });
});
