import type Finch from "@tryfinch/finch-api";
import { describe, expect, it } from "vitest";
import { createTestConnection, failureOf, startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox();
const { client, token, created } = await createTestConnection(sandbox);
const unknownId = "11111111-1111-4111-8111-111111111111";

const idsOf = async (from: Finch) => (await from.hris.directory.list()).individuals.map((row) => row.id);
const requestsFor = (ids: readonly string[]) => ids.map((individual_id) => ({ individual_id }));

async function get(path: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${sandbox.url}${path}`, { headers: { Authorization: `Bearer ${token}` } });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("every answer about data", () => {
  it("says how old the data is", async () => {
    const { response } = await client.hris.company.retrieve().withResponse();
    const now = sandbox.sandbox.world.clock.iso();
    expect(response.headers.get("finch-data-retrieved")).toBe(now);
    expect(response.headers.get("finch-last-attempted-update-date")).toBe(now);
    expect(response.headers.get("finch-last-attempted-update-result")).toBe("success");
  });

  it.each(["entity_ids=", "entity_ids[]=", "entity_ids%5B%5D=", "entity_ids[0]="])(
    "takes the entity as %s",
    async (spelling) => {
      expect((await get(`/employer/company?${spelling}${created.entity_id}`)).status).toBe(200);
    },
  );

  it("refuses two entities, one that is no UUID, and one of another connection", async () => {
    const two = `entity_ids=${created.entity_id},${unknownId}`;
    expect((await get(`/employer/company?${two}`)).body).toMatchObject({
      code: 400,
      finch_code: "invalid_request",
    });
    expect((await get("/employer/company?entity_ids=first")).status).toBe(400);
    expect((await get(`/employer/company?entity_ids=${unknownId}`)).body["finch_code"]).toBe(
      "item_not_found",
    );
  });

  it("is refused without the product, before anything else", async () => {
    const { client: poor } = await createTestConnection(sandbox, { products: ["company"] });
    const { status, body } = await failureOf(poor.hris.directory.list({ limit: 99_999 }));
    expect([status, body["name"]]).toEqual([403, "insufficient_scope_error"]);
  });

  it("is 501 in Finch's shape where the provider has no payroll", async () => {
    const { client: hris } = await createTestConnection(sandbox, { provider_id: "bamboo_hr" });
    const body = { requests: [{ payment_id: unknownId }] };
    const { status, body: answer } = await failureOf(hris.hris.payStatements.retrieveMany(body));
    expect(status).toBe(501);
    expect(answer).toMatchObject({ code: 501, name: "not_implemented_error" });
  });
});

describe("the directory", () => {
  it("has twenty people by default, active and not, with a tree of managers", async () => {
    const page = await client.hris.directory.list();
    expect(page.paging).toEqual({ count: 20, offset: 0 });
    expect(page.individuals).toHaveLength(20);
    expect(new Set(page.individuals.map((row) => row.is_active))).toEqual(new Set([true, false]));
    expect(page.individuals.filter((row) => row.manager === null)).toHaveLength(1);
  });

  it("pages: every person once, and an empty page behind the last", async () => {
    const { client: big } = await createTestConnection(sandbox, { employee_size: 250 });
    const seen: string[] = [];
    for await (const person of big.hris.directory.list({ limit: 100 })) seen.push(person.id ?? "");
    expect(new Set(seen).size).toBe(250);
    const beyond = await big.hris.directory.list({ limit: 100, offset: 250 });
    expect([beyond.individuals.length, beyond.paging.count]).toEqual([0, 250]);
  });

  it("refuses a page of more than 10,000, and limits that are no numbers", async () => {
    const { status, body } = await failureOf(client.hris.directory.list({ limit: 10_001 }));
    expect(status).toBe(422);
    expect(body).toMatchObject({
      name: "unprocessable_entity_error",
      finch_code: "page_size_limit_exceeded",
    });
    expect((await get("/employer/directory?limit=ten")).status).toBe(400);
    expect((await get("/employer/directory?offset=-1")).status).toBe(400);
  });
});

describe("individuals", () => {
  it("come with SSNs only where the token may and the request asks", async () => {
    const ids = (await idsOf(client)).slice(0, 1);
    const [plain] = (await client.hris.individuals.retrieveMany({ requests: requestsFor(ids) })).responses;
    expect(plain?.body).not.toHaveProperty("ssn");
    const asked = { requests: requestsFor(ids), options: { include: ["ssn"] } };
    const [full] = (await client.hris.individuals.retrieveMany(asked)).responses;
    expect(full?.body).toMatchObject({ ssn: expect.stringMatching(/^9\d{8}$/), encrypted_ssn: null });

    const { client: poor } = await createTestConnection(sandbox, { products: ["directory", "individual"] });
    const poorAsks = { requests: requestsFor(await idsOf(poor)), options: { include: ["ssn"] } };
    for (const item of (await poor.hris.individuals.retrieveMany(poorAsks)).responses) {
      expect(item.body).not.toHaveProperty("ssn");
    }
  });

  it("that are unknown are items with 404 beside the others", async () => {
    const [known = ""] = await idsOf(client);
    const answer = await client.hris.individuals.retrieveMany({
      requests: requestsFor([known, unknownId, "x"]),
    });
    expect(answer.responses.map((item) => item.code)).toEqual([200, 404, 404]);
    expect(answer.responses[1]?.body).toMatchObject({
      code: 404,
      name: "not_found_error",
      finch_code: "individual_not_found",
      error_name: "not_found_error",
    });
  });

  it("of another connection are unknown", async () => {
    const { client: stranger } = await createTestConnection(sandbox);
    const [id = ""] = await idsOf(stranger);
    const answer = await client.hris.individuals.retrieveMany({ requests: requestsFor([id]) });
    expect(answer.responses[0]?.code).toBe(404);
  });

  it("are refused above 10,000, and without a list", async () => {
    const many = requestsFor(Array.from({ length: 10_001 }, () => unknownId));
    const { status, body } = await failureOf(client.hris.individuals.retrieveMany({ requests: many }));
    expect([status, body["finch_code"]]).toEqual([422, "batch_limit_exceeded"]);
    expect((await failureOf(client.post("/employer/individual", { body: {} }))).status).toBe(400);
  });
});

describe("employments", () => {
  it("have every kind of person, with income histories from the newest back to the start", async () => {
    const requests = requestsFor(await idsOf(client));
    const { responses } = await client.hris.employments.retrieveMany({ requests });
    const bodies = responses.map((item) => item.body as Finch.HRIS.EmploymentData.EmploymentDataResponseBody);
    const statuses = new Set(bodies.map((body) => body.employment_status));
    expect(statuses).toEqual(new Set(["active", "terminated", "leave", "onboarding"]));
    expect(new Set(bodies.map((body) => body.employment?.type))).toEqual(new Set(["employee", "contractor"]));
    expect(new Set(bodies.map((body) => body.income?.unit))).toEqual(new Set(["yearly", "hourly"]));
    for (const body of bodies) {
      const dates = (body.income_history ?? []).map((row) => row?.effective_date ?? "");
      expect(dates).toEqual([...dates].sort().reverse());
      expect(body.income_history?.[0]).toEqual(body.income);
      expect(dates.at(-1)).toBe(body.start_date);
    }
  });

  it("lack what the provider does not give", async () => {
    const { client: assisted } = await createTestConnection(sandbox, { provider_id: "adp_total_source" });
    await assisted.sandbox.connections.accounts.update({ connection_status: "connected" });
    const requests = requestsFor(await idsOf(assisted));
    const { responses } = await assisted.hris.employments.retrieveMany({ requests });
    for (const { body } of responses) {
      expect(body).toMatchObject({
        custom_fields: null,
        income_history: null,
        source_id: null,
        work_id: null,
      });
    }
    expect((await assisted.hris.company.retrieve()).accounts).toBeNull();
  });
});
