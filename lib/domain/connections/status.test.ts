import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextSyncAt } from "@/lib/domain/sync/next-sync";
import {
  cadenceMs,
  connectionStates,
  connectionStatus,
  mirroredProducts,
  type StatusFacts,
  type StatusRun,
} from "./status";

const now = new Date("2026-03-10T12:00:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const fresh = (hours = 2) => ({
  retrievedAt: hoursAgo(hours),
  lastAttemptAt: hoursAgo(hours),
  lastAttemptResult: "success",
  fetchedAt: hoursAgo(1),
});

function facts(changes: Partial<StatusFacts> = {}): StatusFacts {
  return {
    providerName: "Gusto",
    syncKind: "automated",
    products: ["company", "directory", "individual", "employment"],
    lostProducts: [],
    notOffered: [],
    accountStatus: "connected",
    actionNeededAt: null,
    actionNeededReason: null,
    permissionMissingAt: null,
    permissionMissingDetail: null,
    freshness: { company: fresh(), directory: fresh(), individual: fresh(), employment: fresh() },
    setupStartedAt: null,
    lastSyncSucceededAt: hoursAgo(1),
    lastSyncFailedAt: null,
    lastSyncError: null,
    consecutiveFailures: 0,
    nextSyncAt: hoursAgo(-23),
    disconnectedAt: null,
    dataDeleteAt: null,
    dataDeletedAt: null,
    latestRun: null,
    ...changes,
  };
}

function run(status: string): StatusRun {
  return {
    status,
    createdAt: hoursAgo(1),
    startedAt: hoursAgo(1),
    finishedAt: null,
    failureMessage: null,
    requestId: null,
  };
}

const stateOf = (changes: Partial<StatusFacts>) => connectionStatus(facts(changes), now).status;

