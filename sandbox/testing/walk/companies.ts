import type { Sandbox } from "@/sandbox/app";
import { defaultClient } from "@/sandbox/options";
import { isObject, type Json } from "@/sandbox/testing/finch-schema";
import type { Judge } from "@/sandbox/testing/walk/judge";
import { Walker } from "@/sandbox/testing/walk/walker";

export const basicAuthorization = `Basic ${btoa(`${defaultClient.id}:${defaultClient.secret}`)}`;

/** A kind of connection that the walk visits, and what Finch's provider table says about its provider. */
export interface Kind {
  name: string;
  provider_id: string;
  authentication_type: "credential" | "oauth" | "api_token" | "assisted";
  /** Products that the provider lacks: 501. */
  lacks: readonly string[];
  /** Whether deductions are made by people at Finch, so that they are registered, not created. */
  assistedDeductions: boolean;
  entities: number;
  /** Whether Finch forwards requests to the provider with this way of signing in. */
  forwards: boolean;
}

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
    provider_id: "bamboo_hr",
    authentication_type: "oauth",
    lacks: ["payment", "pay_statement", "documents"],
    assistedDeductions: true,
    entities: 1,
    forwards: true,
  },
  {
    name: "assisted",
    provider_id: "onpay",
    authentication_type: "assisted",
    lacks: ["documents"],
    assistedDeductions: true,
    entities: 1,
    forwards: false,
  },
  {
    name: "limited payroll",
    provider_id: "square_payroll",
    authentication_type: "oauth",
    lacks: ["documents"],
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

/** A connection under the walk, with the ids that later requests need. */
export interface Company {
  kind: Kind;
  walker: Walker;
  token: string;
  facts: Record<string, string>;
}

export const textAt = (body: Json, ...path: (string | number)[]): string => {
  let node: Json | undefined = body;
  for (const step of path) {
    if (Array.isArray(node) && typeof step === "number") node = node[step];
    else if (isObject(node) && typeof step === "string") node = node[step];
    else return "";
  }
  return typeof node === "string" ? node : "";
};

/** Creates a connection through the API, as any client would. */
export async function createCompany(
  sandbox: Sandbox,
  judge: Judge,
  kind: Kind,
  products: readonly string[] = everyProduct,
): Promise<Company> {
  const office = new Walker(sandbox, judge, basicAuthorization, kind.name);
  const { provider_id, authentication_type } = kind;
  const { body } = await office.expect(200, {
    operation: "POST /sandbox/connections",
    note: "a new connection",
    body: { provider_id, authentication_type, products: [...products], employee_size: 12 },
  });
  const token = textAt(body, "access_token");
  const facts = {
    connection: textAt(body, "connection_id"),
    company: textAt(body, "company_id"),
    entity: textAt(body, "entity_id"),
    provider: provider_id,
  };
  return { kind, token, facts, walker: new Walker(sandbox, judge, `Bearer ${token}`, kind.name) };
}
