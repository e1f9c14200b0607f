import { randomBytes } from "node:crypto";
import { spawn } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { inScope } from "@/db/client";
import { findToken } from "@/db/repositories/tokens";
import { listSealedValues } from "@/db/repositories/sealed-values";
import { DecryptionError, keyringProvider } from "@/lib/crypto";
import { env } from "@/lib/env";
import { sealedValuePlace } from "@/lib/domain/sync/seal-values";
import { useSyncWorld, type TestConnection } from "@/lib/domain/sync/testing";
import { checkKeys, WrongKeyError } from "./check-keys";
import { loadVault, openToken } from "./customer-vault";
import { rotateKeys } from "./rotate-keys";

const world = useSyncWorld();
const root = path.resolve(import.meta.dirname, "../../..");
const newKey = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;

/** All SSNs of a connection, opened. */
function openSsns({ ctx, customerId, connectionId }: TestConnection): Promise<string[]> {
  return inScope(ctx, async (tx) => {
    const people = await world.rows<{ id: string }>("select id from individuals where connection_id = $1", [
      connectionId,
    ]);
    // Row first, key after: a rotation in between has written the row's key before the row.
    const rows = await listSealedValues(
      tx,
      customerId,
      "individuals",
      people.map((person) => person.id),
    );
    const vault = await loadVault(tx, customerId);
    return rows
      .filter((row) => row.kind === "ssn")
      .map((row) => vault.open(sealedValuePlace(row), row).reveal())
      .sort();
  });
}

async function openCurrentToken({ ctx, customerId, connectionId }: TestConnection): Promise<string> {
  return inScope(ctx, async (tx) => {
    const { current_token_id: id } = await world.row<{ current_token_id: string }>(
      "select current_token_id from connections where id = $1",
      [connectionId],
    );
    const row = await findToken(tx, customerId, id);
    return (
      await openToken(tx, customerId, id, { ciphertext: row?.ciphertext ?? "", keyId: row?.keyId ?? "" })
    ).reveal();
  });
}

describe("two SSN ciphertexts swapped between colleagues", () => {
  it("are refused, and so are two whole rows given to each other", async () => {
    const connection = await world.connect({ products: ["directory", "individual", "ssn"] });
    await world.sync(connection);
    const { ctx, customerId } = connection;
    const rows = await world.rows<{
      id: string;
      owner_id: string;
      ciphertext: string;
      key_id: string;
      kind: string;
      ordinal: number;
    }>("select * from sealed_values where connection_id = $1 and kind = 'ssn' order by id limit 2", [
      connection.connectionId,
    ]);
    const [first, second] = rows;
    if (!first || !second) throw new Error("two SSNs are needed");
    await inScope(ctx, async (tx) => {
      const vault = await loadVault(tx, customerId);
      const placeOf = (ownerId: string) =>
        sealedValuePlace({ ownerTable: "individuals", ownerId, kind: "ssn", ordinal: 0 });
      const sealedOf = (row: typeof first) => ({ ciphertext: row.ciphertext, keyId: row.key_id });
      expect(vault.open(placeOf(first.owner_id), sealedOf(first)).reveal()).toMatch(/^\d{3}-?\d{2}-?\d{4}$/);
      expect(() => vault.open(placeOf(first.owner_id), sealedOf(second))).toThrow(DecryptionError);
      expect(() => vault.open(placeOf(second.owner_id), sealedOf(first))).toThrow(DecryptionError);
    });
  });
});

