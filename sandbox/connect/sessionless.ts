import { randomUUID } from "node:crypto";
import type { World } from "@/sandbox/call";
import { emptyProgress } from "@/sandbox/connect/flow";
import type { Problem, Visit } from "@/sandbox/connect/visit";
import { findProvider, productCatalog } from "@/sandbox/providers";
import { isRegisteredRedirect } from "@/sandbox/redirects";
import type { Connection, ConnectSession } from "@/sandbox/records";

/** How long a session lives that an address without one has opened. */
const lifetimeMs = 60 * 60_000;

type Opened = { session: ConnectSession } | { problem: Problem };

const refuse = (detail: string): { problem: Problem } => ({
  problem: {
    title: "This page was opened the wrong way",
    text: "Go back to the application and start again.",
    detail,
  },
});

function productsOf(text: string | null): string[] | null {
  const wanted = [...new Set((text ?? "").split(/[\s,]+/).filter(Boolean))];
  const known = wanted.every((id) => productCatalog.some((product) => product.id === id));
  return wanted.length > 0 && known ? wanted : null;
}

/** The connection that the address wants to repair, or why there is none. */
function repaired(world: World, clientId: string, id: string | null): Connection | null | { detail: string } {
  if (id === null) return null;
  const connection = world.store.connections.get(id);
  const open = connection?.clientId === clientId && connection.disconnectedAt === null;
  return open ? connection : { detail: "connection_id names no connection of this application" };
}

/**
 * Opens a session for an address without one: the older flow, which `client.getAuthURL` of the SDK still
 * builds, and the SDK's preview (API-SURFACE §8; Finch: Integrate Finch Connect, legacy).
 * Nobody is sent to an address that is not registered, not even with an error.
 */
export function openWithoutSession(world: World, visit: Visit, params: URLSearchParams): Opened {
  const client = world.settings.clients.find((row) => row.id === params.get("client_id"));
  if (!client) return refuse("unknown client_id");
  const products = productsOf(params.get("products"));
  if (!products) return refuse("products must be a list of products, with spaces between them");
  const preview = params.get("preview") === "true";
  const redirectUri = visit.flow === "redirect" ? params.get("redirect_uri") : null;
  if (visit.flow === "embedded" && visit.hostOrigin === null) {
    return refuse("sdk_host_url must be the origin of a loopback page or of a registered redirect URI");
  }
  if (visit.flow === "redirect" && !isRegisteredRedirect(world.settings, redirectUri ?? "")) {
    return refuse("redirect_uri is not registered for this application");
  }
  const providerId = params.get("payroll_provider");
  if (providerId && !findProvider(providerId)) return refuse(`unknown payroll_provider ${providerId}`);
  const connection = repaired(world, client.id, params.get("connection_id"));
  if (connection && "detail" in connection) return refuse(connection.detail);
  const now = world.clock.now();
  const session: ConnectSession = {
    id: randomUUID(),
    clientId: client.id,
    kind: connection ? "reauthenticate" : "new",
    ...(preview ? { preview } : {}),
    customerId: connection?.customerId ?? null,
    customerName: connection?.customerName ?? null,
    customerEmail: connection?.customerEmail ?? null,
    products,
    redirectUri,
    connectionType: params.get("sandbox") === "provider" ? "provider" : "finch",
    manual: params.get("manual") === "true" || connection !== null,
    providerId: connection?.providerId ?? providerId,
    authMethod: null,
    connectionId: connection?.id ?? null,
    createdAt: new Date(now).toISOString(),
    expiresAt: new Date(now + lifetimeMs).toISOString(),
    status: "created",
    progress: emptyProgress(),
    code: null,
  };
  world.store.sessions.set(session.id, session);
  world.store.flush();
  return { session };
}
