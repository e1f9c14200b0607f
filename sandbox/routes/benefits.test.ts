import type Finch from "@tryfinch/finch-api";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { startSandbox } from "@/sandbox/server";
import {
  bearerClient,
  control,
  createTestConnection,
  failureOf,
  startTestSandbox,
} from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox({ initialSyncMs: 0 });
const products = ["company", "directory", "employment", "benefits"];
const unknownId = "11111111-1111-4111-8111-111111111111";

const connect = (provider_id: string, more: Partial<Finch.Sandbox.ConnectionCreateParams> = {}) =>
  createTestConnection(sandbox, { provider_id, products, ...more });

/** A connection that Finch's people work for, ready to be used. */
async function connectAssisted(provider_id = "onpay") {
  const made = await connect(provider_id, { authentication_type: "assisted" });
  await made.client.sandbox.connections.accounts.update({ connection_status: "connected" });
  return made;
}

const { client, token } = await connect("gusto");
const savings = { type: "401k", description: "Savings", frequency: "every_paycheck" } as const;

async function idOfType(from: Finch, type: string): Promise<string> {
  const { items } = await from.hris.benefits.list();
  return items.find((row) => row.type === type)?.benefit_id ?? "";
}

describe("deductions of a company", () => {
  it("are there from the start, and those created come behind them", async () => {
    const { client: fresh } = await connect("gusto");
    const before = await fresh.hris.benefits.list();
    expect(before.items.map((row) => row.type)).toContain("s125_medical");
    const { data, response } = await fresh.hris.benefits.create({ ...savings }).withResponse();
    expect(response.status).toBe(201);
    const after = await fresh.hris.benefits.list();
    expect(after.items).toHaveLength(before.items.length + 1);
    expect(after.items.at(-1)).toEqual({
      benefit_id: data.benefit_id,
      ...savings,
      company_contribution: null,
    });
    expect(await fresh.hris.benefits.retrieve(data.benefit_id)).toEqual(after.items.at(-1));
  });

  it("are created once: the same type, frequency and description answer the same id", async () => {
    const first = await client.hris.benefits.create({ ...savings });
    const again = await client.hris.benefits.create({ ...savings });
    expect(again.benefit_id).toBe(first.benefit_id);
    expect(again.job_id).not.toBe(first.job_id);
    const others = [{ description: "Other" }, { frequency: "monthly" }, { type: "403b" }] as const;
    for (const other of others) {
      const made = await client.hris.benefits.create({ ...savings, ...other });
      expect(made.benefit_id).not.toBe(first.benefit_id);
    }
  });

  it("keep the company's match as it was given, in any order of tiers", async () => {
    const tiers = [
      { match: 5_000, threshold: 500 },
      { match: 10_000, threshold: 300 },
    ];
    const company_contribution = { type: "match", tiers } as const;
    const { benefit_id } = await client.hris.benefits.create({
      ...savings,
      description: "Matched",
      company_contribution: { type: "match", tiers },
    });
    expect((await client.hris.benefits.retrieve(benefit_id)).company_contribution).toEqual(
      company_contribution,
    );
  });

  it("change their description and nothing else", async () => {
    const id = await idOfType(client, "commuter");
    const before = await client.hris.benefits.retrieve(id);
    const wanted = { description: "Transit", type: "401k", frequency: "monthly" };
    expect(await client.hris.benefits.update(id, wanted)).toEqual({
      benefit_id: id,
      job_id: expect.any(String),
    });
    expect(await client.hris.benefits.retrieve(id)).toEqual({ ...before, description: "Transit" });
  });

  it("of another connection are 404, for reading and writing", async () => {
    const { client: other } = await connect("gusto");
    const theirs = await other.hris.benefits.create({ ...savings });
    const standing = await idOfType(other, "401k");
    for (const id of [theirs.benefit_id, standing, unknownId]) {
      for (const call of [
        () => client.hris.benefits.retrieve(id),
        () => client.hris.benefits.update(id, { description: "Mine" }),
        () => client.hris.benefits.individuals.enrolledIDs(id),
        () => client.hris.benefits.individuals.enrollMany(id, { individuals: [] }),
        () => client.hris.benefits.individuals.unenrollMany(id, { individual_ids: [] }),
      ]) {
        const { status, body } = await failureOf(call());
        expect([status, body["finch_code"]]).toEqual([404, "benefit_not_found"]);
      }
    }
    const { status } = await failureOf(client.jobs.manual.retrieve(theirs.job_id));
    expect(status).toBe(404);
  });

  it("are refused to a token without the product, and served to one with its old name", async () => {
    const { client: poor } = await connect("gusto", { products: ["company"] });
    expect((await failureOf(poor.hris.benefits.list().then((page) => page))).body["name"]).toBe(
      "insufficient_scope_error",
    );
    const { client: old } = await connect("gusto", { products: ["company", "deduction"] });
    expect((await old.hris.benefits.list()).items.length).toBeGreaterThan(0);
  });
});

