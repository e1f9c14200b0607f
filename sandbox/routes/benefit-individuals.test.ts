import type Finch from "@tryfinch/finch-api";
import { beforeEach, describe, expect, it } from "vitest";
import { orderOutcome } from "@/sandbox/benefits/orders";
import type { Happened } from "@/sandbox/changes";
import { createTestConnection, failureOf, startTestSandbox } from "@/sandbox/testing/harness";

const minuteMs = 60_000;
const dayMs = 86_400_000;
const sandbox = await startTestSandbox({
  initialSyncMs: 0,
  autoSync: false,
  benefitJobMs: { automated: 2 * minuteMs, assisted: 3 * dayMs },
});
const { world } = sandbox.sandbox;
const products = ["company", "directory", "employment", "benefits"];
const unknownId = "11111111-1111-4111-8111-111111111111";
const heard: Happened[] = [];
world.changes.listen((happened) => heard.push(happened));
beforeEach(() => void (heard.length = 0));

type Individual = Finch.HRIS.Benefits.IndividualEnrollManyParams.Individual;
type Configuration = NonNullable<Individual["configuration"]>;

const fixed = (amount: number): Configuration => ({ employee_deduction: { type: "fixed", amount } });

async function connect(
  provider_id = "gusto",
  type = "401k",
  frequency: "every_paycheck" | "one_time" = "every_paycheck",
) {
  const made = await createTestConnection(sandbox, { provider_id, products });
  const { individuals } = await made.client.hris.directory.list();
  const requests = individuals.map(({ id }) => ({ individual_id: id ?? "" }));
  const { responses } = await made.client.hris.employments.retrieveMany({ requests });
  const idsOf = (test: (body: Finch.HRIS.EmploymentData.UnionMember0) => boolean) =>
    responses.flatMap((row) =>
      row.body && "is_active" in row.body && test(row.body) ? [row.individual_id] : [],
    );
  const people = idsOf((body) => body.is_active === true && body.employment?.type === "employee");
  const contractors = idsOf((body) => body.employment?.type === "contractor");
  const gone = idsOf((body) => body.is_active === false && body.employment?.type === "employee");
  const wanted = { type: type as "401k", description: "Ours", frequency };
  const { benefit_id: id } = await made.client.hris.benefits.create(wanted);
  return { ...made, id, people, contractors, gone };
}
type Connected = Awaited<ReturnType<typeof connect>>;

const enroll = async ({ client, id }: Connected, individuals: Individual[]) =>
  (await client.hris.benefits.individuals.enrollMany(id, { individuals })).job_id;

async function finished({ client }: Connected, jobId: string) {
  world.clock.adjust({ advanceMs: 2 * minuteMs });
  return client.jobs.manual.retrieve(jobId);
}

/** Enrolls and waits for the end of the job: the codes of its items, in order. */
async function codesOf(at: Connected, individuals: Individual[]): Promise<number[]> {
  const job = await finished(at, await enroll(at, individuals));
  return (job.body ?? []).map((item) => (item as { code: number }).code);
}

const one = (individual_id = "", configuration = fixed(5_000)): Individual => ({
  individual_id,
  configuration,
});

