import { runOnce, Logger } from "graphile-worker";
import { afterAll, beforeAll, vi } from "vitest";
import { closeDatabase, configureDatabase, inScope } from "@/db/client";
import { updateConnection } from "@/db/repositories/connections";
import { insertAccessToken } from "@/db/repositories/connections-tokens";
import { connections } from "@/db/schema";
import { useTestDatabase, type TestDatabase } from "@/db/testing";
import { Secret } from "@/lib/crypto";
import { workerContext, type CustomerContext } from "@/lib/domain/context";
import { sealToken } from "@/lib/domain/keys/customer-vault";
import { dispatchLanes } from "@/lib/quota";
import { defaultClient, startSandbox, type RunningSandbox } from "@/sandbox/server";
import { enqueueSync, type SyncReason } from "./enqueue-sync";

/** A sandbox, a database and connected employers, for the tests of syncs. Never imported by the product. */

interface SandboxConnection {
  access_token: string;
  connection_id: string;
  provider_id: string;
  company_id: string;
}

export interface ConnectOptions {
  provider?: string;
  products?: string[];
  employees?: number;
  authenticationType?: string;
  /** A company of its own make: so many payments, or several entities with people and payroll of their own. */
  payments?: number;
  entities?: { name: string; people: number }[];
}

export interface TestConnection {
  customerId: string;
  connectionId: string;
  finchConnectionId: string;
  accessToken: string;
  ctx: CustomerContext;
}

/** What the tests about people ask for. */
export const allProducts = ["company", "directory", "individual", "employment", "ssn"];
/** Everything that Perch reads. */
export const everyProduct = [...allProducts, "payment", "pay_statement", "benefits", "documents"];

export class SyncWorld {
  constructor(
    readonly database: () => TestDatabase,
    readonly sandbox: () => RunningSandbox,
  ) {}

