import type Finch from "@tryfinch/finch-api";

/**
 * Everything that Finch would answer now for one connection, asked with plain requests: nothing of the product's own
 * reading stands between Finch and what the mirror is compared with.
 */

export type Money = Finch.HRIS.Payment["gross_pay"];
export type Statement = Finch.HRIS.PayStatement;
export type Income = Finch.Income;

interface Contact {
  data: string | null;
  type: string | null;
}

export interface PersonBody extends Omit<
  Finch.HRIS.IndividualResponse["body"] & object,
  "emails" | "phone_numbers"
> {
  preferred_name: string | null;
  emails?: Contact[] | null;
  phone_numbers: (Contact | null)[] | null;
  gender: string | null;
  ethnicity: string | null;
  marital_status: string | null;
  dob: string | null;
  residence: Finch.Location | null;
  ssn?: string | null;
  encrypted_ssn?: string | null;
}

export interface JobBody {
  title: string | null;
  manager: { id: string } | null;
  department: { name: string | null } | null;
  employment: { type: string | null; subtype: string | null } | null;
  employment_status: string | null;
  start_date: string | null;
  end_date: string | null;
  latest_rehire_date: string | null;
  is_active: boolean | null;
  flsa_status: string | null;
  class_code: string | null;
  union_code: string | null;
  union_local: string | null;
  highly_compensated_employee: boolean | null;
  key_employee: boolean | null;
  location: Finch.Location | null;
  income?: Income | null;
  income_history?: (Income | null)[] | null;
  custom_fields?: { name: string | null; value?: unknown }[] | null;
  source_id?: string | null;
}

export interface PayGroup {
  id: string;
  name: string | null;
  pay_frequencies: string[] | null;
  individual_ids: string[] | null;
}

export interface LineItem {
  name: string | null;
  category: string | null;
  attributes: {
    type: string | null;
    pre_tax: boolean | null;
    employer: boolean | null;
    metadata: unknown;
  } | null;
}

export interface Rule {
  id: string;
  priority: number | null;
  conditions: unknown;
  attributes: unknown;
  effective_start_date: string | null;
  effective_end_date: string | null;
  created_at: string | null;
  updated_at: string | null;
}

export interface Benefit {
  benefit_id: string;
  type: string | null;
  description: string | null;
  frequency: string | null;
  company_contribution?: unknown;
}

export interface Enrollment {
  individual_id: string;
  code: number;
  body: {
    employee_deduction: unknown;
    company_contribution: unknown;
    annual_maximum: number | null;
    catch_up: boolean | null;
    hsa_contribution_limit?: string | null;
  };
}

export interface FinchDocument {
  id: string;
  individual_id: string | null;
  type: string | null;
  year: number | null;
}

export interface FinchJob {
  job_id: string;
  type: string;
  status: string;
  created_at: string | null;
  scheduled_at: string | null;
  started_at: string | null;
  completed_at: string | null;
}

export interface Introspection {
  connection_id: string;
  products: string[];
  username: string | null;
  connection_status: { status: string };
  authentication_methods: { type: string }[];
  entities?: { id: string; name: string | null; source_id: string | null; status: string }[];
}

export type Company = Finch.HRIS.Company;
export type Payment = Finch.HRIS.Payment;

/** What one entity gives; null for what its provider does not offer or the token does not grant. */
export interface EntityAnswers {
  /** '' where the connection has a single entity. */
  entityId: string;
  company: Company | null;
  directory: Finch.HRIS.IndividualInDirectory[] | null;
  individuals: Map<string, PersonBody> | null;
  employments: Map<string, JobBody> | null;
  payGroups: PayGroup[] | null;
  payments: Payment[] | null;
  /** By payment. */
  statements: Map<string, Statement[]> | null;
  items: LineItem[] | null;
  rules: Rule[] | null;
  benefits: { benefit: Benefit; enrolled: Enrollment[] }[] | null;
  documents: { document: FinchDocument; content: unknown }[] | null;
}

export interface Answers {
  introspection: Introspection;
  /** Null for a connection that people work for: Finch has no automated jobs of it. */
  jobs: FinchJob[] | null;
  entities: EntityAnswers[];
}

/** Where to ask. */
export interface Place {
  url: string;
  token: string;
  /** Payments from … to (YYYY-MM-DD, both included). */
  from: string;
  to: string;
}

export class Refused extends Error {
  constructor(
    readonly status: number,
    what: string,
    readonly code: string | null,
  ) {
    super(`${what} answered ${status} ${code ?? ""}`);
  }
}

/** Answers in which something is still missing: the history has not come to rest. */
export class NotAtRest extends Error {}

interface Query {
  entityId: string;
  body?: unknown;
}

/** One connection's door. */
export class Asker {
  constructor(private readonly place: Place) {}

  async ask<T>(path: string, { entityId, body }: Query = { entityId: "" }): Promise<T> {
    const url = new URL(path, this.place.url);
    if (entityId !== "") url.searchParams.append("entity_ids", entityId);
    const response = await fetch(url, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `Bearer ${this.place.token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T & { finch_code?: string };
    if (response.status === 202) throw new NotAtRest(`${path} answered 202`);
    if (!response.ok) throw new Refused(response.status, path, answer.finch_code ?? null);
    return answer;
  }

  /** Null where the provider does not offer it. */
  async askIfOffered<T>(path: string, query: Query): Promise<T | null> {
    try {
      return await this.ask<T>(path, query);
    } catch (error) {
      if (error instanceof Refused && error.status === 501) return null;
      throw error;
    }
  }
}
