import type Finch from "@tryfinch/finch-api";
import { createAccount, createConnection, defaultAuthMethod, issueToken } from "@/sandbox/connections";
import type { NewEntity } from "@/sandbox/entities";
import { findProvider } from "@/sandbox/providers";
import type { AuthMethod } from "@/sandbox/records";
import { defaultClient, type RunningSandbox } from "@/sandbox/server";
import { allProducts, bearerClient } from "@/sandbox/testing/harness";

export interface TestConnection {
  providerId?: string;
  method?: AuthMethod;
  products?: string[];
  customerId?: string;
  entities?: NewEntity[];
  people?: number;
}

/** A connection as the Connect page leaves it behind: with a customer, and with several entities where wanted. */
export function createConnectedCompany(sandbox: RunningSandbox, wanted: TestConnection = {}) {
  const { world } = sandbox.sandbox;
  const provider = findProvider(wanted.providerId ?? "gusto");
  if (!provider) throw new Error(`no provider ${wanted.providerId}`);
  const connection = createConnection(world, {
    clientId: defaultClient.id,
    connectionType: "finch",
    provider,
    customerId: wanted.customerId ?? null,
    customerName: wanted.customerId ? "Acme Inc." : null,
    customerEmail: null,
    employeeSize: wanted.people ?? 20,
    ...(wanted.entities ? { entities: wanted.entities } : {}),
  });
  const method = wanted.method ?? defaultAuthMethod(provider);
  const account = createAccount(world, connection, { method, products: wanted.products ?? allProducts });
  const { value } = issueToken(world, account);
  const client: Finch = bearerClient(sandbox.url, value);
  return { connection, account, token: value, client, entityIds: connection.entities.map((row) => row.id) };
}
