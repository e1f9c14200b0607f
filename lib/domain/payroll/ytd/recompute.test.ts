import { afterAll, beforeAll, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { startSandbox, type RunningSandbox } from "@/sandbox/server";
import { Stage } from "@/soak/mirror/stage";
import { provesCompany } from "@/soak/payroll/companies";
import { Scratch } from "@/soak/payroll/scratch";
import { randomOf } from "@/soak/random";

/** Some random companies; `npm run soak -- ytd-recompute` takes fifty, and the cases of DOMAIN 7. */

const database = useTestDatabase({ SYNC_POLL_MS: "20", QUOTA_CLOCK_RATE: "60" });
let sandbox: RunningSandbox | undefined;
let stage: Stage | undefined;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, initialSyncMs: 0, jobDelayMs: 0 });
  Object.assign(process.env, { FINCH_BASE_URL: sandbox.url, FINCH_CONNECT_URL: sandbox.url });
  stage = new Stage({ sql: database().sql("superuser"), workerUrl: database().urls.worker, sandbox });
  await stage.start();
});

afterAll(async () => {
  await stage?.stop();
  await sandbox?.close();
});

it.each([1, 2, 3])(
  "company %d: plain SQL over Finch's answers equals the pages",
  { timeout: 240_000 },
  async (seed) => {
    if (!stage) throw new Error("not started");
    const scratch = await Scratch.open(stage.sql);
    const { differences, figures, drills, story } = await provesCompany(stage, scratch, randomOf(seed));
    expect(differences.join("\n"), story.join("\n")).toBe("");
    expect(figures).toBeGreaterThan(20);
    expect(drills).toBeGreaterThan(0);
  },
);
