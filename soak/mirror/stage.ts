import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import { configureDatabase, inScope } from "@/db/client";
import { updateConnection } from "@/db/repositories/connections";
import { insertAccessToken } from "@/db/repositories/connections-tokens";
import { connections } from "@/db/schema";
import { Secret } from "@/lib/crypto";
import { workerContext, type CustomerContext } from "@/lib/domain/context";
import { sealToken } from "@/lib/domain/keys/customer-vault";
import { enqueueSync, type SyncReason } from "@/lib/domain/sync/enqueue-sync";
import type { RunningSandbox } from "@/sandbox/server";
import { startWorker, type RunningWorker } from "@/worker/start-worker";

/** A database, a sandbox in this process, and the product's worker, which can be stopped and started. */

export interface StageOptions {
  /** A client that row-level security does not hold back. */
  sql: Sql;
  workerUrl: string;
  sandbox: RunningSandbox;
}

/** Marks requests of the proof itself: they are no part of what is proved. */
export const ownHeader = "x-proof";

type Watcher = (request: Request) => Promise<void> | void;

const nudgeEveryMs = 40;

export class Stage {
  readonly sql: Sql;
  readonly sandbox: RunningSandbox;
  private readonly workerUrl: string;
  private worker: RunningWorker | null = null;
  private timer: NodeJS.Timeout | undefined;
  private watcher: Watcher | null = null;

  constructor({ sql, workerUrl, sandbox }: StageOptions) {
    this.sql = sql;
    this.workerUrl = workerUrl;
    this.sandbox = sandbox;
    const { app } = sandbox.sandbox;
    const answer = app.fetch;
    app.fetch = async (request, ...rest) => {
      if (request.headers.get(ownHeader) === null) await this.watcher?.(request);
      return answer(request, ...rest);
    };
  }

  /** Sees each request of the product before it is answered; holding it back holds the answer. */
  watch(watcher: Watcher | null): void {
    this.watcher = watcher;
  }