describe("enrolling", () => {
  it("is a job that is pending, then in progress, then says 201 or 200 for each person", async () => {
    const at = await connect();
    const [first = "", second = ""] = at.people;
    await codesOf(at, [one(second)]);
    const job_id = await enroll(at, [one(first), one(second), one(unknownId)]);
    expect(await at.client.jobs.manual.retrieve(job_id)).toEqual({
      job_id,
      code: 202,
      status: "pending",
      body: null,
    });
    world.clock.adjust({ advanceMs: minuteMs });
    expect(await at.client.jobs.manual.retrieve(job_id)).toMatchObject({ code: 202, status: "in_progress" });
    expect(await finished(at, job_id)).toEqual({
      job_id,
      code: 207,
      status: "complete",
      body: [
        { individual_id: first, code: 201, message: expect.any(String) },
        { individual_id: second, code: 200, message: expect.any(String) },
        { individual_id: unknownId, code: 404, message: expect.any(String) },
      ],
    });
  });

  it("takes effect with the end of the job, and is told then", async () => {
    const at = await connect();
    const [person = ""] = at.people;
    await finished(at, await enroll(at, []));
    const before = await at.client.hris.benefits.individuals.enrolledIDs(at.id);
    heard.length = 0;
    const jobId = await enroll(at, [one(person)]);
    expect(await at.client.hris.benefits.individuals.enrolledIDs(at.id)).toEqual(before);
    expect(heard).toEqual([]);
    await finished(at, jobId);
    expect((await at.client.hris.benefits.individuals.enrolledIDs(at.id)).individual_ids).toEqual([person]);
    const { connection_id: connectionId, entity_id: entityId } = at.created;
    const change = { event: "job.benefit_enroll.completed", jobId };
    expect(heard).toEqual([{ connectionId, entityId, at: world.clock.now(), change }]);
  });

  it("overwrites everything that was agreed before", async () => {
    const at = await connect("gusto", "hsa_pre");
    const [person = ""] = at.people;
    const full: Configuration = {
      employee_deduction: { type: "percent", amount: 500 },
      company_contribution: { type: "tiered", tiers: [{ match: 5_000, threshold: 300 }] },
      annual_maximum: 400_000,
      annual_contribution_limit: "family",
      catch_up: true,
    };
    const readBack = async () => {
      const { items } = await at.client.hris.benefits.individuals.retrieveManyBenefits(at.id);
      return items;
    };
    await codesOf(at, [one(person, full)]);
    const { annual_contribution_limit: hsa_contribution_limit, ...rest } = full;
    const code = 200;
    expect(await readBack()).toEqual([
      { individual_id: person, code, body: { ...rest, hsa_contribution_limit } },
    ]);
    await codesOf(at, [one(person, fixed(1_000))]);
    const nothing = {
      company_contribution: null,
      annual_maximum: null,
      catch_up: null,
      hsa_contribution_limit: null,
    };
    expect(await readBack()).toEqual([
      { individual_id: person, code, body: { ...fixed(1_000), ...nothing } },
    ]);
  });

  it("works before the job that creates the deduction is over", async () => {
    const at = await connect();
    expect(await codesOf(at, [one(at.people[0])])).toEqual([201]);
  });

  it("is refused person by person where they left, are contractors, or agreed to nothing", async () => {
    const at = await connect();
    const [person = ""] = at.people;
    const codes = await codesOf(at, [one(at.gone[0]), one(at.contractors[0]), one(person, {}), one(person)]);
    expect(codes).toEqual([422, 422, 422, 201]);
  });

  it("of contractors only is refused at once", async () => {
    const at = await connect();
    const { status, body } = await failureOf(
      enroll(
        at,
        at.contractors.map((id) => one(id)),
      ),
    );
    expect([status, body["finch_code"]]).toEqual([422, "invalid_employee_enrollment"]);
  });

  it.each([
    ["annual_maximum", "justworks", "401k", { annual_maximum: 1 }],
    ["catch_up", "gusto", "commuter", { catch_up: true }],
    ["annual_contribution_limit", "gusto", "401k", { annual_contribution_limit: "family" }],
    ["annual_contribution_limit", "adp_run", "hsa_pre", { annual_contribution_limit: "family" }],
    [
      "tiered",
      "adp_run",
      "401k",
      { company_contribution: { type: "tiered", tiers: [{ match: 1, threshold: 1 }] } },
    ],
    ["percent", "gusto", "401k_loan", { employee_deduction: { type: "percent", amount: 1 } }],
    ["fixed", "gusto", "401k_loan", { company_contribution: { type: "fixed", amount: 1 } }],
    ["10000", "gusto", "401k", { employee_deduction: { type: "percent", amount: 10_001 } }],
    ["incomplete", "gusto", "401k", { employee_deduction: { type: "percent" } }],
  ] as const)("with %s at %s in %s is 422", async (word, provider, type, configuration) => {
    const at = await connect(provider, type);
    const { status, body } = await failureOf(enroll(at, [one(at.people[0], configuration as Configuration)]));
    expect([status, body["name"], body["finch_code"]]).toEqual([
      422,
      "unprocessable_request_error",
      "unprocessable_parameters",
    ]);
    expect(body["message"]).toContain(word);
  });

  it("answers a body that is no such list with 400 malformed_request", async () => {
    const at = await connect();
    const [person = ""] = at.people;
    const send = async (body: string) => {
      const headers = { Authorization: `Bearer ${at.token}`, "Content-Type": "application/json" };
      const url = `${sandbox.url}/employer/benefits/${at.id}/individuals`;
      const response = await fetch(url, { method: "POST", headers, body });
      return [response.status, await response.json()] as const;
    };
    const bodies: unknown[] = [
      { individuals: [one(person)] },
      [{ configuration: fixed(1) }],
      [one(person, { employee_deduction: { type: "share" } } as unknown as Configuration)],
      [one(person, { effective_date: "tomorrow" })],
      [one(person, fixed(1.5))],
      [person],
      "text",
    ];
    for (const text of [...bodies.map((body) => JSON.stringify(body)), "[{", ""]) {
      const [status, body] = await send(text);
      expect([text, status, body]).toMatchObject([
        text,
        400,
        { name: "bad_request_error", finch_code: "malformed_request" },
      ]);
    }
  });
});

