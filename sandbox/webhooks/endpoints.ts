import { randomUUID } from "node:crypto";
import type { World } from "@/sandbox/call";
import type { Shapes, WebhookEndpoint } from "@/sandbox/webhooks/records";

export interface EndpointWish {
  url: string;
  secret: string;
  clientId?: string | null;
  shapes?: Shapes;
  duplicates?: boolean;
  reorder?: boolean;
  fromStart?: boolean;
}

export const findEndpoint = (world: World, url: string): WebhookEndpoint | null =>
  world.store.webhookEndpoints.all().find((row) => row.url === url) ?? null;

/** Registers an endpoint, or adds a secret to the one that is there, as a rotation does. */
export function registerEndpoint(world: World, { secret, ...wish }: EndpointWish): WebhookEndpoint {
  const base: WebhookEndpoint = findEndpoint(world, wish.url) ?? {
    id: randomUUID(),
    url: wish.url,
    secrets: [],
    clientId: null,
    shapes: "both",
    duplicates: false,
    reorder: false,
    turns: {},
    dropped: 0,
    fromStart: false,
    createdAt: world.clock.iso(),
  };
  const secrets = base.secrets.includes(secret) ? base.secrets : [...base.secrets, secret];
  return world.store.webhookEndpoints.set(base.id, { ...base, ...wish, secrets });
}

/** Ends a rotation: events are no longer signed with this secret. The last one ends the endpoint. */
export function removeSecret(world: World, endpoint: WebhookEndpoint, secret: string): void {
  const secrets = endpoint.secrets.filter((row) => row !== secret);
  if (secrets.length === 0) removeEndpoint(world, endpoint);
  else world.store.webhookEndpoints.set(endpoint.id, { ...endpoint, secrets });
}

/** Forgets an endpoint and what waits for it. */
export function removeEndpoint(world: World, endpoint: WebhookEndpoint): void {
  world.store.webhookEndpoints.delete(endpoint.id);
  for (const row of world.store.deliveries.group(endpoint.id)) world.store.deliveries.delete(row.id);
}

/** The endpoints that a start names have the secrets that it names, whatever they had before. */
export function registerFromStart(world: World, wanted: readonly { url: string; secret: string }[]): void {
  for (const { url } of wanted) {
    const known = findEndpoint(world, url);
    if (known) world.store.webhookEndpoints.set(known.id, { ...known, secrets: [] });
  }
  for (const wish of wanted) registerEndpoint(world, { ...wish, fromStart: true });
}
