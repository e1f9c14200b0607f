import type Finch from "@tryfinch/finch-api";
import { describe, expect, it } from "vitest";
import { createConnectedCompany } from "@/sandbox/testing/connections";
import { createTestConnection, failureOf, startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox();
const unknownId = "11111111-1111-4111-8111-111111111111";
const products = ["directory", "individual", "employment", "documents"];

type Document = Finch.HRIS.DocumentRetreiveResponse;
type Employment = Finch.HRIS.EmploymentData.EmploymentDataResponseBody;

const connect = () => createTestConnection(sandbox, { provider_id: "adp_run", products });
const idsOf = async (client: Finch) =>
  (await client.hris.directory.list()).individuals.map((row) => row.id ?? "");
const syncW4 = (client: Finch, individual_id: string) =>
  client.jobs.automated.create({ type: "w4_form_employee_sync", params: { individual_id } });

async function employmentsOf(client: Finch, ids: readonly string[]): Promise<Map<string, Employment>> {
  const requests = ids.map((individual_id) => ({ individual_id }));
  const { responses } = await client.hris.employments.retrieveMany({ requests });
  return new Map(responses.map((item) => [item.individual_id, item.body as Employment]));
}

/** A company of which every W-4 has been read. */
async function readAll() {
  const { client, token } = await connect();
  const ids = await idsOf(client);
  for (const id of ids) await syncW4(client, id);
  const { documents } = await client.hris.documents.list();
  return { client, token, ids, documents };
}
const all = await readAll();

async function query(search: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const headers = { Authorization: `Bearer ${all.token}` };
  const response = await fetch(`${sandbox.url}/employer/documents${search}`, { headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("documents", () => {
  it("are refused until the W-4 job of a person has run, with the page that says how", async () => {
    const { client } = await connect();
    const required = {
      code: 400,
      name: "bad_request",
      finch_code: "w4_sync_required",
      context: { docs_url: expect.stringMatching(/^https:\/\//) },
    };
    expect((await failureOf(client.hris.documents.list())).body).toMatchObject(required);
    expect((await failureOf(client.hris.documents.retreive(unknownId))).body).toMatchObject(required);
    const [first = "", second = ""] = await idsOf(client);
    await syncW4(client, first);
    const { documents } = await client.hris.documents.list();
    expect(new Set(documents.map((row) => row.individual_id))).toEqual(new Set([first]));
    expect((await failureOf(client.hris.documents.list({ individual_ids: [second] }))).body).toMatchObject(
      required,
    );
  });

  it("come when the job is over, not before", async () => {
    const slow = await startTestSandbox({ jobDelayMs: 60_000, initialSyncMs: 0 });
    const { client } = await createTestConnection(slow, { provider_id: "quickbooks", products });
    const [id = ""] = await idsOf(client);
    await syncW4(client, id);
    expect((await failureOf(client.hris.documents.list())).body["finch_code"]).toBe("w4_sync_required");
    slow.sandbox.world.clock.adjust({ advanceMs: 60_000 });
    expect((await client.hris.documents.list()).documents).not.toHaveLength(0);
  });

  it("of people hired before 2020 are of the old form, of the others of the new one only", async () => {
    const employments = await employmentsOf(all.client, all.ids);
    const kinds = new Set<string>();
    for (const id of all.ids) {
      const { start_date, latest_rehire_date, employment } = employments.get(id) ?? {};
      const mine = all.documents.filter((row) => row.individual_id === id);
      const types = mine.map((row) => row.type);
      if (employment?.type === "contractor") expect(types).toEqual([]);
      else if (String(start_date) >= "2020") expect(types).toEqual(["w4_2020"]);
      else expect(types[0]).toBe("w4_2005");
      if (String(latest_rehire_date) >= "2020" && latest_rehire_date) expect(types).toContain("w4_2020");
      for (const { type, year } of mine) {
        kinds.add(String(type));
        expect(type === "w4_2020" ? year >= 2020 : year < 2020).toBe(true);
      }
    }
    expect(kinds).toEqual(new Set(["w4_2005", "w4_2020"]));
  });

  it.each(["individual_ids=", "individual_ids[]=", "individual_ids[0]="])(
    "are filtered by %s",
    async (name) => {
      const id = String(all.documents[0]?.individual_id);
      const { body } = await query(`?${name}${id}`);
      const rows = body["documents"] as { individual_id: string }[];
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.every((row) => row.individual_id === id)).toBe(true);
    },
  );

  it("are filtered by people in one value and by types", async () => {
    const people = [...new Set(all.documents.map((row) => String(row.individual_id)))].slice(0, 3);
    const { body } = await query(`?individual_ids=${people.join(",")}&types=w4_2020`);
    const wanted = all.documents.filter(
      (row) => people.includes(String(row.individual_id)) && row.type === "w4_2020",
    );
    expect(body["documents"]).toEqual(wanted);
    expect((await query("?types=w2")).body).toMatchObject({ code: 400, finch_code: "invalid_request" });
  });

  it("are all on one page unless a limit says otherwise", async () => {
    const { paging, documents } = await all.client.hris.documents.list({ limit: 2, offset: 1 });
    expect(paging).toEqual({ count: all.documents.length, offset: 1 });
    expect(documents).toEqual(all.documents.slice(1, 3));
    expect((await query("?limit=many")).status).toBe(400);
  });

  it("are read one by one, each for its person, the same every time", async () => {
    for (const row of all.documents) {
      expect(row.url).toBe(`${sandbox.url}/employer/documents/${row.id}`);
      const document: Document = await all.client.hris.documents.retreive(row.id);
      expect(document).toMatchObject({
        type: row.type,
        year: row.year,
        data: { individual_id: row.individual_id },
      });
      expect(JSON.stringify(document)).not.toContain("ssn");
      expect(await all.client.hris.documents.retreive(row.id)).toEqual(document);
    }
  });

  it("say what fits the person: status, children, sums", async () => {
    const requests = all.ids.map((individual_id) => ({ individual_id }));
    const { responses } = await all.client.hris.individuals.retrieveMany({ requests });
    const marital = new Map(
      responses.map((item) => [
        item.individual_id,
        (item.body as { marital_status?: string }).marital_status,
      ]),
    );
    for (const row of all.documents) {
      const document = await all.client.hris.documents.retreive(row.id);
      const status = marital.get(String(row.individual_id));
      if (document.type === "w4_2005") {
        const married = document.data.filing_status?.startsWith("married") ?? false;
        expect(married).toBe(status === "married");
        expect(document.data.total_number_of_allowances).toBeLessThan(10);
        continue;
      }
      const { data } = document;
      if (data.filing_status?.startsWith("married")) expect(status).toBe("married");
      if (data.filing_status === "head_of_household") expect(status).not.toBe("married");
      expect(data.total_claim_dependent_and_other_credits).toBe(
        data.amount_for_qualifying_children_under_17 + data.amount_for_other_dependents,
      );
      expect(data.amount_for_qualifying_children_under_17 % 200_000).toBe(0);
    }
  });

  it("of another entity or connection are unknown", async () => {
    const entities = [
      { name: "One", people: 3 },
      { name: "Two", people: 3 },
    ];
    const { client, entityIds } = createConnectedCompany(sandbox, {
      providerId: "justworks",
      products,
      entities,
    });
    const other = { entity_ids: [entityIds[1] ?? ""] };
    const [id = ""] = (await client.hris.directory.list(other)).individuals.map((row) => row.id ?? "");
    await syncW4(client, id);
    const { documents } = await client.hris.documents.list(other);
    expect(documents.every((row) => row.individual_id === id)).toBe(true);
    const [document] = documents;
    await client.hris.documents.retreive(document?.id ?? "", other);
    for (const call of [client, all.client]) {
      const failure = await failureOf(call.hris.documents.retreive(document?.id ?? ""));
      expect(failure.body["finch_code"]).toBe("w4_sync_required");
    }
  });

  it("need the product, and a provider that has them", async () => {
    const { client: poor } = await createTestConnection(sandbox, {
      provider_id: "adp_run",
      products: ["directory"],
    });
    expect((await failureOf(poor.hris.documents.list())).body["name"]).toBe("insufficient_scope_error");
    const { client: gusto } = await createTestConnection(sandbox, { products });
    expect((await failureOf(gusto.hris.documents.list())).status).toBe(501);
    const [id = ""] = await idsOf(gusto);
    expect((await failureOf(syncW4(gusto, id))).status).toBe(501);
  });
});
