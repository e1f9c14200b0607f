import { afterAll, beforeAll, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { startSandbox, type RunningSandbox } from "@/sandbox/server";
import { playHistory } from "@/soak/mirror/history";
import { Stage } from "@/soak/mirror/stage";

/** Ten random histories; `npm run soak -- mirror-histories` plays two hundred. */

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

it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
  "history %d leaves the mirror equal to what Finch would answer",
  { timeout: 120_000 },
  async (seed) => {
    if (!stage) throw new Error("not started");
    const { differences, story } = await playHistory(stage, seed);
    expect(differences, story.join("\n")).toBe("");
  },
);
