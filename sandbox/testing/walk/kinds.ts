/** A kind of connection that the walk visits, and what Finch's provider table says about its provider. */
export interface Kind {
  name: string;
  provider_id: string;
  authentication_type: "credential" | "oauth" | "api_token" | "assisted";
  /** Products and operations that the provider lacks: 501. */
  lacks: readonly string[];
  /** Whether deductions are made by people at Finch, so that they are only written. */
  assistedDeductions: boolean;
  entities: number;
  /** Whether Finch forwards requests to the provider with this way of signing in. */
  forwards: boolean;
}

const payGroups = ["GET /employer/pay-groups", "GET /employer/pay-groups/{pay_group_id}"];

export const kinds: Kind[] = [
  {
    name: "automated",
    provider_id: "adp_run",
    authentication_type: "credential",
    lacks: [],
    assistedDeductions: false,
    entities: 1,
    forwards: false,
  },
  {
    name: "HRIS only",
    provider_id: "rippling",
    authentication_type: "oauth",
    lacks: [
      "payment",
      "pay_statement",
      "benefits",
      "documents",
      "plans",
      "plans_enrollments",
      "plans_dependents",
    ],
    assistedDeductions: false,
    entities: 1,
    forwards: true,
  },
  {
    name: "assisted",
    provider_id: "onpay",
    authentication_type: "assisted",
    lacks: ["documents", ...payGroups],
    assistedDeductions: true,
    entities: 1,
    forwards: false,
  },
  {
    name: "limited payroll",
    provider_id: "square_payroll",
    authentication_type: "oauth",
    lacks: ["documents", ...payGroups],
    assistedDeductions: true,
    entities: 1,
    forwards: false,
  },
  {
    name: "multi-entity",
    provider_id: "gusto",
    authentication_type: "oauth",
    lacks: ["documents"],
    assistedDeductions: false,
    entities: 2,
    forwards: true,
  },
];

export const everyProduct = [
  "company",
  "directory",
  "individual",
  "ssn",
  "employment",
  "payment",
  "pay_statement",
  "benefits",
  "documents",
  "plans",
  "plans_enrollments",
  "plans_dependents",
];
