import { describe, expect, it } from "vitest";
import {
  codesOf,
  connectDeductions,
  enroll,
  enrolledIds,
  finished,
  fixed,
  automatedMs,
  one,
  type Configuration,
} from "@/sandbox/testing/deductions";
import { failureOf, startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox({
  initialSyncMs: 0,
  autoSync: false,
  benefitJobMs: { automated: automatedMs, assisted: automatedMs },
});
const unknownId = "11111111-1111-4111-8111-111111111111";

describe("enrolling", () => {
  it("overwrites everything that was agreed before", async () => {
    const at = await connectDeductions(sandbox, "gusto", "hsa_pre");
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
    await codesOf(sandbox, at, [one(person, full)]);
    const { annual_contribution_limit: hsa_contribution_limit, ...rest } = full;
    const code = 200;
    expect(await readBack()).toEqual([
      { individual_id: person, code, body: { ...rest, hsa_contribution_limit } },
    ]);
    await codesOf(sandbox, at, [one(person, fixed(1_000))]);
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
    const at = await connectDeductions(sandbox);
    expect(await codesOf(sandbox, at, [one(at.people[0])])).toEqual([201]);
  });

  it("is refused person by person where they left, are contractors, or agreed to nothing", async () => {
    const at = await connectDeductions(sandbox);
    const [person = ""] = at.people;
    const codes = await codesOf(sandbox, at, [
      one(at.gone[0]),
      one(at.contractors[0]),
      one(person, {}),
      one(person),
    ]);
    expect(codes).toEqual([422, 422, 422, 201]);
  });

  it("with a company contribution of nothing is taken where there can be none", async () => {
    const at = await connectDeductions(sandbox, "gusto", "401k_loan");
    const configuration = { ...fixed(5_000), company_contribution: { type: "fixed", amount: 0 } } as const;
    expect(await codesOf(sandbox, at, [one(at.people[0], configuration)])).toEqual([201]);
  });

  it("of contractors only is refused at once", async () => {
    const at = await connectDeductions(sandbox);
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
    const at = await connectDeductions(sandbox, provider, type);
    const { status, body } = await failureOf(enroll(at, [one(at.people[0], configuration as Configuration)]));
    expect([status, body["name"], body["finch_code"]]).toEqual([
      422,
      "unprocessable_request_error",
      "unprocessable_parameters",
    ]);
    expect(body["message"]).toContain(word);
  });

  it("answers a body that is no such list with 400 malformed_request", async () => {
    const at = await connectDeductions(sandbox);
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
      [{ individual_id: person, configuration: { employee_deduction: { type: "share" } } }],
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
    const at = await connectDeductions(sandbox);
    const { items } = await at.client.hris.benefits.list();
    const medical = { ...at, id: items.find((row) => row.type === "s125_medical")?.benefit_id ?? "" };
    const enrolled = await enrolledIds(medical);
    const [first = "", ...others] = enrolled;
    const outside = at.people.find((id) => !enrolled.includes(id)) ?? "";
    const individual_ids = [first, outside, unknownId];
    const { job_id } = await at.client.hris.benefits.individuals.unenrollMany(medical.id, { individual_ids });
    expect(await finished(sandbox, at, job_id)).toMatchObject({
      code: 207,
      body: [
        { individual_id: first, code: 200 },
        { individual_id: outside, code: 404, message: "Enrollment not found" },
        { individual_id: unknownId, code: 404, message: "Individual not found" },
      ],
    });
    expect(await enrolledIds(medical)).toEqual(others);
    expect(await codesOf(sandbox, medical, [one(first)])).toEqual([201]);
  });
});

describe("enrollments", () => {
  it("of some are 200, and 207 with the errors of those who have none", async () => {
    const at = await connectDeductions(sandbox);
    const [person = "", other = ""] = at.people;
    await codesOf(sandbox, at, [one(person)]);
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

  it("from the start are of those who work there, asked for one by one or together", async () => {
    const at = await connectDeductions(sandbox);
    expect(at.gone.length).toBeGreaterThan(0);
    const everybody = [...at.people, ...at.contractors, ...at.gone];
    const counts: number[] = [];
    for (const { benefit_id } of (await at.client.hris.benefits.list()).items) {
      const query = { individual_ids: everybody.join(",") };
      const { items } = await at.client.hris.benefits.individuals.retrieveManyBenefits(benefit_id, query);
      const enrolled = items.filter((row) => row.code === 200).map((row) => row.individual_id);
      expect(enrolled.filter((id) => !at.people.includes(id))).toEqual([]);
      expect(new Set(enrolled)).toEqual(new Set(await enrolledIds({ ...at, id: benefit_id })));
      counts.push(enrolled.length);
    }
    expect(Math.max(...counts)).toBeGreaterThan(4);
  });

  it("of everybody are those who are enrolled", async () => {
    const at = await connectDeductions(sandbox);
    await codesOf(
      sandbox,
      at,
      at.people.slice(0, 3).map((id) => one(id)),
    );
    const { items } = await at.client.hris.benefits.individuals.retrieveManyBenefits(at.id);
    expect(items.map((row) => row.individual_id)).toEqual(at.people.slice(0, 3));
  });
});
