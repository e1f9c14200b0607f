import type { World } from "@/sandbox/call";
import { chosenCompanies } from "@/sandbox/connect/companies";
import { createAccount, createConnection, type NewEntity } from "@/sandbox/connections";
import { findProvider, type Provider } from "@/sandbox/providers";
import type { Connection, ConnectProgress, ConnectSession, Entity } from "@/sandbox/records";
import { newCode } from "@/sandbox/secrets";
import { stableUuid } from "@/sandbox/seed/ids";

/** The open connection that a session repairs; null for a session that makes a new one. */
export function repairedConnection(world: World, session: ConnectSession): Connection | null {
  const connection = session.connectionId ? world.store.connections.get(session.connectionId) : undefined;
  return connection && connection.disconnectedAt === null ? connection : null;
}

/** The open connection of the session's customer with the provider, if a second login reached it again. */
function existingConnection(world: World, session: ConnectSession, provider: Provider): Connection | null {
  if (session.connectionId) return repairedConnection(world, session);
  const same = (row: Connection) =>
    row.clientId === session.clientId &&
    row.customerId !== null &&
    row.customerId === session.customerId &&
    row.providerId === provider.id &&
    row.disconnectedAt === null;
  return world.store.connections.where(same)[0] ?? null;
}

const goesOn = ({ status: _status, ...entity }: Entity): Entity => entity;

/** A new login may add companies, those that were disconnected too, and takes none away. */
function withCompanies(world: World, connection: Connection, added: readonly NewEntity[]): Connection {
  const known = new Set(connection.entities.map((entity) => entity.name));
  const fresh = added.filter((company) => !known.has(company.name));
  const first = connection.entities.length;
  const entities = fresh.map(({ name, people, sourceId }, place) => ({
    id: stableUuid("entity", connection.id, first + place),
    name,
    sourceId: sourceId ?? String(1001 + first + place),
    size: people,
  }));
  const chosen = new Set(added.map((company) => company.name));
  const returns = (entity: Entity) => entity.status === "disconnected" && chosen.has(entity.name ?? "");
  const kept = connection.entities.map((entity) => (returns(entity) ? goesOn(entity) : entity));
  return world.store.connections.set(connection.id, { ...connection, entities: [...kept, ...entities] });
}

function newConnection(world: World, session: ConnectSession, provider: Provider): Connection {
  const companies = chosenCompanies(session, null);
  return createConnection(world, {
    clientId: session.clientId,
    connectionType: session.connectionType,
    provider,
    customerId: session.customerId,
    customerName: session.customerName,
    customerEmail: session.customerEmail,
    employeeSize: companies[0]?.people ?? session.progress.people,
    ...(companies.length > 0 ? { entities: companies } : {}),
  });
}

/**
 * Ends a session well: the login becomes an account of a new or existing connection, and a code
 * for it is made. The code of an embedded session must be exchanged without a redirect URI.
 */
export function completeSession(
  world: World,
  visited: ConnectSession,
  progress: ConnectProgress,
  flow: "embedded" | "redirect",
): ConnectSession {
  const session = { ...visited, progress };
  const provider = findProvider(progress.providerId ?? "");
  if (!provider) throw new Error(`session ${session.id} ended without a provider`);
  const existing = existingConnection(world, session, provider);
  const connection = existing
    ? withCompanies(world, existing, chosenCompanies(session, existing))
    : newConnection(world, session, provider);
  const account = createAccount(world, connection, {
    method: progress.fallback ? "credential" : (progress.authMethod ?? "credential"),
    products: session.products,
    username: progress.username,
    waits: progress.fallback === true,
    replaces: session.kind === "reauthenticate",
  });
  const code = newCode();
  world.store.codes.set(code, {
    code,
    clientId: session.clientId,
    connectionId: connection.id,
    accountId: account.id,
    redirectUri: flow === "redirect" ? session.redirectUri : null,
    expiresAt: new Date(world.clock.now() + world.settings.codeLifetimeMs).toISOString(),
    used: false,
  });
  const done: ConnectProgress = { ...progress, step: "success", error: null };
  return world.store.sessions.set(session.id, { ...session, status: "succeeded", progress: done, code });
}