  /** A request to the sandbox itself, as Finch's client or with a token. */
  async finch<T>(method: string, path: string, body?: unknown, token?: string): Promise<T> {
    const basic = Buffer.from(`${defaultClient.id}:${defaultClient.secret}`).toString("base64");
    const response = await fetch(`${this.sandbox().url}${path}`, {
      method,
      headers: {
        authorization: token ? `Bearer ${token}` : `Basic ${basic}`,
        "content-type": "application/json",
        "x-sandbox-control": "1",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  fault(fault: Record<string, unknown>): Promise<unknown> {
    return this.finch("POST", "/_sandbox/faults", fault);
  }

  async addCustomer(name = "Acme Inc."): Promise<string> {
    const [row] = await this.database().sql(
      "owner",
    )`insert into customers (name) values (${name}) returning id`;
    return String(row?.id);
  }

  /** Connects an employer as the callback does: connection row, sealed token. */
  async connect(options: ConnectOptions = {}, customerId?: string): Promise<TestConnection> {
    const products = options.products ?? allProducts;
    const made = await this.atFinch(options, products);
    return this.adopt(made, products, customerId ?? (await this.addCustomer()));
  }

  private atFinch(options: ConnectOptions, products: string[]): Promise<SandboxConnection> {
    const { provider: provider_id = "gusto", employees, payments, entities } = options;
    const ofItsOwn = payments !== undefined || entities !== undefined;
    const size = ofItsOwn ? "people" : "employee_size";
    return this.finch<SandboxConnection>("POST", ofItsOwn ? "/_sandbox/companies" : "/sandbox/connections", {
      provider_id,
      products,
      ...(employees === undefined ? {} : { [size]: employees }),
      ...(payments === undefined ? {} : { payments }),
      ...(entities === undefined ? {} : { entities }),
      ...(options.authenticationType ? { authentication_type: options.authenticationType } : {}),
    });
  }

  /** A connection that the sandbox has already. */
  async adopt(
    made: Omit<SandboxConnection, "company_id">,
    products: string[],
    customerId: string,
  ): Promise<TestConnection> {
    const ctx = workerContext(customerId, "test");
    const connectionId = crypto.randomUUID();
    await inScope(ctx, async (tx) => {
      await tx.insert(connections).values({
        customerId,
        id: connectionId,
        finchConnectionId: made.connection_id,
        finchCustomerId: customerId,
        providerId: made.provider_id,
        providerName: "Gusto",
        products,
      });
    });
    const connection = {
      customerId,
      connectionId,
      finchConnectionId: made.connection_id,
      accessToken: made.access_token,
      ctx,
    };
    await this.giveToken(connection, made.access_token);
    return connection;
  }

  /** Makes this the connection's current token. */
  async giveToken({ ctx, customerId, connectionId }: TestConnection, accessToken: string): Promise<string> {
    const tokenId = crypto.randomUUID();
    await inScope(ctx, async (tx) => {
      const sealed = await sealToken(tx, customerId, tokenId, new Secret(accessToken));
      await insertAccessToken(tx, { customerId, id: tokenId, connectionId, products: [], ...sealed });
      await updateConnection(tx, customerId, connectionId, { currentTokenId: tokenId });
    });
    return tokenId;
  }

  enqueue({ ctx, connectionId }: TestConnection, reason: SyncReason = "first") {
    return inScope(ctx, (tx) => enqueueSync(tx, ctx, connectionId, reason));
  }

  /** Runs what is due, and what waits as if its time had come, until nothing is left or `until` says stop. */
  async work(until: () => Promise<boolean> = async () => false, rounds = 200): Promise<void> {
    const { taskList } = await import("@/worker/registry");
    for (let round = 0; round < rounds; round += 1) {
      await this.database().sql(
        "superuser",
      )`update graphile_worker._private_jobs set run_at = now() where locked_at is null`;
      const [left] = await this.database().sql(
        "superuser",
      )`select count(*)::int as n from graphile_worker._private_jobs where attempts < max_attempts`;
      if (await until()) return;
      if (left?.n === 0) {
        if (!(await this.passWindows())) return;
        continue;
      }
      await runOnce({
        connectionString: this.database().urls.worker,
        taskList,
        concurrency: 1,
        noHandleSignals: true,
        logger: new Logger(() => () => undefined),
      });
    }
    throw new Error("The queue did not become empty");
  }

  /** As if the windows of Finch's quotas were over; false where nothing waits for one. */
  private async passWindows(): Promise<boolean> {
    const [waiting] = await this.rows("select from quota_tickets where job is not null limit 1");
    if (!waiting) return false;
    await this.rows("update quota_slots set free_at = now() where holder is null");
    await dispatchLanes();
    return true;
  }

  async sync(connection: TestConnection, reason: SyncReason = "first"): Promise<string> {
    const { runId } = await this.enqueue(connection, reason);
    await this.work();
    return runId;
  }

  /** One row as the superuser sees it. */
  async row<T = Record<string, unknown>>(text: string, values: (string | number)[] = []): Promise<T> {
    const [row] = await this.database().sql("superuser").unsafe(text, values);
    return row as T;
  }

  async rows<T = Record<string, unknown>>(text: string, values: (string | number)[] = []): Promise<T[]> {
    return [...(await this.database().sql("superuser").unsafe(text, values))] as T[];
  }

  /** Lets what was changed at the provider show, as a sync of Finch does. */
  async publish({ accessToken }: TestConnection): Promise<void> {
    await this.finch("POST", "/sandbox/jobs", { type: "data_sync_all" }, accessToken);
    await this.finch("POST", "/_sandbox/jobs/complete", {});
  }

  /** How often each operation was asked for, by the sandbox's own log, since `after`. */
  async requestsSince(after: number, { finchConnectionId }: TestConnection): Promise<Record<string, number>> {
    const log = await this.finch<{ seq: number; operation: string; connection_id: string }[]>(
      "GET",
      `/_sandbox/requests?after=${after}`,
    );
    const counts: Record<string, number> = {};
    for (const { operation, connection_id: id } of log)
      if (id === finchConnectionId) counts[operation] = (counts[operation] ?? 0) + 1;
    return counts;
  }

  /** The number of the last request that the sandbox saw. */
  async lastRequest(): Promise<number> {
    const log = await this.finch<{ seq: number }[]>("GET", "/_sandbox/requests");
    return log.at(-1)?.seq ?? 0;
  }

  connectionRow({ connectionId }: TestConnection) {
    return this.row<Record<string, unknown>>("select * from connections where id = $1", [connectionId]);
  }
}

/** Database and sandbox for the tests of one file. */
export function useSyncWorld(environment: Record<string, string> = {}): SyncWorld {
  const database = useTestDatabase({ SYNC_POLL_MS: "60000", ...environment });
  let sandbox: RunningSandbox | undefined;
  // A sync is some 10 jobs; on a busy machine a test of several syncs takes its time.
  vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 });
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, initialSyncMs: 0, jobDelayMs: 0 });
    Object.assign(process.env, { FINCH_BASE_URL: sandbox.url, FINCH_CONNECT_URL: sandbox.url });
    await configureDatabase({ url: database().urls.worker, max: 8 });
  });
  afterAll(async () => {
    await closeDatabase();
    await sandbox?.close();
  });
  return new SyncWorld(database, () => {
    if (!sandbox) throw new Error("The sandbox runs only inside tests.");
    return sandbox;
  });
}
