import { textAt } from "@/sandbox/testing/walk/companies";
import type { Kind } from "@/sandbox/testing/walk/kinds";
import { nobody, type Stop } from "@/sandbox/testing/walk/stop";

const benefit = "/employer/benefits/{benefit_id}";
const atBenefit = (facts: Record<string, string>) => ({ benefit_id: facts["benefit"] ?? "" });
const configuration = {
  employee_deduction: { type: "fixed", amount: 5_000 },
  company_contribution: { type: "fixed", amount: 2_500 },
  annual_maximum: null,
  catch_up: false,
};

const isRead = ({ assistedDeductions }: Kind) => (assistedDeductions ? 501 : 200);
const isPartlyRead = ({ assistedDeductions }: Kind) => (assistedDeductions ? 501 : 207);

export const deductionStops: Stop[] = [
  {
    operation: "POST /employer/benefits",
    note: "a 401(k)",
    status: 201,
    send: () => ({ body: { type: "401k", description: "Retirement", frequency: "every_paycheck" } }),
    keep: (body) => ({ benefit: textAt(body, "benefit_id"), manualJob: textAt(body, "job_id") }),
  },
  {
    operation: "POST /employer/benefits/register",
    note: "a 401(k)",
    status: (kind: Kind) => (kind.assistedDeductions ? 201 : 400),
    send: () => ({ body: { type: "401k", description: "Retirement", frequency: "every_paycheck" } }),
    keep: (body) => ({ benefit: textAt(body, "benefit_id"), manualJob: textAt(body, "job_id") }),
  },
  {
    operation: "POST /employer/benefits/register",
    note: "a type that assisted providers lack",
    status: ({ assistedDeductions }: Kind) => (assistedDeductions ? 422 : 400),
    send: () => ({ body: { type: "457_roth", description: "Roth", frequency: "every_paycheck" } }),
  },
  { operation: "GET /employer/benefits", status: isRead, note: "all" },
  {
    operation: "POST /employer/benefits",
    note: "a match that most providers lack",
    status: ({ provider_id }: Kind) => (provider_id === "gusto" ? 201 : 422),
    send: () => ({
      body: {
        type: "s125_medical",
        description: "Health",
        frequency: "every_paycheck",
        company_contribution: { type: "match", tiers: [{ match: 5_000, threshold: 300 }] },
      },
    }),
  },
  { operation: "GET /employer/benefits/meta", note: "features" },
  {
    operation: `GET ${benefit}`,
    status: isRead,
    note: "one",
    send: (facts) => ({ params: atBenefit(facts) }),
  },
  {
    operation: `POST ${benefit}`,
    note: "a new description",
    send: (facts) => ({ params: atBenefit(facts), body: { description: "Savings" } }),
  },
  {
    operation: `POST ${benefit}/individuals`,
    note: "one person",
    send: (facts) => ({
      params: atBenefit(facts),
      body: [{ individual_id: facts["individual"] ?? "", configuration }],
    }),
  },
  {
    operation: `GET ${benefit}/enrolled`,
    status: isRead,
    note: "ids",
    send: (facts) => ({ params: atBenefit(facts) }),
  },
  {
    operation: `GET ${benefit}/individuals`,
    status: isRead,
    note: "all",
    send: (facts) => ({ params: atBenefit(facts) }),
  },
  {
    operation: `GET ${benefit}/individuals`,
    note: "one and nobody",
    status: isPartlyRead,
    send: (facts) => ({
      params: atBenefit(facts),
      query: { individual_ids: `${facts["individual"] ?? ""},${nobody}` },
    }),
  },
  {
    operation: `DELETE ${benefit}/individuals`,
    note: "one person",
    send: (facts) => ({ params: atBenefit(facts), body: { individual_ids: [facts["individual"] ?? ""] } }),
  },
  {
    operation: "GET /jobs/manual/{job_id}",
    note: "the job of a deduction",
    status: ({ lacks }: Kind) => (lacks.includes("benefits") ? 404 : 200),
    send: ({ manualJob = "" }) => ({ params: { job_id: manualJob } }),
  },
];
