import type { Caller, World } from "@/sandbox/call";
import { openEntities } from "@/sandbox/entities";
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
import { findProvider, lacksSection, seenThrough, supportsProduct } from "@/sandbox/providers";
import type { Connection, Entity } from "@/sandbox/records";
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

/** Finch names `entity_ids` for `/employer/*`; writes to the sandbox take it too, so that each entity can be changed. */
const takesEntity = (operation: Operation) => /^\/(employer|sandbox)\//.test(operation.path);

function chooseEntity(connection: Connection, operation: Operation, query: URLSearchParams): Entity {
  const open = openEntities(connection);
  const [first] = open;
  if (!first) throw invalidToken();
  const asked = takesEntity(operation) ? readEntityIds(query) : [];
  if (asked.length === 0) return first;
  if (asked.length > 1) throw invalidRequest("entity_ids must contain exactly one id");
  const id = asked[0] ?? "";
  if (!uuid.test(id)) throw invalidRequest("entity_ids must contain valid UUIDs");
  const entity = open.find((candidate) => candidate.id === id.toLowerCase());
  if (!entity) throw notFound(`No entity with id ${id} found`);
  return entity;
}

/**
 * The caller behind a Bearer token, with its connection brought up to the clock.
 * @throws FinchError 401 where the token is missing, unknown or dead
 */
export function requireCaller(
  world: World,
  header: string | null,
  query: URLSearchParams,
  operation: Operation,
): Caller {
  if (!header) throw unauthorized();
  const match = /^Bearer\s+(\S+)\s*$/i.exec(header);
  const token = match?.[1] ? world.store.tokens.get(sha256(match[1])) : undefined;
  if (!token) throw invalidToken();
  settle(world, token.connectionId);
  const connection = world.store.connections.get(token.connectionId);
  const account = world.store.accounts.get(token.accountId);
  const provider = connection && findProvider(connection.providerId);
  if (!connection || !account || !provider || connection.disconnectedAt !== null) throw invalidToken();
  const entity = chooseEntity(connection, operation, query);
  const view = seenThrough(provider, account.authenticationType);
  return { token, connection, account, provider: view, entity, operation };
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
  const pending = checkLogin(caller);
  if (pending) return pending;
  if (!supportsProduct(caller.provider, product) || lacksEndpoint(caller)) {
    throw notImplemented(`Finch does not support this endpoint for ${caller.provider.display_name}`);
  }
  return caller.connection.lastSyncedAt === null ? pendingBody("data_sync_in_progress") : null;
}

const lacksEndpoint = ({ provider, operation }: Caller): boolean =>
  operation.path.startsWith("/employer/pay-groups") && lacksSection(provider, "pay_group");

/**
 * Whether the login lets anything through: null, or the 202 body to answer instead.
 * @throws FinchError 401 or 403 where it never will by waiting
 */
export function checkLogin(caller: Caller) {
  const blocked = blockedBy(caller);
  if (blocked instanceof FinchError) throw blocked;
  return blocked;
}

/** An employer who was asked to let Finch in, and an administrator whom Finch sets up by itself, are told apart. */
const waitsForEmployer = ({ account, provider }: Caller): boolean =>
  account.authenticationType === "assisted" || provider.clientIdDigits !== undefined;

function blockedBy(caller: Caller) {
  switch (caller.entity.status ?? caller.account.status) {
    case "connected":
      return null;
    case "disconnected":
      return invalidToken();
    case "reauth":
      return reauthenticateUser();
    case "error_no_account_setup":
      return accountSetupRequired();
    case "error_permissions":
      return insufficientPermissions();
    case "processing":
      return pendingBody("data_sync_in_progress");
    case "pending":
      return pendingBody(waitsForEmployer(caller) ? "pending" : "accountant_setup_pending");
  }
}
