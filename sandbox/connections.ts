import { randomUUID } from "node:crypto";
import type { World } from "@/sandbox/call";
import type { Provider } from "@/sandbox/providers";
import type {
  AccessToken,
  Account,
  AuthMethod,
  Connection,
  ConnectionStatus,
  Entity,
} from "@/sandbox/records";
import { newToken, sha256 } from "@/sandbox/secrets";
import { monthOf } from "@/sandbox/seed/dates";
import { stableUuid } from "@/sandbox/seed/ids";
import { createRandom } from "@/sandbox/seed/random";
import type { CompanyPlan } from "@/sandbox/seed/types";
import { startInitialSync } from "@/sandbox/syncs";

const companyNames = [
  "Juniper & Finch",
  "Blue Heron Logistics",
  "Northgate Studio",
  "Lantern Foods",
  "Cobalt Robotics",
];

export interface NewConnection {
  clientId: string;
  connectionType: "finch" | "provider";
  provider: Provider;
  customerId: string | null;
  customerName: string | null;
  customerEmail: string | null;
  employeeSize: number;
}

/** Creates a connection with a company of its own. Ids follow from seed, client, customer and order. */
export function createConnection(world: World, wanted: NewConnection): Connection {
  const { store, clock } = world;
  const ordinal = store.takeOrdinal();
  const parts = [store.seed, wanted.clientId, wanted.customerId ?? "", wanted.provider.id, ordinal];
  const generated = `${createRandom("name", ...parts).pick(companyNames)}, Inc.`;
  const legalName = wanted.customerName ?? generated;
  const entity: Entity = { id: stableUuid("entity", ...parts), name: legalName, sourceId: null };
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
    entities: [entity],
    createdAt: clock.iso(),
    asOf: monthOf(clock.now()),
    disconnectedAt: null,
    lastSyncedAt: null,
    lastAttemptAt: null,
    lastAttemptResult: null,
    jobOutcome: "complete",
    quota: {},
    company: null,
  });
}

/** What the data of one entity of a connection is generated from. */
export function planOf(world: World, connection: Connection, entity: Entity): CompanyPlan {
  const content = connection.customerId ?? `connection ${connection.ordinal}`;
  const place = connection.entities.findIndex((candidate) => candidate.id === entity.id);
  return {
    contentKey: [world.store.seed, connection.clientId, content, place].join("/"),
    idKey: `${connection.id}/${entity.id}`,
    size: connection.employeeSize,
    asOf: connection.asOf,
    legalName: connection.legalName,
    seed: world.store.seed,
  };
}

/** The method used where none is asked for. */
export function defaultAuthMethod(provider: Provider): AuthMethod {
  return provider.authentication_methods.find((method) => method !== "assisted") ?? "assisted";
}

/** Adds a login to a connection. Automated ones start their first sync; assisted ones wait for a person. */
export function createAccount(
  world: World,
  connection: Connection,
  login: { method: AuthMethod; products: string[]; username?: string | null },
): Account {
  const id = randomUUID();
  const assisted = login.method === "assisted";
  const account = world.store.accounts.set(id, {
    id,
    connectionId: connection.id,
    authenticationType: login.method,
    products: login.products,
    status: assisted ? "pending" : "connected",
    username: login.username ?? null,
    createdAt: world.clock.iso(),
  });
  if (!assisted) startInitialSync(world, connection.id);
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
  const updated = world.store.accounts.set(account.id, { ...account, status });
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

/** Ends a connection: all its tokens and unused codes die. */
export function disconnect(world: World, connection: Connection): void {
  const { store } = world;
  for (const token of store.tokens.group(connection.id)) store.tokens.delete(token.hash);
  for (const code of store.codes.where((row) => row.connectionId === connection.id))
    store.codes.delete(code.code);
  store.connections.set(connection.id, { ...connection, disconnectedAt: world.clock.iso() });
}

/** Whether Finch's people, not a machine, work for an account. */
export const isAssisted = (account: Account): boolean => account.authenticationType === "assisted";
