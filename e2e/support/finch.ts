import { loadSecrets } from "@/scripts/lib/secrets";
import { runningCopy } from "@/e2e/fixtures/copy";
import { CustomerVault, keyringProvider } from "@/lib/crypto";
import { database } from "./database";

/** The access tokens that a customer's connections hold, opened: for asking the sandbox and for the canary. */
export async function openTokens(customerId: string): Promise<{ connectionId: string; token: string }[]> {
  const sql = database();
  const keys = await sql<{ id: string; wrapped: string; keyringId: string; retiredAt: Date | null }[]>`
    select id, wrapped, keyring_id as "keyringId", retired_at as "retiredAt" from data_keys
    where customer_id = ${customerId} order by created_at, id`;
  if (keys.length === 0) return [];
  const provider = keyringProvider(loadSecrets(runningCopy().dataDir).tokenEncryptionKeys);
  const vault = await CustomerVault.open(provider, "sandbox", customerId, keys);
  const rows = await sql<{ id: string; connectionId: string; ciphertext: string; keyId: string }[]>`
    select id, connection_id as "connectionId", ciphertext, key_id as "keyId" from access_tokens
    where customer_id = ${customerId} and ciphertext is not null order by created_at`;
  return rows.map(({ id, connectionId, ciphertext, keyId }) => ({
    connectionId,
    token: vault
      .open({ table: "access_tokens", column: "ciphertext", rowId: id }, { ciphertext, keyId })
      .reveal(),
  }));
}

export async function currentToken(customerId: string): Promise<string> {
  const token = (await openTokens(customerId)).at(-1)?.token;
  if (!token) throw new Error("This employer has no connection with a token.");
  return token;
}

/** Asks the sandbox's API with a token, as lib/finch does. */
export async function askFinch<T>(
  token: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: T }> {
  const response = await fetch(`${runningCopy().sandboxUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      "Finch-API-Version": "2020-09-17",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T };
}

export type AccountStatus = "pending" | "processing" | "connected" | "reauth" | "error_permissions";

/** What Finch knows of the login at the provider (Finch: Update sandbox account). */
export async function setAccountStatus(token: string, status: AccountStatus): Promise<void> {
  const answer = await askFinch(token, "PUT", "/sandbox/connections/accounts", { connection_status: status });
  if (answer.status !== 200) throw new Error(`The sandbox answered ${answer.status}`);
}

interface FinchDirectory {
  individuals: { id: string; first_name: string; last_name: string; department: { name: string } | null }[];
}

export interface FinchPerson {
  id: string;
  first_name: string;
  last_name: string;
  preferred_name: string | null;
  dob: string | null;
  ssn?: string | null;
  encrypted_ssn?: string | null;
  gender: string | null;
  ethnicity: string | null;
  residence: { line1: string | null; city: string | null; postal_code: string | null } | null;
  emails: { data: string; type: string }[] | null;
  phone_numbers: { data: string | null }[] | null;
}

export interface FinchEmployment {
  id: string;
  title: string | null;
  department: { name: string } | null;
  start_date: string | null;
  is_active: boolean | null;
  class_code: string | null;
  income: { unit: string; amount: number | null; currency: string; effective_date: string | null } | null;
  income_history: { unit: string; amount: number | null; effective_date: string | null }[] | null;
}

export interface FinchCompany {
  accounts: { account_number: string | null; routing_number: string | null }[] | null;
  ein: string | null;
}

interface Batch<T> {
  responses: { individual_id: string; code: number; body: T }[];
}

/** All people as the sandbox's API tells them, with SSNs. */
export async function readPeople(token: string) {
  const directory = await askFinch<FinchDirectory>(token, "GET", "/employer/directory?limit=10000");
  const requests = directory.body.individuals.map(({ id }) => ({ individual_id: id }));
  const individuals = await askFinch<Batch<FinchPerson>>(token, "POST", "/employer/individual", {
    requests,
    options: { include: ["ssn"] },
  });
  const employments = await askFinch<Batch<FinchEmployment>>(token, "POST", "/employer/employment", {
    requests,
  });
  return {
    people: individuals.body.responses.map((each) => each.body),
    employments: employments.body.responses.map((each) => each.body),
  };
}

export async function readCompany(token: string): Promise<FinchCompany> {
  return (await askFinch<FinchCompany>(token, "GET", "/employer/company")).body;
}