describe("unenrolling", () => {
  it("ends enrollments, those of the start too, and says 404 for who has none", async () => {
    const at = await connect();
    const { items } = await at.client.hris.benefits.list();
    const medical = { ...at, id: items.find((row) => row.type === "s125_medical")?.benefit_id ?? "" };
    const enrolled = (await at.client.hris.benefits.individuals.enrolledIDs(medical.id)).individual_ids;
    const [first = "", ...others] = enrolled;
    const outside = at.people.find((id) => !enrolled.includes(id)) ?? "";
    const individual_ids = [first, outside, unknownId];
    const { job_id } = await at.client.hris.benefits.individuals.unenrollMany(medical.id, { individual_ids });
    expect(await finished(at, job_id)).toMatchObject({
      code: 207,
      body: [
        { individual_id: first, code: 200 },
        { individual_id: outside, code: 404 },
        { individual_id: unknownId, code: 404 },
      ],
    });
    expect((await at.client.hris.benefits.individuals.enrolledIDs(medical.id)).individual_ids).toEqual(
      others,
    );
    expect(await codesOf(medical, [one(first)])).toEqual([201]);
  });
});

describe("enrollments", () => {
  it("of some are 200, and 207 with the errors of those who have none", async () => {
    const at = await connect();
    const [person = "", other = ""] = at.people;
    await codesOf(at, [one(person)]);
    const ask = (individual_ids: string) =>
      at.client.hris.benefits.individuals.retrieveManyBenefits(at.id, { individual_ids }).asResponse();
    expect((await ask(person)).status).toBe(200);
    const mixed = await ask(`${person},${other},${unknownId}`);
    expect([mixed.status, await mixed.json()]).toMatchObject([
      207,
      [
        { individual_id: person, code: 200, body: { ...fixed(5_000), catch_up: null, annual_maximum: null } },
        {
          individual_id: other,
          code: 404,
          body: { name: "bad_request", finch_code: "enrollment_not_found" },
        },
        { individual_id: unknownId, code: 404, body: { finch_code: "individual_not_found" } },
      ],
    ]);
  });

  it("of everybody are those who are enrolled", async () => {
    const at = await connect();
    await codesOf(
      at,
      at.people.slice(0, 3).map((id) => one(id)),
    );
    const { items } = await at.client.hris.benefits.individuals.retrieveManyBenefits(at.id);
    expect(items.map((row) => row.individual_id)).toEqual(at.people.slice(0, 3));
  });
});

describe("jobs that go wrong on request", () => {
  it("leave out a person, who is not enrolled then, and the next job is whole again", async () => {
    const at = await connect();
    const [first = "", second = ""] = at.people;
    orderOutcome(world, { connectionId: at.created.connection_id, kind: "omit", individualId: second });
    const job = await finished(at, await enroll(at, [one(first), one(second)]));
    expect(job).toMatchObject({ code: 200, status: "complete", body: [{ individual_id: first, code: 201 }] });
    expect(await codesOf(at, [one(first), one(second)])).toEqual([200, 201]);
  });

  it("leave out a person who was enrolled all the same", async () => {
    const at = await connect();
    orderOutcome(world, { connectionId: at.created.connection_id, kind: "omit", applied: true });
    expect(await codesOf(at, [one(at.people[0])])).toEqual([]);
    const { individual_ids } = await at.client.hris.benefits.individuals.enrolledIDs(at.id);
    expect(individual_ids).toEqual([at.people[0]]);
  });

  it("are complete with 200 and 500 for every person", async () => {
    const at = await connect();
    orderOutcome(world, { connectionId: at.created.connection_id, kind: "every_item" });
    const job = await finished(
      at,
      await enroll(
        at,
        at.people.slice(0, 2).map((id) => one(id)),
      ),
    );
    expect(job).toMatchObject({ code: 200, status: "complete", body: [{ code: 500 }, { code: 500 }] });
    expect((await at.client.hris.benefits.individuals.enrolledIDs(at.id)).individual_ids).toEqual([]);
  });

  it("fail as a whole, and a deduction that was not made cannot be enrolled in", async () => {
    const at = await connect();
    orderOutcome(world, { connectionId: at.created.connection_id, kind: "job" });
    const wanted = { type: "403b", description: "Never", frequency: "every_paycheck" } as const;
    const made = await at.client.hris.benefits.create({ ...wanted });
    // The job of the other deduction is over first.
    orderOutcome(world, { connectionId: at.created.connection_id, kind: "job" });
    const job = await finished(at, made.job_id);
    expect(job).toMatchObject({ code: 500, status: "error", body: null });
    expect((await failureOf(at.client.hris.benefits.retrieve(made.benefit_id))).status).toBe(404);
    const { status } = await failureOf(enroll({ ...at, id: made.benefit_id }, [one(at.people[0])]));
    expect(status).toBe(422);
    const again = await at.client.hris.benefits.create({ ...wanted });
    expect(again.benefit_id).toBe(made.benefit_id);
    expect(await finished(at, again.job_id)).toMatchObject({ code: 200, status: "complete" });
    expect((await at.client.hris.benefits.retrieve(made.benefit_id)).description).toBe("Never");
  });

  it("fail while the connection is broken", async () => {
    const at = await connect();
    const jobId = await enroll(at, [one(at.people[0])]);
    await at.client.sandbox.connections.accounts.update({ connection_status: "reauth" });
    expect(await finished(at, jobId)).toMatchObject({ status: "error" });
  });
});

