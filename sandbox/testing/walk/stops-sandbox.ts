import { textAt } from "@/sandbox/testing/walk/companies";
import type { Kind } from "@/sandbox/testing/walk/kinds";
import type { Stop } from "@/sandbox/testing/walk/stop";

const assisted = ({ authentication_type }: Kind) => authentication_type === "assisted";
const person = ({ individual = "" }: Record<string, string>) => ({ individual_id: individual });

const company = {
  legal_name: "Acme, Inc.",
  entity: { type: "corporation", subtype: "s_corporation" },
  primary_email: "office@example.com",
  primary_phone_number: "+12025550123",
  departments: [{ name: "Engineering", parent: null }],
  ein: "12-3456789",
  locations: [
    { line1: "1 Main St", line2: null, city: "Boise", state: "ID", postal_code: "83702", country: "US" },
  ],
  accounts: [],
};

const documentStops: Stop[] = [
  {
    operation: "POST /jobs/automated",
    note: "a W-4 sync",
    status: (kind: Kind) => (assisted(kind) ? 400 : kind.lacks.includes("documents") ? 501 : 201),
    send: ({ individual = "" }) => ({
      body: { type: "w4_form_employee_sync", params: { individual_id: individual } },
    }),
  },
  {
    operation: "GET /employer/documents",
    note: "the first two",
    send: ({ individual = "" }) => ({
      query: { limit: "2", offset: "0", individual_ids: individual, types: "w4_2020,w4_2005" },
    }),
    keep: (body) => ({ document: textAt(body, "documents", 0, "id") }),
  },
  {
    operation: "GET /employer/documents/{document_id}",
    note: "one",
    send: ({ document = "" }) => ({ params: { document_id: document } }),
  },
];

const jobStops: Stop[] = [
  {
    operation: "GET /jobs/automated",
    note: "the newest",
    send: () => ({ query: { limit: "3", offset: "0" } }),
  },
  {
    operation: "POST /jobs/automated",
    note: "a data sync",
    status: (kind: Kind) => (assisted(kind) ? 400 : 201),
    send: () => ({ body: { type: "data_sync_all" } }),
    keep: (body) => ({ automatedJob: textAt(body, "job_id") }),
  },
  {
    operation: "GET /jobs/automated/{job_id}",
    note: "one",
    status: (kind: Kind) => (assisted(kind) ? 404 : 200),
    send: ({ automatedJob = "" }) => ({ params: { job_id: automatedJob } }),
  },
  { operation: "GET /sandbox/jobs/configuration", note: "all" },
  {
    operation: "PUT /sandbox/jobs/configuration",
    note: "as it is",
    send: () => ({ body: { type: "data_sync_all", completion_status: "complete" } }),
  },
  { operation: "POST /sandbox/jobs", note: "a data sync", send: () => ({ body: { type: "data_sync_all" } }) },
];

const writeStops: Stop[] = [
  { operation: "PUT /sandbox/company", note: "all of it", send: () => ({ body: company }) },
  {
    operation: "POST /sandbox/directory",
    note: "two people",
    send: () => ({
      body: [
        { first_name: "Ada", last_name: "New", employment: { type: "employee", subtype: "full_time" } },
        {},
      ],
    }),
  },
  {
    operation: "PUT /sandbox/individual/{individual_id}",
    note: "a name and an address",
    send: (facts) => ({
      params: person(facts),
      body: { first_name: "Ada", gender: "female", emails: [{ data: "ada@example.com", type: "work" }] },
    }),
  },
  {
    operation: "PUT /sandbox/employment/{individual_id}",
    note: "a raise",
    send: (facts) => ({
      params: person(facts),
      body: {
        title: "Engineer",
        is_active: true,
        income: { unit: "yearly", amount: 9_000_000, currency: "usd", effective_date: "2026-01-01" },
      },
    }),
  },
  { operation: "POST /sandbox/payment", note: "with defaults", send: () => ({ body: {} }) },
  {
    operation: "POST /sandbox/payment",
    note: "one statement",
    send: ({ individual = "", from = "", to = "" }) => ({
      body: {
        start_date: from,
        end_date: to,
        pay_statements: [
          {
            individual_id: individual,
            type: "off_cycle_payroll",
            payment_method: "check",
            total_hours: 8,
            gross_pay: 100_000,
            net_pay: 70_000,
            earnings: [{ amount: 100_000, hours: 8, name: "Bonus", type: "bonus" }],
            taxes: [{ amount: 20_000, name: "Federal", employer: false, type: "federal" }],
            employee_deductions: [{ amount: 10_000, name: "401k", pre_tax: true, type: "401k" }],
            employer_contributions: [{ amount: 5_000, name: "Match", type: "401k" }],
          },
        ],
      },
    }),
  },
];

export const sandboxStops: Stop[] = [
  {
    operation: "POST /forward",
    note: "the company at the provider",
    status: ({ forwards }: Kind) => (forwards ? 200 : 501),
    send: ({ route = "/company" }) => ({
      body: { method: "GET", route, params: null, data: null, request_headers: null },
    }),
  },
  ...documentStops,
  ...jobStops,
  ...writeStops,
  {
    operation: "PUT /sandbox/connections/accounts",
    note: "connected",
    send: () => ({ body: { connection_status: "connected" } }),
  },
];
