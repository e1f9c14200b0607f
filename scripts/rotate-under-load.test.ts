import { afterAll, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { env } from "@/lib/env";
import { randomOf } from "@/soak/random";
import { rotateUnderLoad } from "@/soak/rotate-under-load";

const database = useTestDatabase();
afterAll(closeDatabase);

/** The long proof of `npm run soak -- rotate-keys`, with a count for every day. */
it("a rotation that is killed twice goes on, and no reader ever fails", async () => {
  await configureDatabase({ url: database().urls.worker });
  const result = await rotateUnderLoad(
    {
      ...{ sql: database().sql("superuser"), env: database().env, secrets: 300, customers: 2 },
      ...{ kills: 2, readers: 2, batchSize: 10, next: randomOf(1) },
    },
    (keys) => void (env().TOKEN_ENCRYPTION_KEYS = keys),
  );
  expect(result).toMatchObject({
    secrets: 300,
    kills: 2,
    failedReads: 0,
    left: 0,
    lost: 0,
    dataKeysInUse: 2,
  });
  expect(result.reads).toBeGreaterThan(0);
}, 240_000);
