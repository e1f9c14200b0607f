import { spawn } from "node:child_process";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { useSyncWorld } from "@/lib/domain/sync/testing";

/** Postgres quotes what it refuses, and its driver carries the parameters: neither may reach a log (SECURITY 20). */

const world = useSyncWorld();
const root = path.resolve(import.meta.dirname, "../../..");
const canary = "900-12-3456";

describe("a constraint error of the database that holds an SSN", () => {
  it("leaves its code in the worker's log, and neither value nor message anywhere", async () => {
    const connection = await world.connect({ products: ["directory"], employees: 3 });
    const directory = await world.finch<{ individuals: { id: string }[] }>(
      "GET",
      "/employer/directory",
      undefined,
      connection.accessToken,
    );
    const [person] = directory.individuals;
    const change = { first_name: canary };
    await world.finch("PUT", `/sandbox/individual/${person?.id ?? ""}`, change, connection.accessToken);
    await world.finch("POST", "/sandbox/jobs", { type: "data_sync_all" }, connection.accessToken);
    await world.finch("POST", "/_sandbox/jobs/complete", {});
    await world
      .database()
      .sql("superuser")
      .unsafe(`alter table individuals add constraint no_canary check (first_name not like '900-%')`);
    await world.enqueue(connection);
    let said = "";
    const worker = spawn(process.execPath, ["--import", "tsx", "worker/main.ts"], {
      cwd: root,
      env: {
        ...process.env,
        ...world.database().env,
        FINCH_BASE_URL: world.sandbox().url,
        SYNC_POLL_MS: "50",
        LOG_LEVEL: "debug",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [worker.stdout, worker.stderr])
      stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
    // 23514: check_violation.
    await vi.waitFor(() => expect(said).toContain("23514"), { timeout: 60_000, interval: 100 });
    const ended = new Promise((resolve) => worker.once("exit", resolve));
    worker.kill("SIGTERM");
    await ended;
    expect(said).not.toContain(canary);
    expect(said).not.toContain("no_canary");
    const kept = await world.rows(
      `select row_to_json(j)::text from graphile_worker._private_jobs j
       union all select row_to_json(r)::text from sync_runs r
       union all select row_to_json(s)::text from sync_steps s
       union all select row_to_json(a)::text from api_requests a`,
    );
    expect(kept.length).toBeGreaterThan(0);
    expect(JSON.stringify(kept)).not.toContain(canary);
  });
});
