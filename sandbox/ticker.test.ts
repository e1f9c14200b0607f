import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSandbox, type Sandbox } from "@/sandbox/app";
import { createAccount, createConnection, disconnect } from "@/sandbox/connections";
import { defaultClient, type SandboxOptions } from "@/sandbox/options";
import { findProvider } from "@/sandbox/providers";

const dayMs = 86_400_000;
const open: Sandbox[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "Date"] });
});
afterEach(() => {
  for (const sandbox of open.splice(0)) sandbox.close();
  vi.useRealTimers();
});

/** A sandbox with one connection to which nobody sends a request. */
function startAlone(options: SandboxOptions = {}, provider = "gusto") {
  const sandbox = createSandbox({ initialSyncMs: 10_000, jobDelayMs: 1_000, ...options });
  open.push(sandbox);
  const { world } = sandbox;
  const found = findProvider(provider);
  if (!found) throw new Error(`no provider ${provider}`);
  const connection = createConnection(world, {
    clientId: defaultClient.id,
    connectionType: "finch",
    provider: found,
    customerId: null,
    customerName: null,
    customerEmail: null,
    employeeSize: 3,
  });
  createAccount(world, connection, { method: "credential", products: ["company"] });
  world.store.flush();
  const current = () => world.store.connections.get(connection.id);
  return { world, connection, syncedAt: () => current()?.lastSyncedAt ?? null };
}

const passMs = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe("without any request", () => {
  it("a sync ends when its time has come", async () => {
    const { syncedAt } = startAlone();
    await passMs(9_990);
    expect(syncedAt()).toBeNull();
    await passMs(20);
    expect(syncedAt()).not.toBeNull();
  });

  it("it ends ten times as soon on a clock at rate 10", async () => {
    const { world, syncedAt } = startAlone();
    world.clock.adjust({ rate: 10 });
    await passMs(990);
    expect(syncedAt()).toBeNull();
    await passMs(20);
    expect(syncedAt()).not.toBeNull();
  });

  it("nothing ends on a frozen clock until it is moved", async () => {
    const { world, syncedAt } = startAlone();
    world.clock.adjust({ frozen: true });
    await passMs(dayMs);
    expect(syncedAt()).toBeNull();
    world.clock.adjust({ advanceMs: 10_000 });
    await passMs(1);
    expect(syncedAt()).not.toBeNull();
  });

  it("a connection is synced every 24 hours, an hour-long timer at a time", async () => {
    const { world, connection } = startAlone();
    await passMs(3 * dayMs + 20_000);
    const jobs = world.store.jobs.group(connection.id);
    const ended = jobs.filter((job) => job.settled).map((job) => job.origin);
    expect(ended).toEqual(["initial", "scheduled", "scheduled", "scheduled"]);
    expect(jobs.filter((job) => !job.settled)).toHaveLength(1);
  });

  it("a disconnected connection is left alone", async () => {
    const { world, connection, syncedAt } = startAlone();
    disconnect(world, connection);
    world.store.flush();
    await passMs(dayMs);
    expect(syncedAt()).toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("no timer is set where nothing is due", async () => {
    const { world } = startAlone({ autoSync: false });
    await passMs(20_000);
    expect(world.store.jobs.all().every((job) => job.settled)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