  async start(): Promise<void> {
    await this.openDatabase();
    this.worker = await startWorker();
    const nudge = () => this.nudge().catch(() => undefined);
    this.timer = setInterval(() => void nudge(), nudgeEveryMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.worker?.stop();
    this.worker = null;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** The pool of this process, which a worker that stops closes. */
  openDatabase(): Promise<void> {
    return configureDatabase({ url: this.workerUrl, max: 12 });
  }

  /** What waits for its time has it now: waits are no part of what is proved. */
  private async nudge(): Promise<void> {
    const moved = await this.sql`
      update graphile_worker._private_jobs set run_at = now() where locked_at is null and run_at > now() returning id`;
    if (moved.length > 0) await this.sql`select pg_notify('jobs:insert', ${`{"count":${moved.length}}`})`;
  }

  /** Another worker takes what this one has in hand, as if it had died. */
  async stealJobs(): Promise<void> {
    await this.sql`
      select graphile_worker.force_unlock_workers(array_agg(distinct locked_by)) from graphile_worker._private_jobs
      where locked_by is not null having count(*) > 0`;
    await this.sql`select pg_notify('jobs:insert', '{"count":1}')`;
  }

  /** Waits until no run is open; false where one goes on for longer: it may wait for Finch. */
  async isAtRest(connectionId: string, ms = 4_000): Promise<boolean> {
    for (const end = Date.now() + ms; Date.now() < end; await pause(15)) {
      const open = await this.sql`
        select from sync_runs where connection_id = ${connectionId} and status in ('queued', 'running', 'waiting')`;
      if (open.length === 0) return true;
    }
    return false;
  }

  /** @throws where a run does not end */
  async rest(connectionId: string): Promise<void> {
    if (!(await this.isAtRest(connectionId, 60_000)))
      throw new Error(`A sync did not end: ${await this.whyOpen(connectionId)}`);
  }

  async whyOpen(connectionId: string): Promise<string> {
    const steps = await this.sql`
      select r.status as run, s.name, s.entity_id, s.status, s.outcome, s.quota_key, s.epoch, s.attempts from sync_runs r
      join sync_steps s on s.customer_id = r.customer_id and s.run_id = r.id
      where r.connection_id = ${connectionId} and r.status in ('queued', 'running', 'waiting') and s.status not in ('succeeded', 'pending')`;
    const jobs = await this.sql`
      select task_identifier, attempts, max_attempts, last_error, locked_by is not null as locked from graphile_worker.jobs`;
    const sessions = await this.sql`
      select pid, state, wait_event, age(now(), state_change)::text as since, left(query, 120) as query, pg_blocking_pids(pid) as blocked_by
      from pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`;
    const slots = await this
      .sql`select key, count(*)::int as n, min(free_at - now())::text as next from quota_slots group by 1`;
    return JSON.stringify({ steps, jobs, sessions, slots });
  }

  /** A request to the sandbox by the proof itself. */
  async finch<T>(method: string, path: string, body?: unknown, token?: string): Promise<T> {
    const response = await fetch(`${this.sandbox.url}${path}`, {
      method,
      headers: {
        "content-type": "application/json",
        "x-sandbox-control": "1",
        [ownHeader]: "1",
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const isNoData = response.status === 202 && method === "GET";
    if (!response.ok || isNoData)
      throw new SandboxRefusal(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}

/** The sandbox did not do what the proof asked of it. */
export class SandboxRefusal extends Error {}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A connected employer, as the callback leaves it. */
export class Employer {
  readonly ctx: CustomerContext;
  readonly connectionId = randomUUID();

  private constructor(
    readonly stage: Stage,
    readonly customerId: string,
    readonly finchConnectionId: string,
    public token: string,
  ) {
    this.ctx = workerContext(customerId, "proof");
  }

  /** @param customerId an employer that is there already; left out, a new one */
  static async connect(
    stage: Stage,
    made: { connection_id: string; access_token: string; products: string[]; provider_id: string },
    customerId: string = randomUUID(),
  ): Promise<Employer> {
    await stage.sql`insert into customers (id, name) values (${customerId}, 'Proof') on conflict do nothing`;
    const employer = new Employer(stage, customerId, made.connection_id, made.access_token);
    const { connectionId } = employer;
    await inScope(employer.ctx, async (tx) => {
      await tx.insert(connections).values({
        customerId,
        id: connectionId,
        finchConnectionId: made.connection_id,
        finchCustomerId: customerId,
        providerId: made.provider_id,
        providerName: made.provider_id,
        products: made.products,
      });
    });
    await employer.useToken(made.access_token);
    return employer;
  }

  /** Makes this the connection's current token, as a reconnect does. */
  async useToken(accessToken: string): Promise<void> {
    const { customerId, connectionId } = this;
    const tokenId = randomUUID();
    await inScope(this.ctx, async (tx) => {
      const sealed = await sealToken(tx, customerId, tokenId, new Secret(accessToken));
      await insertAccessToken(tx, { customerId, id: tokenId, connectionId, products: [], ...sealed });
      await updateConnection(tx, customerId, connectionId, { currentTokenId: tokenId });
    });
    this.token = accessToken;
  }

  enqueue(reason: SyncReason) {
    return inScope(this.ctx, (tx) => enqueueSync(tx, this.ctx, this.connectionId, reason));
  }

  async sync(reason: SyncReason): Promise<void> {
    await this.enqueue(reason);
    await this.stage.rest(this.connectionId);
  }

  /** The next sync reads everything, whoever asked for it: days outside of the window are compared, too. */
  async forgetFullSync(): Promise<void> {
    await this.stage.sql`update connections set fully_synced_at = null where id = ${this.connectionId}`;
  }

  /** The next scheduled sync reads everything, as one a month does. */
  async letMonthPass(): Promise<void> {
    await this.stage.sql`
      update connections set fully_synced_at = fully_synced_at - interval '40 days' where id = ${this.connectionId}`;
  }
}
