import type { World } from "@/sandbox/call";
import type { Happened } from "@/sandbox/changes";
import { testEvent, toEvent, type WebhookEvent } from "@/sandbox/webhooks/events";
import { EndpointQueue } from "@/sandbox/webhooks/queue";
import type { Attempt, Delivery, WebhookEndpoint } from "@/sandbox/webhooks/records";
import type { Send } from "@/sandbox/webhooks/send";
import { newEventId, signedHeaders } from "@/sandbox/webhooks/sign";

/** Finch: Webhooks, "Retries": so long after each failure; after the last one a delivery is given up. */
export const retryDelaysMs = [0, 5_000, 5 * 60_000, 30 * 60_000, 2 * 3_600_000];

/** More do not wait: a receiver that is away must not fill the memory. */
const maxWaiting = 200_000;
const keptFinished = 1_000;
/** Results of attempts are made durable together; after a crash an event may be sent twice, as Finch may. */
const flushEveryMs = 200;

/** Sends what happens to the endpoints that are registered, and tries again by the sandbox's clock. */
export class Webhooks {
  private readonly queues = new Map<string, EndpointQueue>();
  private readonly finished: string[] = [];
  private nextNumber = 1;
  private isPlanned = false;
  private flushing: NodeJS.Timeout | null = null;
  private waiters: (() => void)[] = [];

  constructor(
    private readonly world: World,
    private readonly send: Send,
  ) {
    world.changes.listen(
      (happened) => this.hear(happened),
      () => world.store.webhookEndpoints.size > 0,
    );
    for (const row of world.store.deliveries.all()) {
      this.nextNumber = Math.max(this.nextNumber, Number(row.id) + 1);
      if (row.state !== "waiting") this.finished.push(row.id);
      else this.queueOf(row.endpointId).add(Date.parse(row.nextAt ?? row.createdAt), row.id);
    }
    this.plan();
  }

  private queueOf(endpointId: string): EndpointQueue {
    let queue = this.queues.get(endpointId);
    if (!queue) this.queues.set(endpointId, (queue = new EndpointQueue()));
    return queue;
  }

  private hear(happened: Happened): void {
    const event = toEvent(this.world, happened);
    const connection = this.world.store.connections.get(happened.connectionId);
    if (!event || !connection) return;
    const eventId = newEventId();
    for (const endpoint of this.world.store.webhookEndpoints.all()) {
      if (endpoint.clientId !== null && endpoint.clientId !== connection.clientId) continue;
      const first = this.queue(endpoint, {
        eventId,
        connectionId: connection.id,
        ...this.written(endpoint, event),
      });
      if (first && endpoint.duplicates) this.resend(first, endpoint);
    }
  }

  /** The event's text for one endpoint; where it has two shapes they take turns, the document's first. */
  private written(endpoint: WebhookEndpoint, event: WebhookEvent): Pick<Delivery, "eventType" | "body"> {
    const kind = event.type.split(".")[0] ?? "";
    const turn = endpoint.turns[kind] ?? 0;
    if (event.varies) {
      const turns = { ...endpoint.turns, [kind]: turn + 1 };
      this.world.store.webhookEndpoints.set(endpoint.id, { ...endpoint, turns });
    }
    const shape = turn % 2 === 0 ? "document" : "guide";
    return { eventType: event.type, body: event.body(endpoint.shapes === "both" ? shape : endpoint.shapes) };
  }

  private queue(
    { id: endpointId }: WebhookEndpoint,
    event: Pick<Delivery, "eventId" | "eventType" | "connectionId" | "body">,
  ): Delivery | null {
    const { store, clock } = this.world;
    const queue = this.queueOf(endpointId);
    if (queue.length >= maxWaiting) {
      const endpoint = store.webhookEndpoints.get(endpointId);
      if (endpoint) store.webhookEndpoints.set(endpointId, { ...endpoint, dropped: endpoint.dropped + 1 });
      return null;
    }
    // As wide as a number gets, so that the file keeps the order.
    const id = String(this.nextNumber++).padStart(15, "0");
    const now = clock.iso();
    const waiting = { state: "waiting", attempts: [], createdAt: now, nextAt: now } as const;
    const delivery = store.deliveries.set(id, { id, endpointId, ...event, ...waiting, attempts: [] });
    queue.add(clock.now(), id);
    this.plan();
    return delivery;
  }

