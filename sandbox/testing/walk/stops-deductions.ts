import { textAt, type Kind } from "@/sandbox/testing/walk/companies";
import { nobody, type Stop } from "@/sandbox/testing/walk/stop";

const benefit = "/employer/benefits/{benefit_id}";
const atBenefit = (facts: Record<string, string>) => ({ benefit_id: facts["benefit"] ?? "" });
const configuration = {
  employee_deduction: { type: "fixed", amount: 5_000 },
  company_contribution: { type: "fixed", amount: 2_500 },
  annual_maximum: null,
  catch_up: false,
};

export const deductionStops: Stop[] = [
  {
    operation: "POST /employer/benefits",
    note: "a 401(k)",
    status: (kind: Kind) => (kind.assistedDeductions ? 400 : 201),
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
  { operation: "GET /employer/benefits", note: "all" },
  { operation: "GET /employer/benefits/meta", note: "features" },
  { operation: `GET ${benefit}`, note: "one", send: (facts) => ({ params: atBenefit(facts) }) },
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
  { operation: `GET ${benefit}/enrolled`, note: "ids", send: (facts) => ({ params: atBenefit(facts) }) },
  { operation: `GET ${benefit}/individuals`, note: "all", send: (facts) => ({ params: atBenefit(facts) }) },
  {
    operation: `GET ${benefit}/individuals`,
    note: "one and nobody",
    status: 207,
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
    send: ({ manualJob = "" }) => ({ params: { job_id: manualJob } }),
  },
];
