import type { Caller, World } from "@/sandbox/call";
import {
  accountSetupRequired,
  FinchError,
  insufficientPermissions,
  insufficientScope,
  invalidClient,
  invalidRequest,
  invalidToken,
  notFound,
  notImplemented,
  pendingBody,
  reauthenticateUser,
  unauthorized,
} from "@/sandbox/errors";
import type { Operation } from "@/sandbox/operations";
import type { SandboxClient } from "@/sandbox/options";
import { findProvider, supportsProduct } from "@/sandbox/providers";
import type { Account, Connection, Entity } from "@/sandbox/records";
import { sameText, sha256 } from "@/sandbox/secrets";
import { settle } from "@/sandbox/syncs";

/** The client of an id and secret, or null. */
export function findClient(
  clients: readonly SandboxClient[],
  id: string,
  secret: string,
): SandboxClient | null {
  const client = clients.find((candidate) => candidate.id === id);
  return client && sameText(client.secret, secret) ? client : null;
}

/** Reads `Basic` credentials; null where the header is something else or nothing. */
export function parseBasic(header: string | null): { id: string; secret: string } | null {
  const match = /^Basic\s+([A-Za-z0-9+/=_-]+)\s*$/i.exec(header ?? "");
  if (!match?.[1]) return null;
  const text = Buffer.from(match[1], "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? null : { id: text.slice(0, colon), secret: text.slice(colon + 1) };
}

/** @throws FinchError 401 where the credentials are missing or wrong */
export function requireClient(clients: readonly SandboxClient[], header: string | null): SandboxClient {
  const credentials = parseBasic(header);
  const client = credentials && findClient(clients, credentials.id, credentials.secret);
  if (!client) throw invalidClient();
  return client;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** `entity_ids` in its three spellings: repeated, with brackets, joined by commas. Exactly one id is taken. */
export function readEntityIds(query: URLSearchParams): string[] {
  const values: string[] = [];
  for (const [key, value] of query) {
    if (/^entity_ids(\[\d*\])?$/.test(key)) values.push(...value.split(","));
  }
  return values.map((value) => value.trim());
}

function chooseEntity(connection: Connection, query: URLSearchParams): Entity {
  const [first] = connection.entities;
  if (!first) throw new Error(`connection ${connection.id} has no entity`);
  const asked = readEntityIds(query);
  if (asked.length === 0) return first;
  if (asked.length > 1) throw invalidRequest("entity_ids must contain exactly one id");
  const id = asked[0] ?? "";
  if (!uuid.test(id)) throw invalidRequest("entity_ids must contain valid UUIDs");
  const entity = connection.entities.find((candidate) => candidate.id === id.toLowerCase());
  if (!entity) throw notFound(`No entity with id ${id} found`);
  return entity;
}

/**
 * The caller behind a Bearer token, with its connection brought up to the clock.
 * @throws FinchError 401 where the token is missing, unknown or dead
 */
export function requireCaller(world: World, header: string | null, query: URLSearchParams): Caller {
  if (!header) throw unauthorized();
  const match = /^Bearer\s+(\S+)\s*$/i.exec(header);
  const token = match?.[1] ? world.store.tokens.get(sha256(match[1])) : undefined;
  if (!token) throw invalidToken();
  settle(world, token.connectionId);
  const connection = world.store.connections.get(token.connectionId);
  const account = world.store.accounts.get(token.accountId);
  const provider = connection && findProvider(connection.providerId);
  if (!connection || !account || !provider || connection.disconnectedAt !== null) throw invalidToken();
  return { token, connection, account, provider, entity: chooseEntity(connection, query) };
}

/** Deductions have two product names; either grants them. */
function grants(products: readonly string[], product: string): boolean {
  return products.includes(product) || (product === "benefits" && products.includes("deduction"));
}

/** @throws FinchError 403 where the token lacks the operation's product */
export function requireScope(caller: Caller, operation: Operation): void {
  if (operation.product && !grants(caller.account.products, operation.product)) {
    throw insufficientScope(operation.product);
  }
}

/**
 * Whether the account's state lets data through: null, or the 202 body to answer instead.
 * @throws FinchError 401, 403 or 501 where it never will by waiting
 */
export function checkData(caller: Caller, product: string) {
  const blocked = blockedBy(caller.account);
  if (blocked instanceof FinchError) throw blocked;
  if (blocked) return blocked;
  if (!supportsProduct(caller.provider, product)) {
    throw notImplemented(`Finch does not support this endpoint for ${caller.provider.display_name}`);
  }
  return caller.connection.lastSyncedAt === null ? pendingBody("data_sync_in_progress") : null;
}

function blockedBy(account: Account) {
  switch (account.status) {
    case "connected":
      return null;
    case "reauth":
      return reauthenticateUser();
    case "error_no_account_setup":
      return accountSetupRequired();
    case "error_permissions":
      return insufficientPermissions();
    case "processing":
      return pendingBody("data_sync_in_progress");
    case "pending":
      return pendingBody(account.authenticationType === "assisted" ? "pending" : "accountant_setup_pending");
  }
}