describe("the status of a connection", () => {
  it("does not wait for data that the provider does not have", () => {
    const products = ["directory", "payment", "documents"];
    expect(stateOf({ products })).toBe("late");
    expect(stateOf({ products, notOffered: ["payment"] })).toBe("healthy");
    expect(stateOf({ products: ["payment"], notOffered: ["payment"] })).toBe("never_synced");
  });

  it("has nine states, each reached by its own facts", () => {
    const reached = [
      stateOf({ lastSyncSucceededAt: null, freshness: {} }),
      stateOf({ setupStartedAt: hoursAgo(5), lastSyncSucceededAt: null, freshness: {} }),
      stateOf({ actionNeededAt: hoursAgo(3), actionNeededReason: "reauthenticate_user" }),
      stateOf({ permissionMissingAt: hoursAgo(3) }),
      stateOf({ latestRun: run("running") }),
      stateOf({}),
      stateOf({ freshness: { ...facts().freshness, directory: fresh(25) } }),
      stateOf({ consecutiveFailures: 2, lastSyncFailedAt: hoursAgo(1) }),
      stateOf({ disconnectedAt: hoursAgo(1) }),
    ];
    expect(reached).toEqual([...connectionStates]);
  });

  it("is late only once the sync that fetches what Finch renewed has come, or does not come", () => {
    const old = { ...fresh(24.5), fetchedAt: hoursAgo(20) };
    const stateAt = (nextSyncAt: Date | null, entry = old) =>
      stateOf({ nextSyncAt, freshness: { ...facts().freshness, directory: entry } });
    expect(stateAt(hoursAgo(-0.5))).toBe("healthy");
    expect(stateAt(hoursAgo(0.15))).toBe("healthy");
    expect(stateAt(hoursAgo(0.2))).toBe("late");
    expect(stateAt(hoursAgo(-0.5), { ...old, fetchedAt: hoursAgo(0.1) })).toBe("late");
    expect(stateAt(hoursAgo(-0.5), { ...old, lastAttemptResult: "error" })).toBe("late");
    expect(stateAt(hoursAgo(-2))).toBe("late");
    expect(stateAt(null)).toBe("late");
  });

  it("is never late between two syncs of a connection whose data Finch renews as it should", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom("automated", "assisted"),
        fc.boolean(),
        ...([share, share, share] as const),
        (syncKind, isScheduled, random, synced, shown) => {
          // Whenever it was synced last within the cadence, also a minute before its end, and whenever it is looked at.
          const retrievedAt = hoursAgo(0);
          const ends = retrievedAt.getTime() + cadenceMs(syncKind);
          const fetchedAt = new Date(retrievedAt.getTime() + synced * cadenceMs(syncKind));
          const at = nextSyncAt({
            syncKind,
            dataRetrievedAt: retrievedAt,
            renewsAt: isScheduled ? new Date(ends) : null,
            consecutiveFailures: 0,
            now: fetchedAt,
            random,
          });
          const freshness = { directory: { ...fresh(0), retrievedAt, fetchedAt } };
          const given = facts({ syncKind, products: ["directory"], freshness, nextSyncAt: at });
          const later = new Date(fetchedAt.getTime() + shown * (at.getTime() - fetchedAt.getTime()));
          expect(connectionStatus(given, later).status).toBe("healthy");
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("is late after a 200 whose last attempt failed, with the date of the data", () => {
    const stale = { ...fresh(3), lastAttemptResult: "error" };
    const view = connectionStatus(facts({ freshness: { ...facts().freshness, employment: stale } }), now);
    expect(view.status).toBe("late");
    expect(view.cause.happened).toContain("employment");
    expect(view.dataFrom).toEqual(hoursAgo(3));
  });

  it("is not healthy where Finch does not say how old the data is", () => {
    const ageless = { ...fresh(), retrievedAt: null };
    expect(stateOf({ freshness: { ...facts().freshness, company: ageless } })).toBe("late");
  });

  it("says of data that never came that it is missing, not that it is old", () => {
    const products = [...facts().products, "payment", "pay_statement"];
    const view = connectionStatus(facts({ products }), now);
    expect(view).toMatchObject({ status: "late", dataFrom: hoursAgo(2), remedy: { action: "sync" } });
    expect(view.cause.happened).toBe("Finch has not given the payment, pay statement data from Gusto yet.");
    const old = { ...facts().freshness, employment: fresh(30) };
    expect(connectionStatus(facts({ products, freshness: old }), now).cause.happened).toContain("older");
  });

  it("allows assisted providers seven days", () => {
    const old = {
      company: fresh(100),
      directory: fresh(100),
      individual: fresh(100),
      employment: fresh(100),
    };
    expect(stateOf({ syncKind: "assisted", freshness: old })).toBe("healthy");
    expect(stateOf({ syncKind: "automated", freshness: old })).toBe("late");
  });

  it("asks for a reconnect as soon as the account says so, even before a sync noticed", () => {
    const view = connectionStatus(facts({ accountStatus: "reauth" }), now);
    expect(view.status).toBe("action_needed");
    expect(view.remedy?.action).toBe("reconnect");
  });

  it("says what a reconnect with fewer products lost", () => {
    const view = connectionStatus(
      facts({ lostProducts: ["employment"], products: ["company", "directory"] }),
      now,
    );
    expect(view.status).toBe("missing_permission");
    expect(view.cause.happened).toContain("employment");
  });

  it("keeps the last result and the activity apart from the status", () => {
    const view = connectionStatus(
      facts({
        actionNeededAt: hoursAgo(2),
        lastSyncFailedAt: hoursAgo(2),
        lastSyncSucceededAt: hoursAgo(30),
        latestRun: run("queued"),
      }),
      now,
    );
    expect(view).toMatchObject({
      status: "action_needed",
      activity: { kind: "queued" },
      lastResult: { result: "failed", at: hoursAgo(2) },
    });
  });

  it("stops calling a setup normal after 14 days, or 2 where it is automatic", () => {
    const setup = { lastSyncSucceededAt: null, freshness: {} };
    expect(stateOf({ ...setup, syncKind: "assisted", setupStartedAt: hoursAgo(13 * 24) })).toBe("setting_up");
    expect(stateOf({ ...setup, syncKind: "assisted", setupStartedAt: hoursAgo(15 * 24) })).toBe("failing");
    expect(stateOf({ ...setup, setupStartedAt: hoursAgo(3 * 24) })).toBe("failing");
  });

  it("gives every state that is not fine something to read and something to do", () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const view = connectionStatus(given, now);
        expect(view.cause.happened).not.toBe("");
        expect(view.cause.means).not.toBe("");
        if (view.status !== "healthy" && view.status !== "syncing") expect(view.remedy).not.toBeNull();
      }),
    );
  });

  it("is never falsely healthy", () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        if (connectionStatus(given, now).status !== "healthy") return;
        const limit = cadenceMs(given.syncKind);
        const shared = mirroredProducts.filter(
          (product) => given.products.includes(product) && !given.notOffered.includes(product),
        );
        expect(shared.length).toBeGreaterThan(0);
        for (const product of shared) {
          const entry = given.freshness[product];
          // Older than the cadence only while the sync that is due then is still to come: an hour a day, and its reading.
          const ageMs = now.getTime() - (entry?.retrievedAt?.getTime() ?? 0);
          const planned = given.nextSyncAt?.getTime() ?? 0;
          expect(ageMs).toBeLessThan(limit * (1 + 1 / 24) + 20 * 60_000);
          if (ageMs >= limit) expect(now.getTime() - planned).toBeLessThan(10 * 60_000);
          if (ageMs >= limit)
            expect(entry?.fetchedAt?.getTime() ?? 0).toBeLessThanOrEqual(now.getTime() - ageMs + limit);
          expect(entry?.lastAttemptResult ?? "success").toBe("success");
        }
        expect([given.disconnectedAt, given.actionNeededAt, given.permissionMissingAt]).toEqual([
          null,
          null,
          null,
        ]);
        expect(given.consecutiveFailures).toBe(0);
        expect(given.lastSyncSucceededAt).not.toBeNull();
      }),
      { numRuns: 3000 },
    );
  });
});

