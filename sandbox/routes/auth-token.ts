import { z } from "zod";
import { findClient, parseBasic } from "@/sandbox/auth";
import { ok, type Call, type Handler } from "@/sandbox/call";
import { issueToken } from "@/sandbox/connections";
import { openEntities } from "@/sandbox/entities";
import { FinchError } from "@/sandbox/errors";
import type { Result, Routes } from "@/sandbox/results";
import { settle } from "@/sandbox/syncs";
import { parseInput } from "@/sandbox/validate";

const Exchange = z.object({
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  code: z.string().min(1),
  redirect_uri: z.string().nullish(),
});

const invalidGrant = (message: string) =>
  new FinchError(400, "invalid_grant_error", `Invalid grant: ${message}`);

/** The secret in the body, as now documented, or as Basic, as older clients send it. */
function readClient(call: Call, input: z.infer<typeof Exchange>) {
  const basic = parseBasic(call.authorization);
  const id = input.client_id ?? basic?.id ?? "";
  const secret = input.client_secret ?? basic?.secret ?? "";
  const client = findClient(call.world.settings.clients, id, secret);
  if (!client)
    throw new FinchError(401, "invalid_client_error", "Invalid client: Unable to validate credentials");
  return client;
}

/**
 * Exchanges a code for a token, once (Finch: Create Access Token). The embedded flow must leave
 * `redirect_uri` out, the redirect flow must repeat it. Errors: 400 invalid_grant_error, 401 invalid_client_error.
 */
const exchange: Handler<Result<"POST /auth/token">> = (call) => {
  const { store, clock } = call.world;
  const input = parseInput(Exchange, call.body);
  const client = readClient(call, input);
  const code = store.codes.get(input.code);
  if (!code || code.clientId !== client.id || code.used || Date.parse(code.expiresAt) <= clock.now()) {
    throw invalidGrant("authorization code is invalid");
  }
  if ((input.redirect_uri ?? null) !== code.redirectUri) throw invalidGrant("redirect_uri does not match");
  settle(call.world, code.connectionId);
  const connection = store.connections.get(code.connectionId);
  const account = store.accounts.get(code.accountId);
  if (!connection || !account || connection.disconnectedAt !== null)
    throw invalidGrant("authorization code is invalid");
  store.codes.set(code.code, { ...code, used: true });
  const { value } = issueToken(call.world, account);
  return ok({
    access_token: value,
    token_type: "bearer",
    connection_id: connection.id,
    customer_id: connection.customerId,
    customer_name: connection.customerName,
    account_id: account.id,
    client_type: "sandbox",
    company_id: connection.companyId,
    connection_type: connection.connectionType,
    products: account.products,
    provider_id: connection.providerId,
    entity_ids: openEntities(connection).map((entity) => entity.id),
  });
};

export const authToken = { "POST /auth/token": exchange } satisfies Routes;
