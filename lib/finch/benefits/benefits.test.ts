import { beforeAll, describe, expect, it } from "vitest";
import type { RunningSandbox } from "@/sandbox/server";
import { connectDeductions, fixed, one, type Deductions } from "@/sandbox/testing/deductions";
import type { FinchToken } from "../caller";
import { tokenOf, useFinch } from "../testing";
import type { FinchItem } from "../types";
import { listBenefits } from "./calls";
import { streamEnrollments } from "./stream";
import type { FinchEnrollment } from "./types";

const world = useFinch();
const { caller } = world;
const scope = { entityId: "" };
let made: Deductions;
let token: FinchToken;

beforeAll(async () => {
  const sandbox: RunningSandbox = world.sandbox();
  made = await connectDeductions(sandbox);
  token = tokenOf(made.token);
});

async function readEnrollments(benefitId: string) {
  const items: FinchItem<FinchEnrollment>[] = [];
  const outcome = await streamEnrollments(caller, token, { ...scope, benefitId }, async (chunk) => {
    items.push(...chunk);
  });
  return { items, outcome };
}

describe("benefits", () => {
  it("are what the SDK reads, the company's match as it came", async () => {
    const outcome = await listBenefits(caller, token, scope);
    if (outcome.kind !== "ok") throw new Error(outcome.kind);
    const { items } = await made.client.hris.benefits.list();
    expect(outcome.data.map(({ raw }) => raw)).toEqual(items);
    expect(
      outcome.data.map(({ id, type, description, frequency, companyContribution }) => ({
        benefit_id: id,
        type,
        description,
        frequency,
        company_contribution: companyContribution,
      })),
    ).toEqual(items.map((benefit) => ({ company_contribution: null, ...benefit })));
  });

  it.each(["nulls", "unknown_enums", "unknown_keys"])(
    "can be read whatever a new version does: %s",
    async (kind) => {
      await world.fault({ kind });
      expect((await listBenefits(caller, token, scope)).kind).toBe("ok");
      await world.fault({ kind });
      expect((await readEnrollments(made.id)).outcome.kind).toBe("ok");
    },
  );
});

describe("enrollments", () => {
  it("are those of everyone who is enrolled, as the SDK reads them", async () => {
    const [first, second] = made.people;
    await made.client.hris.benefits.individuals.enrollMany(made.id, {
      individuals: [
        one(first, { ...fixed(12_345), annual_maximum: 50_000, catch_up: true }),
        one(second, { employee_deduction: { type: "percent", amount: 10_000 } }),
      ],
    });
    const { items, outcome } = await readEnrollments(made.id);
    const listed = (await made.client.hris.benefits.individuals.retrieveManyBenefits(made.id)).items;
    expect(outcome).toMatchObject({ kind: "ok", data: { items: listed.length, unreadable: 0 } });
    expect(items.map((item) => [item.individualId, item.kind === "ok" && item.data.raw])).toEqual(
      listed.map((item) => [item.individual_id, item.body]),
    );
    expect(items.find(({ individualId }) => individualId === first)).toMatchObject({
      kind: "ok",
      data: {
        employeeDeduction: { type: "fixed", amount: 12_345 },
        annualMaximumCents: 50_000n,
        catchUp: true,
      },
    });
    expect(items.find(({ individualId }) => individualId === second)).toMatchObject({
      data: { employeeDeduction: { type: "percent", amount: 10_000 } },
    });
    expect(caller.records.at(-1)?.endpoint).toBe("GET /employer/benefits/{benefit_id}/individuals");
  });

  it("of a benefit that Finch does not know are not found", async () => {
    const { outcome } = await readEnrollments(crypto.randomUUID());
    expect(outcome).toMatchObject({ kind: "not_found", finchCode: "benefit_not_found" });
  });

  it.each([
    ["truncated", "timeout"],
    ["malformed", "malformed"],
    ["pending", "pending"],
  ])("end as they should when the answer is %s", async (kind, outcome) => {
    await world.fault({ kind });
    expect((await readEnrollments(made.id)).outcome.kind).toBe(outcome);
  });
});
