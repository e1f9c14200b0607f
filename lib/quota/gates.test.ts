import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase, systemDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { DomainError } from "@/lib/domain/errors";
import { dispatchLanes, laneGate, QuotaWait, waitingGate } from "./index";

/** The gates as web has them: its own login, and no worker far and wide. */
const database = useTestDatabase({ QUOTA_UNDOCUMENTED_PER_MINUTE: "1" });
beforeAll(() => configureDatabase({ url: database().urls.app, max: 4 }));
afterAll(() => closeDatabase());
beforeEach(async () => {
  await sql()`update quota_slots set free_at = '-infinity', holder = null`;
  await sql()`delete from quota_tickets`;
});

const sql = () => database().sql("superuser");
const endpoint = "POST /connect/sessions";
const waiting = (patienceMs: number) =>
  waitingGate({ lane: "acme", customerId: null, connectionId: null, patienceMs });
const tickets = () => sql()`select from quota_tickets`;
const restMs = async () => {
  const [row] = await sql()<{ ms: number }[]>`
    select max(extract(epoch from free_at - now()) * 1000)::float as ms from quota_slots where key = 'connect' and free_at > now()`;
  return row?.ms ?? 0;
};

describe("a gate at which somebody waits", () => {
  it("lets the first request through at once", async () => {
    const slot = await waiting(0).enter(endpoint);
    expect(await restMs()).toBeGreaterThan(80_000);
    await slot.answered();
    expect(await restMs()).toBeLessThanOrEqual(60_050);
  });

  it("gives up when the patience is over: nothing was sent, and trying again later may help", async () => {
    await waiting(0).enter(endpoint);
    const refused: unknown = await waiting(300)
      .enter(endpoint)
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DomainError);
    expect(refused).toMatchObject({ code: "RATE_LIMITED", retryable: true });
    expect((refused as DomainError).retryAfterSeconds).toBeGreaterThan(60);
    expect(await tickets()).toHaveLength(0);
  });

  it("lets through whoever is still there when a slot is free", async () => {
    await waiting(0).enter(endpoint);
    const next = waiting(10_000).enter(endpoint);
    await expect.poll(async () => (await tickets()).length).toBe(1);
    await sql()`update quota_slots set free_at = now(), holder = null`;
    await expect(next).resolves.toHaveProperty("answered");
    expect(await tickets()).toHaveLength(0);
  });

  it("keeps what opens connections apart from other requests at the address", async () => {
    await waiting(0).enter(endpoint);
    await waiting(0).enter("GET /introspect");
    const held =
      await sql()`select key from quota_slots where client_id = '' and holder is not null order by key`;
    expect(held.map((row) => String(row["key"]))).toEqual(["auth_ip:default", "ip:default"]);
  });
});

describe("a gate for work that can be put off", () => {
  it("takes a free slot, and says which quota to wait for where there is none", async () => {
    const gate = laneGate({ lane: "acme" });
    await gate.enter("GET /jobs/automated");
    const refused: unknown = await gate
      .enter("GET /jobs/automated/{job_id}")
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(QuotaWait);
    expect(refused).toMatchObject({ key: "jobs" });
    expect(await tickets()).toHaveLength(0);
  });

  it("takes none before somebody who waits", async () => {
    await waiting(0).enter(endpoint);
    const person = waiting(10_000).enter(endpoint);
    await expect.poll(async () => (await tickets()).length).toBe(1);
    // Both see a free slot; who waited gets it.
    await sql().begin(async (tx) => {
      await tx`update quota_slots set free_at = now(), holder = null`;
    });
    await expect(laneGate({ lane: "acme" }).enter(endpoint)).rejects.toThrow(QuotaWait);
    await person;
  });
});

describe("an answer", () => {
  it("is told once", async () => {
    const slot = await waiting(0).enter(endpoint);
    await slot.answered();
    const first = await sql()`select free_at from quota_slots where key = 'connect'`;
    await slot.answered();
    expect(await sql()`select free_at from quota_slots where key = 'connect'`).toEqual(first);
  });

  it("that cannot be told costs the slot its lease and the request nothing", async () => {
    const slot = await waiting(0).enter(endpoint);
    await sql()`revoke execute on function quota_answered(uuid) from perch_app`;
    await expect(slot.answered()).resolves.toBeUndefined();
    await sql()`grant execute on function quota_answered(uuid) to perch_app`;
    expect(await restMs()).toBeGreaterThan(80_000);
  });
});

it("web's login gives nothing out, joins no lane for others and reads none", async () => {
  await expect(dispatchLanes()).rejects.toMatchObject({
    cause: { message: expect.stringContaining("permission denied") },
  });
  for (const statement of [
    "select quota_sweep()",
    "select * from quota_take('', '', '', '', 0)",
    "select quota_use(gen_random_uuid(), '', '', '')",
    "select quota_join('', '', 0::smallint, '', null, '', '{}', 1, '', null)",
    "select from quota_tickets",
    "select from quota_slots",
  ])
    await expect(systemDatabase().execute(statement), statement).rejects.toMatchObject({
      cause: { message: expect.stringContaining("permission denied") },
    });
});