  /** The test message of Finch's dashboard. */
  sendTest(endpoint: WebhookEndpoint): Delivery | null {
    const { store } = this.world;
    const isOurs = (row: { clientId: string }) =>
      endpoint.clientId === null || row.clientId === endpoint.clientId;
    const connection = store.connections.all().find(isOurs);
    const event = testEvent(connection, connection && store.accounts.group(connection.id)[0]?.id);
    const connectionId = connection?.id ?? null;
    return this.queue(endpoint, {
      eventId: newEventId(),
      connectionId,
      ...this.written(endpoint, event),
    });
  }

  /** Sends an event once more, as Finch may at any time: the same text with the same id. */
  resend({ eventId, eventType, connectionId, body }: Delivery, endpoint: WebhookEndpoint): Delivery | null {
    return this.queue(endpoint, { eventId, eventType, connectionId, body });
  }

  /** When something is to be tried next (milliseconds), or null. */
  nextAt(): number | null {
    const times = [...this.queues.values()].flatMap((queue) => queue.nextAt ?? []);
    return times.length === 0 ? null : Math.min(...times);
  }

  /** Starts what is due, once what runs now is done: its cause is answered first. */
  plan(): void {
    if (this.isPlanned) return;
    this.isPlanned = true;
    setImmediate(() => {
      this.isPlanned = false;
      this.run();
    });
  }

  private run(): void {
    const { store, clock } = this.world;
    const now = clock.now();
    for (const [endpointId, queue] of this.queues) {
      const endpoint = store.webhookEndpoints.get(endpointId);
      if (!endpoint) this.queues.delete(endpointId);
      for (let id = endpoint ? queue.start(now, endpoint.reorder) : null; endpoint && id !== null;) {
        void this.attempt(queue, endpoint, id);
        id = queue.start(now, endpoint.reorder);
      }
    }
    if (!this.isBusy) for (const wake of this.waiters.splice(0)) wake();
  }

  private get isBusy(): boolean {
    const now = this.world.clock.now();
    return this.isPlanned || [...this.queues.values()].some((queue) => queue.isBusy(now));
  }

  /** Waits until everything that is due has been tried. */
  idle(): Promise<void> {
    return this.isBusy ? new Promise((resolve) => this.waiters.push(resolve)) : Promise.resolve();
  }

  private async attempt(queue: EndpointQueue, endpoint: WebhookEndpoint, id: string): Promise<void> {
    const delivery = this.world.store.deliveries.get(id);
    if (delivery) this.note(queue, id, await this.deliver(endpoint, delivery));
    queue.end();
    this.plan();
  }

  private async deliver({ url, secrets }: WebhookEndpoint, { eventId, body }: Delivery): Promise<Attempt> {
    const startedAt = performance.now();
    const done = (status: number | null, error: string | null): Attempt => ({
      at: this.world.clock.iso(),
      status,
      error,
      durationMs: Math.round(performance.now() - startedAt),
    });
    try {
      // The machine's time: receivers compare it with theirs, whatever this sandbox's clock says.
      const seconds = Math.floor(this.world.clock.realNow() / 1000);
      return done(
        await this.send({ url, headers: signedHeaders(eventId, body, secrets, seconds), body }),
        null,
      );
    } catch (error) {
      return done(null, error instanceof Error ? error.message : String(error));
    }
  }

  private note(queue: EndpointQueue, id: string, attempt: Attempt): void {
    const { store, clock } = this.world;
    const delivery = store.deliveries.get(id);
    // A reset, or the end of the endpoint, has taken it away meanwhile.
    if (!delivery) return;
    const attempts = [...delivery.attempts, attempt];
    const isDone = attempt.status !== null && attempt.status >= 200 && attempt.status < 300;
    const delay = isDone ? undefined : retryDelaysMs[attempts.length - 1];
    if (delay === undefined) {
      store.deliveries.set(id, {
        ...delivery,
        attempts,
        state: isDone ? "delivered" : "failed",
        nextAt: null,
      });
      this.finished.push(id);
      if (this.finished.length > keptFinished) store.deliveries.delete(this.finished.shift() ?? "");
    } else {
      const at = clock.now() + delay;
      store.deliveries.set(id, { ...delivery, attempts, nextAt: new Date(at).toISOString() });
      queue.add(at, id);
    }
    this.flushing ??= setTimeout(() => {
      this.flushing = null;
      store.flush();
    }, flushEveryMs).unref();
  }

  close(): void {
    if (this.flushing) clearTimeout(this.flushing);
    this.flushing = null;
  }
}
