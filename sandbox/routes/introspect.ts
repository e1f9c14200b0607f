import type Finch from "@tryfinch/finch-api";
import { bearer, ok, type Handler } from "@/sandbox/call";
import { isAssisted } from "@/sandbox/connections";
import type { Account, ConnectionStatus } from "@/sandbox/records";

// Finch: Integration Types, "Connection status".
const messages: Record<ConnectionStatus, string> = {
  pending: "The employer has created a token, and we are waiting for access to its provider.",
  processing: "The first data of this employer is being pulled.",
  connected: "The connection is set up and its data can be read.",
  error_no_account_setup: "No invitation to the employer's system was received.",
  error_permissions: "The permissions of the third-party administrator are not sufficient.",
  reauth: "The employer has to reauthenticate.",
};

/** What a token stands for and whether it works; answers in every status (Finch: Introspect). */
const read = bearer(({ caller }) => {
  const { connection, account, token } = caller;
  const lastSync = connection.lastSyncedAt;
  const detail = (row: Account) => ({
    status: row.status,
    message: messages[row.status],
    last_successful_sync: lastSync,
  });
  const body: Finch.Introspection = {
    id: token.id,
    connection_id: connection.id,
    connection_status: detail(account),
    client_id: connection.clientId,
    client_type: "sandbox",
    connection_type: connection.connectionType,
    company_id: connection.companyId,
    account_id: account.id,
    customer_id: connection.customerId,
    customer_name: connection.customerName,
    customer_email: connection.customerEmail,
    authentication_methods: [
      { type: account.authenticationType, connection_status: detail(account), products: account.products },
    ],
    products: account.products,
    username: account.username,
    provider_id: connection.providerId,
    payroll_provider_id: connection.providerId,
    manual: isAssisted(account),
  };
  if (connection.entities.length > 1) {
    body.entities = connection.entities.map(({ id, name, sourceId }) => ({
      id,
      name,
      source_id: sourceId,
      status: account.status,
    }));
  }
  return ok(body);
});

export const introspect: Record<string, Handler> = { "GET /introspect": read };
