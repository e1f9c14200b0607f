import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { UnknownKeyError } from "@/lib/crypto/key-provider";
import { ensureDemoFactors } from "@/lib/domain/second-factor/ensure-demo-factors";
import { listDemoCodes } from "@/lib/domain/second-factor/list-demo-codes";
import { createPerson } from "@/lib/domain/second-factor/testing";
import { env } from "@/lib/env";
import { rotateKeys } from "./rotate-keys";

const database = useTestDatabase();
const sql = () => database().sql("superuser");

beforeAll(async () => {
  await configureDatabase({ url: database().urls.worker });
  return closeDatabase;
});

const keyringIds = async () =>
  (await sql()<{ id: string }[]>`select distinct keyring_id as id from totp_factors order by 1`).map(
    ({ id }) => id,
  );

const codesAt = async (at: Date) =>
  (await listDemoCodes(at)).accounts.map(({ email, code }) => `${email} ${code}`);

describe("keys:rotate", () => {
  it("wraps authenticator secrets anew, batch by batch, and goes on after it was killed", async () => {
    const people = await Promise.all(Array.from({ length: 7 }, () => createPerson(sql())));
    await ensureDemoFactors(people.map(({ email }) => email));
    const at = new Date();
    const before = await codesAt(at);
    expect(before).toHaveLength(7);
    const oldKeys = env().TOKEN_ENCRYPTION_KEYS;
    const active = `next:${randomBytes(32).toString("base64")}`;
    env().TOKEN_ENCRYPTION_KEYS = `${active},${oldKeys}`;
    const killed = new Error("killed");
    const stop = () => {
      throw killed;
    };
    await expect(rotateKeys({ batchSize: 3, onBatch: stop })).rejects.toBe(killed);
    expect(await keyringIds()).toEqual(["next", "test"]);
    expect(await codesAt(at)).toEqual(before);
    expect((await rotateKeys({ batchSize: 3 })).factors).toBe(4);
    expect(await keyringIds()).toEqual(["next"]);
    // The old key is not needed any more; without the new one nothing opens.
    env().TOKEN_ENCRYPTION_KEYS = active;
    expect(await codesAt(at)).toEqual(before);
    expect((await rotateKeys()).factors).toBe(0);
    env().TOKEN_ENCRYPTION_KEYS = oldKeys;
    await expect(codesAt(at)).rejects.toThrow(UnknownKeyError);
  });
});
