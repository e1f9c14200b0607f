import type { World } from "@/sandbox/call";
import { createAccount, createConnection } from "@/sandbox/connections";
import { findProvider, type Provider } from "@/sandbox/providers";
import type { Connection, ConnectProgress, ConnectSession } from "@/sandbox/records";
import { newCode } from "@/sandbox/secrets";

/** The open connection of the session's customer with the provider, if a second login reached it again. */
function existingConnection(world: World, session: ConnectSession, provider: Provider): Connection | null {
  if (session.connectionId) {
    const connection = world.store.connections.get(session.connectionId);
    return connection && connection.disconnectedAt === null ? connection : null;
  }
  const same = (row: Connection) =>
    row.clientId === session.clientId &&
    row.customerId !== null &&
    row.customerId === session.customerId &&
    row.providerId === provider.id &&
    row.disconnectedAt === null;
  return world.store.connections.where(same)[0] ?? null;
}

/**
 * Ends a session well: the login becomes an account of a new or existing connection, and a code
 * for it is made. The code of an embedded session must be exchanged without a redirect URI.
 */
export function completeSession(
  world: World,
  session: ConnectSession,
  progress: ConnectProgress,
  flow: "embedded" | "redirect",
): ConnectSession {
  const provider = findProvider(progress.providerId ?? "");
  if (!provider) throw new Error(`session ${session.id} ended without a provider`);
  const connection =
    existingConnection(world, session, provider) ??
    createConnection(world, {
      clientId: session.clientId,
      connectionType: session.connectionType,
      provider,
      customerId: session.customerId,
      customerName: progress.legalName ?? session.customerName,
      customerEmail: session.customerEmail,
      employeeSize: progress.people,
    });
  const account = createAccount(world, connection, {
    method: progress.authMethod ?? "credential",
    products: session.products,
    username: progress.username,
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