const instant = fc.integer({ min: -300, max: 48 }).map(hoursAgo);
const maybeInstant = fc.option(instant, { nil: null, freq: 1 });
const rarely = fc
  .option(instant, { nil: null, freq: 1 })
  .chain((value) => fc.constantFrom(null, null, null, value));
const entry = fc.record({
  retrievedAt: fc.option(fc.integer({ min: -1, max: 60 }).map(hoursAgo), { nil: null, freq: 8 }),
  lastAttemptAt: maybeInstant,
  lastAttemptResult: fc.constantFrom("success", "success", "success", null, "error", "partial_error"),
  fetchedAt: maybeInstant,
});
const freshEntry = fc.integer({ min: 0, max: 26 }).map(fresh);

const anyFacts: fc.Arbitrary<StatusFacts> = fc.record({
  providerName: fc.constant("Gusto"),
  syncKind: fc.constantFrom("automated", "assisted"),
  products: fc.subarray([...mirroredProducts, "ssn", "documents"]),
  notOffered: fc.constantFrom([], [], ["payment", "pay_statement"], ["benefits"]),
  lostProducts: fc.constantFrom([], [], ["employment"]),
  accountStatus: fc.constantFrom(
    null,
    "connected",
    "connected",
    "pending",
    "processing",
    "reauth",
    "error_permissions",
    "odd",
  ),
  actionNeededAt: rarely,
  actionNeededReason: fc.constantFrom(null, "reauthenticate_user", "account_setup_required"),
  permissionMissingAt: rarely,
  permissionMissingDetail: fc.constant(null),
  freshness: fc.oneof(
    fc.dictionary(fc.constantFrom(...mirroredProducts), entry),
    fc.record(Object.fromEntries(mirroredProducts.map((product) => [product, freshEntry]))),
  ),
  setupStartedAt: rarely,
  lastSyncSucceededAt: maybeInstant,
  lastSyncFailedAt: maybeInstant,
  lastSyncError: fc.constant(null),
  consecutiveFailures: fc.constantFrom(0, 0, 0, 1, 7),
  nextSyncAt: maybeInstant,
  disconnectedAt: rarely,
  dataDeleteAt: maybeInstant,
  dataDeletedAt: fc.constant(null),
  latestRun: fc.option(
    fc.constantFrom("queued", "running", "waiting", "succeeded", "failed", "cancelled").map(run),
    { nil: null },
  ),
});
