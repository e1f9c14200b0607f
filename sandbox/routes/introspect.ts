import type Finch from "@tryfinch/finch-api";
import { standingAccounts } from "@/sandbox/accounts";
import { bearer, ok, type Caller, type World } from "@/sandbox/call";
import { isAssisted } from "@/sandbox/connections";
import type { Account, Connection, ConnectionStatus } from "@/sandbox/records";
import type { Result, Routes } from "@/sandbox/results";

// What each status asks for (Finch: Integration Types, "Monitor the setup and status of assisted connections").
const messages: Record<ConnectionStatus, string> = {
  pending: "The employer has connected, and its provider has not given access yet.",
  processing: "Access was given, and the first data is being fetched.",
  connected: "The connection is set up and its data can be read.",
  error_no_account_setup: "No invitation to the employer's system was received.",
  error_permissions: "The permissions of the third-party administrator are not sufficient.",
  reauth: "The employer has to reauthenticate.",
};

function detail(connection: Connection, account: Account): Finch.Introspection.ConnectionStatus {
  return {
    status: account.status,
    message: messages[account.status],
    last_successful_sync: connection.lastSyncedAt,
  };
}

/** Each login of the connection, the token's own among them even where a newer one stands in its place. */
function methodsOf(
  world: World,
  { connection, account }: Caller,
): Finch.Introspection.AuthenticationMethod[] {
  const standing = standingAccounts(world, connection.id).filter((row) => row.id !== account.id);
  return [account, ...standing].map((row) => ({
    type: row.authenticationType,
    connection_status: detail(connection, row),
    products: row.products,
  }));
}

/** What a token stands for and whether it works; answers in every status (Finch: Introspect). */
const read = bearer<Result<"GET /introspect">>(({ world, caller }) => {
  const { connection, account, token } = caller;
  const body: Finch.Introspection = {
    id: token.id,
    connection_id: connection.id,
    connection_status: detail(connection, account),
    client_id: connection.clientId,
    client_type: "sandbox",
    connection_type: connection.connectionType,
    company_id: connection.companyId,
    account_id: account.id,
    customer_id: connection.customerId,
    customer_name: connection.customerName,
    customer_email: connection.customerEmail,
    authentication_methods: methodsOf(world, caller),
    products: account.products,
    username: account.username,
    provider_id: connection.providerId,
    payroll_provider_id: connection.providerId,
    manual: isAssisted(account),
  };
  if (connection.entities.length > 1) {
    body.entities = connection.entities.map(({ id, name, sourceId, status }) => ({
      id,
      name,
      source_id: sourceId,
      status: status ?? account.status,
    }));
  }
  return ok(body);
});

export const introspect = { "GET /introspect": read } satisfies Routes;
