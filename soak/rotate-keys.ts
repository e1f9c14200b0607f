import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startDatabase } from "@/bench/lib/stand";
import { closeDatabase, configureDatabase } from "@/db/client";
import { testEnvironment } from "@/db/testing/environment";
import { env } from "@/lib/env";
import { randomOf } from "./random";
import type { SoakResult } from "./result";
import { rotateUnderLoad } from "./rotate-under-load";

const customers = 10;
const kills = 5;

/** 100,000 secrets sealed again under new keys, without a failed read, by a process that is killed five times. */
export async function rotateKeysSoak(options: { count: number; seed: number }): Promise<SoakResult> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "perch-soak-"));
  const { server, urls, sql } = await startDatabase(dataDir);
  const environment = testEnvironment(urls, dataDir);
  Object.assign(process.env, environment);
  await configureDatabase({ url: urls.worker });
  try {
    const result = await rotateUnderLoad(
      {
        ...{ sql, env: environment, secrets: options.count, customers, kills, readers: 4, batchSize: 500 },
        next: randomOf(options.seed),
        onProgress: (text) => process.stderr.write(`${text}\n`),
      },
      (keys) => void (env().TOKEN_ENCRYPTION_KEYS = keys),
    );
    const pass =
      result.failedReads === 0 &&
      result.lost === 0 &&
      result.left === 0 &&
      result.kills === kills &&
      result.dataKeysInUse === customers;
    return { soak: "rotate-keys", pass, detail: { seed: options.seed, ...result } };
  } finally {
    await closeDatabase();
    await sql.end({ timeout: 2 });
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