describe("the known answer", () => {
  it("stops a start with another key of the same name, and with none of the known keys", async () => {
    await checkKeys();
    const same = env().TOKEN_ENCRYPTION_KEYS.split(":")[0] ?? "";
    await expect(checkKeys(keyringProvider(newKey(same)))).rejects.toThrow(WrongKeyError);
    await expect(checkKeys(keyringProvider(newKey("stranger")))).rejects.toThrow(WrongKeyError);
    await expect(checkKeys()).resolves.toBeUndefined();
  });

  it("accepts a new key beside a known one", async () => {
    const both = keyringProvider(`${newKey("next")},${env().TOKEN_ENCRYPTION_KEYS}`);
    await checkKeys(both);
    await expect(checkKeys(keyringProvider(newKey("next")))).rejects.toThrow(WrongKeyError);
  });

  it("stops the worker's start with a sentence that names the variable", async () => {
    await checkKeys();
    const same = env().TOKEN_ENCRYPTION_KEYS.split(":")[0] ?? "";
    const child = spawn(process.execPath, ["--import", "tsx", "worker/main.ts"], {
      cwd: root,
      env: { ...process.env, ...world.database().env, TOKEN_ENCRYPTION_KEYS: newKey(same) },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise((resolve) => child.once("exit", resolve));
    expect(code).toBe(1);
    expect(said).toContain("TOKEN_ENCRYPTION_KEYS");
  });
});

describe("keys:rotate", () => {
  it("wraps data keys anew and seals everything again, while readers read", async () => {
    const connection = await world.connect({ products: ["directory", "individual", "ssn"], employees: 60 });
    await world.sync(connection);
    const before = await openSsns(connection);
    const oldKeys = env().TOKEN_ENCRYPTION_KEYS;
    const active = newKey("k2");
    const both = `${active},${oldKeys}`;
    env().TOKEN_ENCRYPTION_KEYS = both;
    let rotating = true;
    const reading = (async () => {
      let reads = 0;
      while (rotating || reads === 0) {
        expect(await openSsns(connection)).toEqual(before);
        expect(await openCurrentToken(connection)).toBe(connection.accessToken);
        reads += 1;
      }
      return reads;
    })();
    const progress = await rotateKeys({ reencrypt: true, batchSize: 10 });
    rotating = false;
    expect(await reading).toBeGreaterThan(0);
    expect(progress.values).toBeGreaterThan(before.length);
    // The old key is not needed any more.
    env().TOKEN_ENCRYPTION_KEYS = active;
    expect(await openSsns(connection)).toEqual(before);
    expect(await openCurrentToken(connection)).toBe(connection.accessToken);
    env().TOKEN_ENCRYPTION_KEYS = both;
    const keys = await world.rows(
      "select count(*)::int as n from data_keys where retired_at is null and customer_id = $1",
      [connection.customerId],
    );
    expect(keys).toEqual([{ n: 1 }]);
  });

  it("that was killed goes on where it stopped, without another data key", async () => {
    const connection = await world.connect({ products: ["directory", "individual", "ssn"], employees: 60 });
    await world.sync(connection);
    const before = await openSsns(connection);
    const killed = new Error("killed");
    const stopAfter = (batches: number) => () => {
      batches -= 1;
      if (batches < 0) throw killed;
    };
    await expect(rotateKeys({ reencrypt: true, batchSize: 10, onBatch: stopAfter(12) })).rejects.toBe(killed);
    expect(await openSsns(connection)).toEqual(before);
    await rotateKeys({ reencrypt: true, batchSize: 10 });
    expect(await openSsns(connection)).toEqual(before);
    const left = await world.rows(
      "select count(distinct key_id)::int as n from sealed_values where connection_id = $1",
      [connection.connectionId],
    );
    expect(left).toEqual([{ n: 1 }]);
  });

  it("does nothing a second time, but wraps what a new key should wrap", async () => {
    const again = await rotateKeys();
    expect(again.dataKeys).toBe(0);
    env().TOKEN_ENCRYPTION_KEYS = `${newKey("k3")},${env().TOKEN_ENCRYPTION_KEYS}`;
    expect((await rotateKeys()).dataKeys).toBeGreaterThan(0);
  });

  it("lets a sync recognise values that it sealed under the key before", async () => {
    const connection = await world.connect({ products: ["directory", "individual", "ssn"] });
    await world.sync(connection);
    await rotateKeys({ reencrypt: true });
    const rotated = await world.rows(
      "select id, ciphertext from sealed_values where connection_id = $1 order by id",
      [connection.connectionId],
    );
    await world.sync(connection, "scheduled");
    expect(
      await world.rows("select id, ciphertext from sealed_values where connection_id = $1 order by id", [
        connection.connectionId,
      ]),
    ).toEqual(rotated);
  });
});