describe("deductions that people write", () => {
  async function connectAssisted() {
    const params = { provider_id: "onpay", authentication_type: "assisted" as const, products };
    const made = await createTestConnection(sandbox, params);
    await made.client.sandbox.connections.accounts.update({ connection_status: "connected" });
    const { individuals } = await made.client.hris.directory.list();
    const wanted = { type: "401k", description: "Ours", frequency: "every_paycheck" } as const;
    const { benefit_id: id } = await made.client.hris.benefits.register({ ...wanted });
    return { ...made, id, people: individuals.map((row) => row.id ?? ""), contractors: [], gone: [] };
  }

  it("take days, and keep a date that machines ignore", async () => {
    const at = await connectAssisted();
    const [person = ""] = at.people;
    const effective_date = "2031-05-01";
    const jobId = await enroll(at, [one(person, { ...fixed(5_000), effective_date })]);
    world.clock.adjust({ advanceMs: 3 * dayMs - minuteMs });
    expect((await at.client.jobs.manual.retrieve(jobId)).status).toBe("in_progress");
    expect((await finished(at, jobId)).status).toBe("complete");
    const dates = (benefitId: string) =>
      world.store.enrollments
        .where((row) => row.benefitId === benefitId)
        .flatMap((row) => row.versions.map((version) => version.effectiveDate));
    expect(dates(at.id)).toEqual([effective_date]);
    const automated = await connect();
    await codesOf(automated, [one(automated.people[0], { ...fixed(5_000), effective_date: "05/01/2031" })]);
    expect(dates(automated.id)).toEqual([null]);
  });

  it("are done at once when a sandbox job is enqueued", async () => {
    const at = await connectAssisted();
    const jobId = await enroll(at, [one(at.people[0])]);
    expect((await at.client.jobs.manual.retrieve(jobId)).status).toBe("pending");
    await at.client.sandbox.jobs.create({ type: "data_sync_all" });
    expect((await at.client.jobs.manual.retrieve(jobId)).status).toBe("complete");
  });
});

describe("manual jobs", () => {
  it("of another connection, automated ones and ids that are none are not found", async () => {
    const [at, other] = [await connect(), await connect()];
    const theirs = await enroll(other, []);
    const automated = (await at.client.jobs.automated.create({ type: "data_sync_all" })).job_id;
    for (const id of [theirs, automated, unknownId]) {
      const { status, body } = await failureOf(at.client.jobs.manual.retrieve(id));
      expect([status, body["finch_code"]]).toEqual([404, "item_not_found"]);
    }
    expect((await failureOf(at.client.jobs.manual.retrieve("no-id"))).status).toBe(400);
  });

  it("end in the order in which they were started", async () => {
    const at = await connect();
    const [person = ""] = at.people;
    for (const amount of [1, 2, 3]) await enroll(at, [one(person, fixed(amount))]);
    heard.length = 0;
    await finished(at, await enroll(at, [one(person, fixed(4))]));
    const { items } = await at.client.hris.benefits.individuals.retrieveManyBenefits(at.id);
    expect(items[0]?.body).toMatchObject(fixed(4));
    const ours = heard.filter((row) => row.connectionId === at.created.connection_id);
    expect(ours.map(({ change }) => change.event)).toEqual([
      "job.benefit_create.completed",
      ...Array.from({ length: 4 }, () => "job.benefit_enroll.completed"),
    ]);
  });
});
