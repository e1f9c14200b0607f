import { describe, expect, it } from "vitest";
import { createTestConnection, startTestSandbox } from "@/sandbox/testing/harness";
import type { Dependent } from "@/sandbox/plans/dependents";
import type { PlanEnrollment } from "@/sandbox/plans/enrollments";
import type { Plan } from "@/sandbox/plans/company-plans";

const sandbox = await startTestSandbox({ initialSyncMs: 0 });
const products = [
  "company",
  "directory",
  "employment",
  "ssn",
  "plans",
  "plans_enrollments",
  "plans_dependents",
];
const unknownId = "11111111-1111-4111-8111-111111111111";

interface Answer {
  status: number;
  body: {
    paging: { count: number; offset: number };
    plans: Plan[];
    enrollments: PlanEnrollment[];
    dependents: Dependent[];
    responses: { code: number; body: Record<string, unknown> }[];
    name: string;
    finch_code: string;
    ssn?: string;
  } & Plan;
}

/** A connection with the calls that the SDK lacks. */
async function connect(params: Parameters<typeof createTestConnection>[1] = {}) {
  const made = await createTestConnection(sandbox, { products, employee_size: 60, ...params });
  const headers = { Authorization: `Bearer ${made.token}`, "Content-Type": "application/json" };
  const call = async (path: string, body?: unknown): Promise<Answer> => {
    const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
    const response = await fetch(`${sandbox.url}/employer/${path}`, init);
    return { status: response.status, body: (await response.json()) as Answer["body"] };
  };
  return { ...made, call };
}

const { call, client, created } = await connect();

describe("plans", () => {
  it("are those of the company: carrier, tiers, deduction codes, the year of the last sync", async () => {
    const { body } = await call("plans");
    expect(body.paging).toEqual({ count: body.plans.length, offset: 0 });
    const types = new Set(body.plans.map((plan) => plan.type));
    expect([...types]).toEqual(
      expect.arrayContaining(["medical", "dental", "vision", "life_insurance", "hsa", "fsa", "commuter"]),
    );
    const year = sandbox.sandbox.world.clock.iso().slice(0, 4);
    const medical = body.plans[0];
    expect(medical).toMatchObject({ type: "medical", network_type: "ppo", start_date: `${year}-01-01` });
    expect(medical?.coverage_tiers).toContain("employee_family");
    expect((await call(`plans/${medical?.id}`)).body).toEqual(medical);
  });

  it("can be asked for by type, in any case, and page by page", async () => {
    const { body } = await call("plans?plan_type=MEDICAL&limit=1&offset=1");
    expect(body.paging).toEqual({ count: 3, offset: 1 });
    expect(body.plans.map((plan) => plan.network_type)).toEqual(["hdhp"]);
    expect((await call("plans?plan_type=pet")).body.plans).toEqual([]);
  });

  it("of another connection are 404", async () => {
    const other = await connect();
    const [theirs] = (await other.call("plans")).body.plans;
    const { status, body } = await call(`plans/${theirs?.id}`);
    expect([status, body.name, body.finch_code]).toEqual([404, "not_found_error", "item_not_found"]);
  });

  it.each([
    "plans?limit=ten",
    "plans?limit=51",
    "plans-enrollments?limit=51",
    "plans-dependents?offset=-1",
    "plans-dependents?include=dob",
  ])("asked for with %s are 400", async (path) => {
    const { status, body } = await call(path);
    expect([status, body.name, body.finch_code]).toEqual([400, "bad_request", "invalid_request"]);
  });
});

async function all<T>(ask: typeof call, path: string, key: "enrollments" | "dependents"): Promise<T[]> {
  const rows: T[] = [];
  for (let offset = 0; ; offset += 50) {
    const { body } = await ask(`${path}?offset=${offset}`);
    const page = body[key] as T[];
    rows.push(...page);
    if (rows.length >= body.paging.count || page.length === 0) return rows;
  }
}

