import { afterAll, beforeAll, beforeEach } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { configureQuota, type QuotaPlace } from "@/db/repositories/quota";
import { useTestDatabase, type TestDatabase } from "@/db/testing";

/** A database and sets of a test's own, for the tests of the gate. Never imported by the product. */

export const clientId = "test-client";
export const egress = "home";

export interface TestSet {
  key?: string;
  allowance: number;
  windowMs?: number;
}

export class QuotaWorld {
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

  async rows<T = Record<string, unknown>>(text: string, values: (string | number)[] = []): Promise<T[]> {
    return [...(await this.database().sql("superuser").unsafe(text, values))] as T[];
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
  });
  return world;
}