describe("bad requests for deductions", () => {
  const post = async (path: string, body: unknown, bearer = token) => {
    const init = {
      method: "POST",
      headers: { Authorization: `Bearer ${bearer}`, "Content-Type": "application/json" },
      body: typeof body === "string" ? body : JSON.stringify(body),
    };
    const response = await fetch(`${sandbox.url}/employer/benefits${path}`, init);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it.each([
    [{ ...savings, description: 7 }, "description"],
    [{ ...savings, type: "gym" }, "type"],
    [{ ...savings, frequency: "weekly" }, "frequency"],
    [{ description: "Nothing" }, "type"],
    [{ ...savings, company_contribution: { type: "match", tiers: [] } }, "tiers"],
    [{ ...savings, company_contribution: { type: "match", tiers: [{ match: 0, threshold: 1 }] } }, "match"],
  ])("are 400 and name the field: %j", async (body, field) => {
    const answer = await post("", body);
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 400, name: "invalid_request_error", finch_code: "invalid_request" },
    });
    expect(answer.body["message"]).toContain(field);
  });

  it("are 422 where the provider lacks the type, the frequency or the match", async () => {
    const { token: quickbooks } = await connect("quickbooks");
    const match = { type: "match", tiers: [{ match: 10_000, threshold: 300 }] };
    for (const wanted of [{ type: "457" }, { frequency: "monthly" }, { company_contribution: match }]) {
      const { status, body } = await post("", { ...savings, ...wanted }, quickbooks);
      expect([status, body["name"], body["finch_code"]]).toEqual([
        422,
        "unprocessable_request_error",
        "unsupported_parameters",
      ]);
    }
  });

  it("are refused by Justworks above 30 characters, by others not", async () => {
    const { token: justworks } = await connect("justworks");
    const named = (length: number) => ({ ...savings, description: "x".repeat(length) });
    expect((await post("", named(30), justworks)).status).toBe(201);
    expect((await post("", named(31), justworks)).status).toBe(422);
    const { client: there } = await connect("justworks");
    const id = await idOfType(there, "401k");
    expect((await failureOf(there.hris.benefits.update(id, { description: "x".repeat(31) }))).status).toBe(
      400,
    );
    expect((await post("", named(31))).status).toBe(201);
  });

  it("are 501 where only the employer makes deductions, which can be listed and used all the same", async () => {
    const { client: trinet } = await connect("trinet");
    expect((await failureOf(trinet.hris.benefits.create({ ...savings }))).status).toBe(501);
    const { items } = await trinet.hris.benefits.list();
    expect(items.map((row) => row.type)).toEqual(["401k", "401k_roth"]);
    const meta = await trinet.hris.benefits.listSupportedBenefits();
    expect(meta.items.map((row) => row.description)).toEqual(["401(k)", "Roth 401(k)"]);
  });

  it("are 501 everywhere where the provider has no deductions", async () => {
    const { client: none } = await connect("rippling");
    expect((await failureOf(none.hris.benefits.list().then((page) => page))).status).toBe(501);
    expect((await failureOf(none.hris.benefits.create({ ...savings }))).status).toBe(501);
  });
});

