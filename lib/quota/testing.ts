import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { closeDatabase, configureDatabase, inScope } from "@/db/client";
import {
  configureQuota,
  dispatchQuota,
  enterQuota,
  joinQuotaLane,
  type QuotaGrant,
  type QuotaPlace,
} from "@/db/repositories/quota";
import { useTestDatabase, type TestDatabase } from "@/db/testing";
import { workerContext } from "@/lib/domain/context";

/** A database and sets of a test's own, for the tests of the gate. Never imported by the product. */

export const clientId = "test-client";
export const egress = "home";

export interface TestSet {
  key?: string;
  allowance: number;
  windowMs?: number;
}

interface Joining {
  key?: string;
  priority?: number;
  waker?: string;
  workId?: string;
}

export class QuotaWorld {
  readonly customerId = crypto.randomUUID();

  constructor(readonly database: () => TestDatabase) {}

  /** Sets of one endpoint and of one address. */
  async sets({ key = "company", allowance, windowMs = 60_000 }: TestSet, address = 1_000): Promise<void> {
    await configureQuota(clientId, [
      { key, allowance, windowMs, addressSet: "ip", source: "" },
      { key: `ip:${egress}`, allowance: address, windowMs: windowMs * 5, addressSet: null, source: "" },
    ]);
  }

  place(lane: string, change: Partial<QuotaPlace> = {}): QuotaPlace {
    return { clientId, key: "company", egress, lane, ...change };
  }

  /** A slot at once; a test that gets none fails. */
  async enter(lane = "a", change: Partial<QuotaPlace> = {}): Promise<QuotaGrant> {
    const grant = await enterQuota(this.place(lane, change), null, 0);
    expect(grant, "a free slot").not.toBeNull();
    return grant!;
  }

  /** Whether a slot was to be had without waiting. */
  async isFree(change: Partial<QuotaPlace> = {}): Promise<boolean> {
    return (await enterQuota(this.place("someone", change), null, 0)) !== null;
  }

  /** Work of the customer joins a lane, as a step does when it is parked. */
  join(lane: string, { key = "company", priority = 2, waker = lane, workId }: Joining = {}): Promise<void> {
    return inScope(workerContext(this.customerId), (tx) =>
      joinQuotaLane(tx, {
        ...{ clientId, key, priority, lane, waker, connectionId: null },
        job: { name: "sync.step", payload: { lane }, maxAttempts: 25 },
        workId: workId ?? crypto.randomUUID(),
      }),
    );
  }

  dispatch(address = egress, lookaheadMs = 0): Promise<number | null> {
    return dispatchQuota(clientId, address, lookaheadMs);
  }

  /** What the grants woke, in their order. */
  woken(): Promise<{ lane: string; grantId: string }[]> {
    return this.rows(
      `select payload->>'lane' as lane, payload->>'grantId' as "grantId" from graphile_worker._private_jobs order by id`,
    );
  }

  async rows<T = Record<string, unknown>>(text: string, values: (string | number)[] = []): Promise<T[]> {
    return [...(await this.database().sql("superuser").unsafe(text, values))] as T[];
  }

  /** How long the only slot of a set rests after what was done just now, in ms: at least and at most, by how long that took. */
  async restAfter(key: string, act: () => Promise<unknown>): Promise<{ least: number; most: number }> {
    const now = async () =>
      (
        await this.rows<{ at: number }>("select extract(epoch from clock_timestamp())::float8 * 1000 as at")
      )[0]?.at ?? 0;
    const before = await now();
    await act();
    const after = await now();
    const [slot] = await this.rows<{ free: number }>(
      "select extract(epoch from free_at)::float8 * 1000 as free from quota_slots where key = $1",
      [key],
    );
    return { least: (slot?.free ?? NaN) - after, most: (slot?.free ?? NaN) - before };
  }

  /** As if this much time had gone by since everything that was done. */
  async pass(ms: number): Promise<void> {
    const by = `interval '${ms} milliseconds'`;
    await this.rows(`update quota_slots set free_at = free_at - ${by}, granted_at = granted_at - ${by},
      usable_at = usable_at - ${by}, sent_at = sent_at - ${by}`);
    await this.rows(`update quota_endpoints set paused_until = paused_until - ${by}`);
    await this.rows(`update quota_lanes set last_granted_at = last_granted_at - ${by}`);
    await this.rows(
      `update quota_tickets set expires_at = expires_at - ${by}, joined_at = joined_at - ${by}, turn = turn - ${by}`,
    );
  }
}

/** An empty gate before each test; the pool is of the worker's login. */
export function useQuotaWorld(sessions = 4): QuotaWorld {
  const database = useTestDatabase();
  const world = new QuotaWorld(database);
  beforeAll(() => configureDatabase({ url: database().urls.worker, max: sessions }));
  afterAll(() => closeDatabase());
  beforeEach(async () => {
    await world.rows("truncate quota_endpoints, quota_slots, quota_lanes, quota_tickets");
    await world.rows("delete from graphile_worker._private_jobs");
    await world.rows("delete from sync_runs");
  });
  return world;
}
