import { operations } from "@/sandbox/operations";
import type { Json } from "@/sandbox/testing/finch-schema";
import { textAt } from "@/sandbox/testing/walk/companies";
import type { Kind } from "@/sandbox/testing/walk/kinds";
import { payrollStops } from "@/sandbox/testing/walk/stops-payroll";
import { deductionStops } from "@/sandbox/testing/walk/stops-deductions";
import { nobody, type Facts, type Stop } from "@/sandbox/testing/walk/stop";
import { sandboxStops } from "@/sandbox/testing/walk/stops-sandbox";

const people = ({ individual = "", colleague = "" }: Facts): Json => [
  { individual_id: individual },
  { individual_id: colleague },
  { individual_id: nobody },
];

const organizationStops: Stop[] = [
  { operation: "GET /introspect", note: "health" },
  { operation: "GET /employer/company", note: "company" },
  {
    operation: "GET /employer/directory",
    note: "the first page",
    send: () => ({ query: { limit: "5", offset: "0" } }),
    keep: (body) => ({
      individual: textAt(body, "individuals", 0, "id"),
      colleague: textAt(body, "individuals", 1, "id"),
    }),
  },
  {
    operation: "GET /employer/directory",
    note: "a page behind the last",
    send: () => ({ query: { offset: "1000" } }),
  },
  {
    operation: "POST /employer/individual",
    note: "two people and nobody",
    send: (facts) => ({ body: { requests: people(facts), options: { include: ["ssn"] } } }),
  },
  { operation: "POST /employer/individual", note: "no one", send: () => ({ body: { requests: [] } }) },
  {
    operation: "POST /employer/employment",
    note: "two people and nobody",
    send: (facts) => ({ body: { requests: people(facts) } }),
  },
];

const planStops: Stop[] = [
  {
    operation: "GET /employer/plans",
    note: "the first two",
    send: () => ({ query: { plan_type: "medical", limit: "2", offset: "0" } }),
    keep: (body) => ({ plan: textAt(body, "plans", 0, "id") }),
  },
  {
    operation: "GET /employer/plans/{plan_id}",
    note: "one plan",
    send: ({ plan = "" }) => ({ params: { plan_id: plan } }),
  },
  {
    operation: "GET /employer/plans-enrollments",
    note: "the first two",
    send: () => ({ query: { limit: "2", offset: "0" } }),
    keep: (body) => ({ enrollment: textAt(body, "enrollments", 0, "id") }),
  },
  {
    operation: "POST /employer/plans-enrollments",
    note: "one and an unknown one",
    send: ({ enrollment = "" }) => ({
      body: { requests: [{ enrollment_id: enrollment }, { enrollment_id: nobody }] },
    }),
  },
  {
    operation: "GET /employer/plans-dependents",
    note: "the first two, with SSN",
    send: () => ({ query: { limit: "2", offset: "0", include: "ssn" } }),
    keep: (body) => ({ dependent: textAt(body, "dependents", 0, "id") }),
  },
  {
    operation: "POST /employer/plans-dependents",
    note: "one and an unknown one",
    send: ({ dependent = "" }) => ({
      body: {
        requests: [{ dependent_id: dependent }, { dependent_id: nobody }],
        options: { include: ["ssn"] },
      },
    }),
  },
];

/** What ends a connection, for requests that must not. */
export const lastStops: Stop[] = [
  {
    operation: "POST /disconnect-entity",
    note: "an entity",
    send: ({ entity = "" }) => ({ body: { entity_ids: [entity] } }),
  },
  { operation: "POST /disconnect", note: "the connection" },
];

/** Good requests for every other Bearer operation, in an order in which each finds its ids. */
export const stops: Stop[] = [
  ...organizationStops,
  ...payrollStops,
  ...deductionStops,
  ...planStops,
  ...sandboxStops,
];

/** Rules are kept by Finch: they need neither the provider nor a sync. */
export const isRule = (operation: string) => operation.includes("/pay-statement-item/rule");

/** The status that Finch's reference gives for a good request. */
export function wantedStatus({ operation, status }: Stop, kind: Kind): number {
  const product = operations.find(({ id }) => id === operation)?.product;
  const lacks = kind.lacks.includes(operation) || (product && kind.lacks.includes(product));
  if (lacks && !isRule(operation)) return 501;
  return (typeof status === "function" ? status(kind) : status) ?? 200;
}
