import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { sha256 } from "@/sandbox/secrets";
import { defaultClient, startSandbox } from "@/sandbox/server";
import { basicClient, bearerClient, control, createTestConnection } from "@/sandbox/testing/harness";

const folder = mkdtempSync(path.join(tmpdir(), "sandbox-persistence-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const connectionId = "0b0d6a3e-55f1-4bd0-8a4f-0d3a3fb3f3a1";
const accountId = "c3a6d5a4-9a2f-4a52-9d1c-51a7d65d5b11";
const at = "2026-01-05T00:00:00.000Z";

/** Records as the first version wrote them. */
const oldRecords: [kind: string, id: string, row: unknown][] = [
  ["meta", "meta", { seed: "default", nextOrdinal: 2 }],
  [
    "connection",
    connectionId,
    {
      id: connectionId,
      ordinal: 1,
      clientId: defaultClient.id,
      connectionType: "finch",
      companyId: "3f0b4c9e-6e8e-4f4f-9c83-1f0b9a0d6e55",
      providerId: "gusto",
      customerId: "old",
      customerName: "Old Inc.",
      customerEmail: null,
      legalName: "Old Inc.",
      employeeSize: 4,
      entities: [{ id: "a9f5b8d2-3a3c-4f0e-8d22-0e5b6b1c7d10", name: "Old Inc.", sourceId: null }],
      createdAt: at,
      asOf: "2026-01-01",
      disconnectedAt: null,
      lastSyncedAt: at,
      lastAttemptAt: at,
      lastAttemptResult: "success",
      jobOutcome: "complete",
      quota: {},
      company: {
        working: { legal_name: "Renamed Inc." },
        published: { legal_name: "Written Inc." },
      },
    },
  ],
  [
    "account",
    accountId,
    {
      id: accountId,
      connectionId,
      authenticationType: "credential",
      products: ["company", "directory", "individual", "employment", "payment", "pay_statement"],
      status: "connected",
      username: "good_user",
      createdAt: at,
    },
  ],
  [
    "token",
    sha256("old-token"),
    { hash: sha256("old-token"), id: "t", connectionId, accountId, createdAt: at },
  ],
  [
    "job",
    "7d7a4dd6-6f0d-4c1d-8f64-9c1f3b1a2c3d",
    {
      id: "7d7a4dd6-6f0d-4c1d-8f64-9c1f3b1a2c3d",
      connectionId,
      type: "data_sync_all",
      origin: "scheduled",
      outcome: "complete",
      individualId: null,
      createdAt: at,
      scheduledAt: "2026-01-06T00:00:00.000Z",
      startsAt: "2026-01-06T00:00:00.000Z",
      endsAt: "2026-01-06T00:00:00.400Z",
      settled: false,
    },
  ],
  [
    "session",
    "5d2c3b1a-0000-4000-8000-000000000001",
    {
      id: "5d2c3b1a-0000-4000-8000-000000000001",
      clientId: defaultClient.id,
      kind: "new",
      customerId: "new",
      customerName: "New Inc.",
      customerEmail: null,
      products: ["company"],
      redirectUri: null,
      connectionType: "finch",
      manual: false,
      providerId: null,
      authMethod: null,
      connectionId: null,
      createdAt: at,
      expiresAt: "2126-01-05T00:00:00.000Z",
      status: "opened",
      progress: {
        step: "providers",
        providerId: null,
        authMethod: null,
        username: null,
        accountSelection: false,
        people: 20,
        legalName: null,
        error: null,
      },
      code: null,
    },
  ],
];

/** A state file of the first version. */
function writeOldFile(dataDir: string): void {
  mkdirSync(path.join(dataDir, "sandbox"), { recursive: true });
  const db = new DatabaseSync(path.join(dataDir, "sandbox", "sandbox.sqlite"));
  db.exec("create table records (kind text, id text, json text, primary key (kind, id)) without rowid");
  const put = db.prepare("insert into records values (?, ?, ?)");
  for (const [kind, id, row] of oldRecords) put.run(kind, id, JSON.stringify(row));
  put.run("job", "damaged", '{"connectionId":');
  put.run("overlay", "damaged", "null");
  put.run("a kind of a later version", "x", "{}");
  db.close();
}

describe("a state file of an older version", () => {
  it("is read as it is: token, company, people, jobs and an open session", async () => {
    const dataDir = path.join(folder, "old");
    writeOldFile(dataDir);
    const running = await startSandbox({ dataDir, autoSync: false });
    const client = bearerClient(running.url, "old-token");
    expect((await client.hris.company.retrieve()).legal_name).toBe("Written Inc.");
    expect((await client.hris.directory.list()).individuals).toHaveLength(4);
    expect(await client.account.introspect()).toMatchObject({
      connection_id: connectionId,
      customer_id: "old",
    });
    await client.jobs.automated.list();
    await client.hris.payments.list({ start_date: "2026-01-01", end_date: "2026-02-01" });
    await client.sandbox.jobs.create({ type: "data_sync_all" });
    await control(running.url, "POST", "/jobs/complete");
    expect((await client.hris.company.retrieve()).legal_name).toBe("Renamed Inc.");
    const page = await fetch(
      `${running.url}/authorize?session=5d2c3b1a-0000-4000-8000-000000000001&app_type=spa&sdk_host_url=http://localhost:1`,
    );
    expect(page.status).toBe(200);
    await basicClient(running.url).sandbox.connections.create({ provider_id: "gusto" });
    await running.close();
  });
});

describe("the clock", () => {
  it("goes on after a restart as if nothing had stopped", async () => {
    const dataDir = path.join(folder, "clock");
    let real = Date.UTC(2026, 5, 1);
    const options = { dataDir, realClock: () => real };
    const first = await startSandbox(options);
    await control(first.url, "PUT", "/clock", { advance_ms: 86_400_000, rate: 10 });
    await first.close();
    real += 60_000;
    const second = await startSandbox(options);
    const now = new Date(Date.UTC(2026, 5, 2) + 600_000).toISOString();
    expect(await control(second.url, "GET", "/clock")).toEqual({ now, frozen: false, rate: 10 });
    await control(second.url, "PUT", "/clock", { now: "2030-01-01T00:00:00Z", frozen: true });
    await second.close();
    real += 60_000;
    const third = await startSandbox(options);
    const frozen = { now: "2030-01-01T00:00:00.000Z", frozen: true, rate: 10 };
    expect(await control(third.url, "GET", "/clock")).toEqual(frozen);
    await third.close();
  });
});

describe("what ended while the sandbox was stopped", () => {
  it("is settled by the next start, in its place in time", async () => {
    const dataDir = path.join(folder, "stopped");
    let real = Date.UTC(2026, 5, 1);
    const first = await startSandbox({ dataDir, realClock: () => real });
    const { created } = await createTestConnection(first);
    await first.close();
    real += 3 * 86_400_000;
    const second = await startSandbox({ dataDir, realClock: () => real });
    const client = bearerClient(second.url, created.access_token);
    const { data } = await client.jobs.automated.list();
    expect(data.map((job) => job.completed_at?.slice(0, 10) ?? job.status)).toEqual([
      "pending",
      "2026-06-03",
      "2026-06-02",
      "2026-06-01",
    ]);
    await second.close();
  });
});