describe("enrollments", () => {
  it("of a company come page by page, each once, in plans that exist, of people who do", async () => {
    const rows = await all<PlanEnrollment>(call, "plans-enrollments", "enrollments");
    expect(rows.length).toBeGreaterThan(100);
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    const plans = (await call("plans")).body.plans.map((plan) => plan.id);
    const people = (await client.hris.directory.list()).individuals.map((row) => row.id);
    expect(rows.filter((row) => !plans.includes(row.plan_id))).toEqual([]);
    expect(rows.filter((row) => !people.includes(row.individual_id))).toEqual([]);
    const statuses = new Set(rows.map((row) => row.status));
    expect(statuses).toEqual(new Set(["active", "inactive"]));
  });

  it("say what the deduction says that pays for them", async () => {
    const { call: ask, client: employer } = await connect({ products: [...products, "benefits"] });
    const rows = await all<PlanEnrollment>(ask, "plans-enrollments", "enrollments");
    const [plan] = (await ask("plans?plan_type=dental")).body.plans;
    const dental = rows.filter((row) => row.plan_id === plan?.id && row.status === "active");
    const benefits = (await employer.hris.benefits.list()).items;
    const id = benefits.find((row) => row.type === "s125_dental")?.benefit_id ?? "";
    const { items } = await employer.hris.benefits.individuals.retrieveManyBenefits(id);
    const said = new Map(items.map((row) => [row.individual_id, row.body]));
    expect(dental.length).toBeGreaterThan(10);
    for (const { individual_id, contributions } of dental) {
      expect(contributions?.frequency).toBe("per_pay_period");
      expect(said.get(individual_id)).toMatchObject({
        employee_deduction: { type: "fixed", amount: contributions?.employee_contribution?.amount },
        company_contribution: { type: "fixed", amount: contributions?.employer_contribution.amount },
      });
    }
  });

  it("end with the month in which somebody leaves, once a sync has shown it", async () => {
    const at = await connect({ employee_size: 20 });
    const [row] = (await at.call("plans-enrollments")).body.enrollments;
    const id = row?.individual_id ?? "";
    const lastYear = Number(sandbox.sandbox.world.clock.iso().slice(0, 4)) - 1;
    await at.client.sandbox.employment.update(id, { end_date: `${lastYear}-06-10`, is_active: false });
    const read = async () =>
      (await at.call("plans-enrollments", { requests: [{ enrollment_id: row?.id }] })).body;
    expect((await read()).responses[0]?.body).toEqual(row);
    await at.client.sandbox.jobs.create({ type: "data_sync_all" });
    expect((await read()).responses[0]?.body).toMatchObject({
      status: "inactive",
      coverage_end_date: `${lastYear}-06-30`,
    });
  });

  it("are read by id, and unknown or foreign ones are items with 404", async () => {
    const [row] = (await call("plans-enrollments?limit=1")).body.enrollments;
    const other = await connect();
    const [theirs] = (await other.call("plans-enrollments?limit=1")).body.enrollments;
    const ids = [row?.id, theirs?.id, unknownId, "no-id"];
    const { status, body } = await call("plans-enrollments", {
      requests: ids.map((enrollment_id) => ({ enrollment_id })),
    });
    expect(status).toBe(200);
    expect(body.responses.map((item) => item.code)).toEqual([200, 404, 404, 404]);
    expect(body.responses[0]?.body).toEqual(row);
    expect(body.responses[1]?.body).toMatchObject({
      name: "not_found_error",
      finch_code: "enrollment_not_found",
    });
  });

  it("are not read in batches of more than 50", async () => {
    const requests = (count: number) => ({
      requests: Array.from({ length: count }, () => ({ enrollment_id: unknownId })),
    });
    expect((await call("plans-enrollments", requests(50))).status).toBe(200);
    expect((await call("plans-enrollments", requests(51))).status).toBe(400);
    expect((await call("plans-enrollments", {})).status).toBe(400);
  });
});

describe("dependents", () => {
  it("are covered by enrollments that name them, of the person they belong to", async () => {
    const rows = await all<Dependent>(call, "plans-dependents", "dependents");
    const enrollments = await all<PlanEnrollment>(call, "plans-enrollments", "enrollments");
    expect(rows.length).toBeGreaterThan(10);
    const named = new Set(
      enrollments.flatMap((row) => (row.dependent_ids ?? []).map((id) => `${row.id} ${id}`)),
    );
    const covered = rows.flatMap((row) =>
      row.coverage.flatMap((part) => part.enrollments.map(({ id }) => `${id} ${row.dependent_id}`)),
    );
    expect(new Set(covered)).toEqual(named);
    const ownerOf = new Map(enrollments.map((row) => [row.id, row.individual_id]));
    for (const { coverage } of rows)
      for (const part of coverage)
        for (const { id } of part.enrollments) expect(ownerOf.get(id)).toBe(part.individual_id);
    const tiers = new Set(enrollments.map((row) => row.coverage_tier));
    expect(tiers.size).toBe(4);
  });

  it("have SSNs for those who may and ask, else null", async () => {
    const plain = (await call("plans-dependents")).body.dependents;
    expect(new Set(plain.map((row) => row.ssn))).toEqual(new Set([null]));
    for (const spelling of ["include=ssn", "include[]=ssn"]) {
      const asked = (await call(`plans-dependents?${spelling}`)).body.dependents;
      expect(asked.filter((row) => /^9\d{8}$/.test(row.ssn ?? "")).length).toBeGreaterThan(5);
    }
    const id = plain[0]?.dependent_id;
    const batch = {
      requests: [{ dependent_id: id }, { dependent_id: unknownId }],
      options: { include: ["ssn"] },
    };
    const { responses } = (await call("plans-dependents", batch)).body;
    expect(responses[0]).toMatchObject({ code: 200, body: { dependent_id: id } });
    expect(responses[1]).toMatchObject({ code: 404, body: { finch_code: "item_not_found" } });
    const poor = await connect({ products: ["company", "plans_dependents"] });
    const refused = (await poor.call("plans-dependents?include=ssn")).body.dependents;
    expect(new Set(refused.map((row) => row.ssn))).toEqual(new Set([null]));
  });

  it("of another connection are not found", async () => {
    const other = await connect();
    const [theirs] = (await other.call("plans-dependents?limit=1")).body.dependents;
    const requests = [{ dependent_id: theirs?.dependent_id }];
    expect((await other.call("plans-dependents", { requests })).body.responses[0]?.code).toBe(200);
    expect((await call("plans-dependents", { requests })).body.responses[0]?.code).toBe(404);
  });
});

describe("benefit plans", () => {
  it("are the same after a restart with the same seed", async () => {
    const again = await startTestSandbox({ initialSyncMs: 0 });
    const made = await createTestConnection(again, { products, employee_size: 60 });
    expect(made.created.connection_id).toBe(created.connection_id);
    const headers = { Authorization: `Bearer ${made.token}` };
    for (const path of ["plans", "plans-enrollments", "plans-dependents"]) {
      const there = await (await fetch(`${again.url}/employer/${path}`, { headers })).json();
      expect(there).toEqual((await call(path)).body);
    }
  });

  it("are refused to tokens without their product", async () => {
    const poor = await connect({ products: ["company", "plans"] });
    expect((await poor.call("plans")).status).toBe(200);
    for (const path of ["plans-enrollments", "plans-dependents"]) {
      const { status, body } = await poor.call(path);
      expect([status, body.name]).toEqual([403, "insufficient_scope_error"]);
    }
  });
});
