import type { Sandbox } from "@/sandbox/app";
import { defaultClient } from "@/sandbox/options";
import { operations } from "@/sandbox/operations";
import { textAt, type Company } from "@/sandbox/testing/walk/companies";
import type { Stop } from "@/sandbox/testing/walk/stop";
import { firstOf } from "@/sandbox/testing/walk/walk-inputs";

const session = (customer_id: string) => ({
  customer_id,
  customer_name: "Acme, Inc.",
  customer_email: "office@example.com",
  products: ["company", "directory"],
  redirect_uri: "http://localhost:4590/callback",
  minutes_to_expire: 60,
  sandbox: "finch",
  manual: true,
  integration: { provider: "gusto", auth_method: "credential" },
});

/** What an application sends for itself, with its id and secret. */
export const officeStops: Stop[] = [
  { operation: "GET /providers", note: "the network" },
  {
    operation: "POST /connect/sessions",
    note: "a new customer",
    status: 201,
    send: () => ({ body: session("a new customer") }),
  },
  {
    operation: "POST /connect/sessions",
    note: "a customer that is connected",
    status: 400,
    send: ({ customer = "" }) => ({ body: session(customer) }),
  },
  {
    operation: "POST /connect/sessions/reauthenticate",
    note: "a connection",
    status: 201,
    send: ({ connection = "" }) => ({
      body: {
        connection_id: connection,
        redirect_uri: "http://localhost:4590/callback",
        minutes_to_expire: 60,
        products: ["company"],
      },
    }),
  },
  {
    operation: "POST /auth/token",
    note: "a code",
    send: ({ code = "" }) => ({
      body: { client_id: defaultClient.id, client_secret: defaultClient.secret, code },
    }),
    keep: (body) => ({ token: textAt(body, "access_token") }),
  },
  {
    operation: "POST /sandbox/connections",
    note: "a connection",
    send: () => ({
      body: {
        provider_id: "gusto",
        authentication_type: "oauth",
        products: ["company", "directory"],
        employee_size: 3,
      },
    }),
  },
  {
    operation: "POST /sandbox/connections/accounts",
    note: "another login",
    send: ({ company = "", provider = "" }) => ({
      body: {
        company_id: company,
        provider_id: provider,
        authentication_type: "credential",
        products: ["company"],
      },
    }),
  },
];

/** A code as the Connect page hands it out, for a connection that is there. */
export function plantCode({ world }: Sandbox, connectionId: string): string {
  const [account] = world.store.accounts.group(connectionId);
  const code = `code-${connectionId}`;
  world.store.codes.set(code, {
    code,
    clientId: defaultClient.id,
    connectionId,
    accountId: account?.id ?? "",
    redirectUri: null,
    expiresAt: new Date(world.clock.now() + 600_000).toISOString(),
    used: false,
  });
  return code;
}

const strangers: [string, string | null][] = [
  ["no Authorization", null],
  ["a wrong secret", "Basic eDp5"],
  ["no colon", "Basic eA=="],
  ["no base64", "Basic !!"],
  ["Bearer instead of Basic", "Bearer nobody"],
];

/** No credentials, wrong ones, those of another kind. */
export async function walkOfficeStrangers({ office, facts }: Company): Promise<void> {
  const closed = firstOf(officeStops, (operation) => isBasic(operation));
  for (const { operation, send } of closed) {
    for (const [note, authorization] of strangers) {
      await office.expect(401, { operation, note, ...send?.(facts), authorization });
    }
  }
  const credentials = { client_id: "nobody", client_secret: "nothing", code: "x" };
  await office.expect(401, { operation: "POST /auth/token", note: "a wrong secret", body: credentials });
}

const isBasic = (id: string) => operations.find((operation) => operation.id === id)?.auth === "basic";