describe("deductions that people write", () => {
  it("can be created and registered, not read", async () => {
    const { client: assisted } = await connectAssisted();
    const made = await assisted.hris.benefits.create({ ...savings });
    const wanted = { ...savings, description: "Already there" };
    const { data, response } = await assisted.hris.benefits.register(wanted).withResponse();
    expect(response.status).toBe(201);
    expect((await assisted.hris.benefits.register(wanted)).benefit_id).toBe(data.benefit_id);
    const lacking = await failureOf(assisted.hris.benefits.register({ ...wanted, type: "457_roth" }));
    expect([lacking.status, lacking.body["finch_code"]]).toEqual([422, "unsupported_parameters"]);
    for (const read of [
      () => assisted.hris.benefits.list().then((page) => page),
      () => assisted.hris.benefits.retrieve(made.benefit_id),
      () => assisted.hris.benefits.individuals.enrolledIDs(made.benefit_id),
      () => assisted.hris.benefits.individuals.retrieveManyBenefits(made.benefit_id).then((page) => page),
    ]) {
      const { status, body } = await failureOf(read());
      expect([status, body["name"]]).toEqual([501, "not_implemented_error"]);
    }
    expect((await assisted.hris.benefits.listSupportedBenefits()).items.length).toBeGreaterThan(10);
  });

  it("are registered at assisted providers only", async () => {
    const { status, body } = await failureOf(client.hris.benefits.register({ ...savings }));
    expect([status, body["finch_code"]]).toEqual([400, "invalid_request"]);
  });

  it("register what the company has already under its name", async () => {
    const { client: assisted } = await connectAssisted();
    const one = await assisted.hris.benefits.register({ ...savings, description: "401(k)" });
    const { individuals } = await assisted.hris.directory.list();
    const ids = individuals.map((row) => row.id ?? "");
    const { job_id } = await assisted.hris.benefits.individuals.unenrollMany(one.benefit_id, {
      individual_ids: ids,
    });
    const job = await assisted.jobs.manual.retrieve(job_id);
    expect(job.body?.map((item) => (item as { code: number }).code)).toContain(200);
  });

  it("wait with 202 until the employer has let Finch in", async () => {
    const { client: assisted } = await connect("onpay", { authentication_type: "assisted" });
    const { data, response } = await assisted.hris.benefits.create({ ...savings }).withResponse();
    expect([response.status, data]).toMatchObject([202, { finch_code: "pending" }]);
  });
});

describe("deductions of a connection with two entities", () => {
  it("are apart", async () => {
    const { client: both, created } = await connect("gusto");
    const { world } = sandbox.sandbox;
    const connection = world.store.connections.get(created.connection_id);
    if (!connection) throw new Error("no connection");
    const second = { id: "22222222-2222-4222-8222-222222222222", name: "Second", sourceId: null };
    world.store.connections.set(connection.id, { ...connection, entities: [...connection.entities, second] });
    const { benefit_id } = await both.hris.benefits.create({ ...savings, entity_ids: [second.id] });
    const query = { entity_ids: [second.id] };
    expect((await both.hris.benefits.retrieve(benefit_id, query)).benefit_id).toBe(benefit_id);
    expect((await failureOf(both.hris.benefits.retrieve(benefit_id))).status).toBe(404);
    const idsOf = async (params?: { entity_ids: string[] }) =>
      (await both.hris.benefits.list(params)).items.map((row) => row.benefit_id);
    const [first, other] = [await idsOf(), await idsOf(query)];
    expect(first.filter((id) => other.includes(id))).toEqual([]);
  });
});

describe("deductions and their jobs", () => {
  it("are the same after a restart, and in the same order", async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), "sandbox-deductions-"));
    const options = { dataDir, initialSyncMs: 0, benefitJobMs: { automated: 3_600_000, assisted: 0 } };
    const first = await startSandbox(options);
    const made = await createTestConnection(first, { products });
    const names = ["One", "Two", "Three", "Four", "Five"];
    for (const description of names) await made.client.hris.benefits.create({ ...savings, description });
    const ids = (await made.client.hris.directory.list()).individuals.map((row) => row.id ?? "");
    const { items: before } = await made.client.hris.benefits.list();
    const last = before.at(-1)?.benefit_id ?? "";
    const individuals = ids.map((individual_id) => ({ individual_id }));
    const { job_id } = await made.client.hris.benefits.individuals.enrollMany(last, { individuals });
    const order = { connection_id: made.created.connection_id, kind: "item", times: null };
    for (const code of [501, 502, 503])
      await control(first.url, "POST", "/benefit-outcomes", { ...order, code });
    await first.close();

    const second = await startSandbox(options);
    const client = bearerClient(second.url, made.token);
    const { items: after } = await client.hris.benefits.list();
    expect(after).toEqual(before);
    expect(after.map((row) => row.description)).toEqual(expect.arrayContaining(names));
    expect((await client.jobs.manual.retrieve(job_id)).status).not.toBe("complete");
    await control(second.url, "POST", "/jobs/complete");
    const job = await client.jobs.manual.retrieve(job_id);
    expect(job.body).toHaveLength(ids.length);
    expect(job.body?.[0]).toMatchObject({ individual_id: ids[0], code: 501 });
    await second.close();
    rmSync(dataDir, { recursive: true });
  });
});
