import type { World } from "@/sandbox/call";
import type { Connection, ConnectSession } from "@/sandbox/records";
import type { Delivery, WebhookEndpoint } from "@/sandbox/webhooks/records";

/** A connection for whoever controls the sandbox. Tokens are not known here. */
export function viewConnection(world: World, row: Connection) {
  return {
    connection_id: row.id,
    client_id: row.clientId,
    company_id: row.companyId,
    legal_name: row.legalName,
    provider_id: row.providerId,
    customer_id: row.customerId,
    customer_name: row.customerName,
    entity_ids: row.entities.map((entity) => entity.id),
    entities: row.entities.map(({ id, name, size, status }) => ({
      entity_id: id,
      name,
      people: size ?? row.employeeSize,
      // Null where it is that of the login.
      status: status ?? null,
    })),
    people: row.entities.reduce((total, entity) => total + (entity.size ?? row.employeeSize), 0),
    created_at: row.createdAt,
    disconnected_at: row.disconnectedAt,
    last_synced_at: row.lastSyncedAt,
    accounts: world.store.accounts.group(row.id).map((account) => ({
      account_id: account.id,
      authentication_type: account.authenticationType,
      status: account.status,
      products: account.products,
    })),
    tokens: world.store.tokens.group(row.id).length,
  };
}

/** A Connect session for whoever controls the sandbox. Its code is not shown. */
export function viewSession(row: ConnectSession) {
  return {
    session_id: row.id,
    client_id: row.clientId,
    kind: row.kind,
    customer_id: row.customerId,
    connection_id: row.connectionId,
    products: row.products,
    redirect_uri: row.redirectUri,
    status: row.status,
    step: row.progress.step,
    provider_id: row.progress.providerId ?? row.providerId,
    created_at: row.createdAt,
    expires_at: row.expiresAt,
  };
}

/** A webhook endpoint for whoever controls the sandbox. Its secrets are not shown. */
export function viewEndpoint(world: World, row: WebhookEndpoint) {
  const deliveries = world.store.deliveries.group(row.id);
  return {
    id: row.id,
    url: row.url,
    client_id: row.clientId,
    secrets: row.secrets.length,
    shapes: row.shapes,
    duplicates: row.duplicates,
    reorder: row.reorder,
    waiting: deliveries.filter((delivery) => delivery.state === "waiting").length,
    dropped: row.dropped,
    created_at: row.createdAt,
  };
}

/** One event on its way to an endpoint. */
export function viewDelivery(world: World, row: Delivery) {
  return {
    id: row.id,
    endpoint_id: row.endpointId,
    url: world.store.webhookEndpoints.get(row.endpointId)?.url ?? null,
    event_id: row.eventId,
    event_type: row.eventType,
    connection_id: row.connectionId,
    body: row.body,
    state: row.state,
    attempts: row.attempts.map(({ at, status, error, durationMs }) => ({
      at,
      status,
      error,
      duration_ms: durationMs,
    })),
    next_at: row.nextAt,
    created_at: row.createdAt,
  };
}
