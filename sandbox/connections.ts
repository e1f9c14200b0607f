import { randomUUID } from "node:crypto";
import { standingAccounts, tellAccount, tellEntity, writeStatus } from "@/sandbox/accounts";
import type { World } from "@/sandbox/call";
import { openEntities, toEntities, type NewEntity } from "@/sandbox/entities";
import { findProvider, type Provider } from "@/sandbox/providers";
import type { AccessToken, Account, AuthMethod, Connection, ConnectionStatus } from "@/sandbox/records";
import { newToken, sha256 } from "@/sandbox/secrets";
import { monthOf } from "@/sandbox/seed/dates";
import { stableUuid } from "@/sandbox/seed/ids";
import { createRandom } from "@/sandbox/seed/random";
import { startInitialSync } from "@/sandbox/syncs";

const companyNames = [
  "Juniper & Finch",
  "Blue Heron Logistics",
  "Northgate Studio",
  "Lantern Foods",
  "Cobalt Robotics",
];

export type { NewEntity } from "@/sandbox/entities";

export interface NewConnection {
  clientId: string;
  connectionType: "finch" | "provider";
  provider: Provider;
  customerId: string | null;
  customerName: string | null;
  customerEmail: string | null;
  employeeSize: number;
  /** Two and more make a multi-entity connection; otherwise there is one, named as the customer. */
  entities?: readonly NewEntity[];
  payroll?: Connection["payroll"];
}

/** Creates a connection with a company of its own. Ids follow from seed, client, customer and order. */
export function createConnection(world: World, wanted: NewConnection): Connection {
  const { store, clock } = world;
  const ordinal = store.takeOrdinal();
  const parts = [store.seed, wanted.clientId, wanted.customerId ?? "", wanted.provider.id, ordinal];
  const generated = `${createRandom("name", ...parts).pick(companyNames)}, Inc.`;
  const legalName = wanted.customerName ?? generated;
  const id = stableUuid("connection", ...parts);
  return store.connections.set(id, {
    id,
    ordinal,
    clientId: wanted.clientId,
    connectionType: wanted.connectionType,
    companyId: stableUuid("company", ...parts),
    providerId: wanted.provider.id,
    customerId: wanted.customerId,
    customerName: wanted.customerName,
    customerEmail: wanted.customerEmail,
    legalName,
    employeeSize: wanted.employeeSize,
    entities: toEntities(parts, legalName, wanted.entities ?? []),
    createdAt: clock.iso(),
    asOf: monthOf(clock.now()),
    disconnectedAt: null,
    lastSyncedAt: null,
    lastAttemptAt: null,
    lastAttemptResult: null,
    jobOutcome: "complete",
    quota: {},
    payroll: wanted.payroll ?? null,
  });
}

/** The method used where none is asked for. */
export function defaultAuthMethod(provider: Provider): AuthMethod {
  return provider.authentication_methods.find((method) => method !== "assisted") ?? "assisted";
}

export interface NewLogin {
  method: AuthMethod;
  products: string[];
  username?: string | null;
  /** A person has to let Finch in before there is data; assisted logins always wait. */
  waits?: boolean;
  /** It stands in for the logins before it, as after a reauthentication. Their tokens stay what they were. */
  replaces?: boolean;
}

/** A new login of a machine replaces those of machines; what Finch's people do goes on beside it. */
function replaceLogins(world: World, connectionId: string, method: AuthMethod): void {
  const byHand = method === "assisted";
  const replacedAt = world.clock.iso();
  for (const row of standingAccounts(world, connectionId)) {
    if (isAssisted(row) === byHand) world.store.accounts.set(row.id, { ...row, replacedAt });
  }
}

/** Adds a login to a connection. Automated ones start their first sync; the others wait for a person. */
export function createAccount(world: World, connection: Connection, login: NewLogin): Account {
  const id = randomUUID();
  const confirmed = findProvider(connection.providerId)?.clientIdDigits === undefined;
  const waits = login.method === "assisted" || login.waits === true || !confirmed;
  if (login.replaces) replaceLogins(world, connection.id, login.method);
  const account = world.store.accounts.set(id, {
    id,
    connectionId: connection.id,
    authenticationType: login.method,
    products: login.products,
    status: waits ? "pending" : "connected",
    username: login.username ?? null,
    createdAt: world.clock.iso(),
  });
  if (!waits) startInitialSync(world, connection.id);
  tellAccount(world, account);
  return account;
}

/** Gives out a token for an account. The caller is the only one who ever sees it. */
export function issueToken(world: World, account: Account): { value: string; token: AccessToken } {
  const value = newToken();
  const hash = sha256(value);
  const token: AccessToken = {
    hash,
    id: randomUUID(),
    connectionId: account.connectionId,
    accountId: account.id,
    createdAt: world.clock.iso(),
  };
  return { value, token: world.store.tokens.set(hash, token) };
}

/** Sets the status of an account. A connected one has data at once, as Finch's sandbox does. */
export function setAccountStatus(world: World, account: Account, status: ConnectionStatus): Account {
  const updated = writeStatus(world, account, status);
  const connection = world.store.connections.get(account.connectionId);
  if (status === "connected" && connection && connection.lastSyncedAt === null) {
    startInitialSync(world, connection.id, 0);
  }
  return updated;
}

/** The open connection of a customer, if there is one. */
export function findConnectionOfCustomer(
  world: World,
  clientId: string,
  customerId: string,
): Connection | null {
  const open = (row: Connection) =>
    row.clientId === clientId && row.customerId === customerId && row.disconnectedAt === null;
  return world.store.connections.where(open)[0] ?? null;
}

/** Ends a connection: all its tokens and unused codes die, and each login is told of. */
export function disconnect(world: World, connection: Connection): void {
  const { store } = world;
  for (const token of store.tokens.group(connection.id)) store.tokens.delete(token.hash);
  for (const code of store.codes.where((row) => row.connectionId === connection.id))
    store.codes.delete(code.code);
  store.connections.set(connection.id, { ...connection, disconnectedAt: world.clock.iso() });
  for (const account of store.accounts.group(connection.id)) tellAccount(world, account);
}

/**
 * Ends the sharing of some entities; the others go on. Without any left, the connection ends.
 */
export function disconnectEntities(world: World, connection: Connection, ids: ReadonlySet<string>): void {
  const entities = connection.entities.map((entity) =>
    ids.has(entity.id) ? { ...entity, status: "disconnected" as const } : entity,
  );
  const changed = world.store.connections.set(connection.id, { ...connection, entities });
  if (openEntities(changed).length === 0) disconnect(world, changed);
  else for (const id of ids) tellEntity(world, connection.id, id);
}

/** Whether Finch's people, not a machine, work for an account. */
export const isAssisted = (account: Account): boolean => account.authenticationType === "assisted";
