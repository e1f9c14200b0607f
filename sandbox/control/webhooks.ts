import { z } from "zod";
import type { World } from "@/sandbox/call";
import { readJson, type Mount } from "@/sandbox/control/mount";
import { viewDelivery, viewEndpoint } from "@/sandbox/control/views";
import type { Desk } from "@/sandbox/dispatch";
import { invalidRequest, notFound } from "@/sandbox/errors";
import { settleAll } from "@/sandbox/settle";
import { parseInput, readCount } from "@/sandbox/validate";
import { findEndpoint, registerEndpoint, removeEndpoint, removeSecret } from "@/sandbox/webhooks/endpoints";
import type { WebhookEndpoint } from "@/sandbox/webhooks/records";
import { isSecret, newSecret } from "@/sandbox/webhooks/sign";
import { targetProblem } from "@/sandbox/webhooks/targets";

const Secret = z.string().max(500).refine(isSecret, {
  message: "must be base64 with its padding, as the SDK demands: openssl rand -base64 24",
});

const NewEndpoint = z.strictObject({
  url: z.string().max(2_000),
  secret: Secret.optional(),
  client_id: z.string().nullish(),
  shapes: z.enum(["document", "guide", "both"]).optional(),
  duplicates: z.boolean().optional(),
  reorder: z.boolean().optional(),
});

const EndpointEnd = z.strictObject({ url: z.string().optional(), secret: z.string().optional() });
const Test = z.strictObject({ url: z.string().optional() });

/** A new endpoint, a further secret of a known one, or how a known one behaves. */
function register(world: World, input: z.infer<typeof NewEndpoint>) {
  const problem = targetProblem(input.url, world.settings.webhookHosts);
  if (problem !== null) throw invalidRequest(`Invalid request: url: ${problem}`);
  const known = findEndpoint(world, input.url);
  const secret = input.secret ?? known?.secrets.at(-1) ?? newSecret();
  const endpoint = registerEndpoint(world, {
    url: input.url,
    secret,
    ...(input.client_id === undefined ? {} : { clientId: input.client_id }),
    ...(input.shapes === undefined ? {} : { shapes: input.shapes }),
    ...(input.duplicates === undefined ? {} : { duplicates: input.duplicates }),
    ...(input.reorder === undefined ? {} : { reorder: input.reorder }),
  });
  // Shown once, as the dashboard does, where it was made here.
  const isNew = input.secret === undefined && known === null;
  return { ...viewEndpoint(world, endpoint), ...(isNew ? { secret } : {}) };
}

function endpointsOf(world: World, url: string | undefined): WebhookEndpoint[] {
  const endpoints = world.store.webhookEndpoints.all().filter((row) => url === undefined || row.url === url);
  if (url !== undefined && endpoints.length === 0) throw notFound(`No webhook endpoint ${url} is registered`);
  return endpoints;
}

function remove(world: World, { url, secret }: z.infer<typeof EndpointEnd>) {
  const endpoints = endpointsOf(world, url);
  for (const endpoint of endpoints) {
    if (secret === undefined) removeEndpoint(world, endpoint);
    else removeSecret(world, endpoint, secret);
  }
  return world.store.webhookEndpoints.all().map((row) => viewEndpoint(world, row));
}

function sendTest(desk: Desk, url: string | undefined) {
  return endpointsOf(desk.world, url).flatMap((endpoint) => {
    const delivery = desk.webhooks.sendTest(endpoint);
    return delivery ? [viewDelivery(desk.world, delivery)] : [];
  });
}

function resend(desk: Desk, id: string | undefined) {
  const delivery = desk.world.store.deliveries.get(id ?? "");
  const endpoint = delivery && desk.world.store.webhookEndpoints.get(delivery.endpointId);
  const again = delivery && endpoint && desk.webhooks.resend(delivery, endpoint);
  if (!again) throw notFound(`No delivery with id ${id} is kept`);
  return viewDelivery(desk.world, again);
}

function listDeliveries(world: World, query: URLSearchParams) {
  const after = query.get("after") ?? "";
  const limit = readCount(query, "limit", 100);
  const later = world.store.deliveries.all().filter((row) => row.id > after);
  return later.slice(-Math.max(1, limit)).map((row) => viewDelivery(world, row));
}

/** Where events are sent, and what became of them. */
export function mountWebhooks({ app, desk, guarded }: Mount): void {
  const { world, webhooks } = desk;
  app.get(
    "/_sandbox/webhooks",
    guarded(() => world.store.webhookEndpoints.all().map((row) => viewEndpoint(world, row))),
  );
  app.post(
    "/_sandbox/webhooks",
    guarded(async (c) => register(world, parseInput(NewEndpoint, await readJson(c)))),
  );
  app.delete(
    "/_sandbox/webhooks",
    guarded(async (c) => remove(world, parseInput(EndpointEnd, await readJson(c)))),
  );
  app.delete(
    "/_sandbox/webhooks/:id",
    guarded((c) => {
      const endpoint = world.store.webhookEndpoints.get(c.req.param("id") ?? "");
      if (!endpoint) throw notFound("No such webhook endpoint is registered");
      removeEndpoint(world, endpoint);
      return { removed: true };
    }),
  );
  app.post(
    "/_sandbox/webhooks/test",
    guarded(async (c) => sendTest(desk, parseInput(Test, await readJson(c)).url)),
  );
  app.post(
    "/_sandbox/webhooks/drain",
    guarded(async () => {
      // What is over by now is a cause that may not have been met yet.
      settleAll(
        world,
        world.store.connections.all().map((row) => row.id),
      );
      await webhooks.idle();
      return world.store.webhookEndpoints.all().map((row) => viewEndpoint(world, row));
    }),
  );
  app.get(
    "/_sandbox/webhooks/deliveries",
    guarded((c) => listDeliveries(world, new URL(c.req.url).searchParams)),
  );
  app.post(
    "/_sandbox/webhooks/deliveries/:id/resend",
    guarded((c) => resend(desk, c.req.param("id"))),
  );
}
