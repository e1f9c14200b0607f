import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addTokenEncryptionKey, loadSecrets, readSecrets } from "./secrets";

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "perch-secrets-"))));
afterEach(() => rmSync(folder, { recursive: true }));

describe("local secrets", () => {
  it("are made once", () => {
    expect(readSecrets(folder)).toBeNull();
    const first = loadSecrets(folder);
    expect(loadSecrets(folder)).toEqual(first);
    expect(new Set(Object.values(first)).size).toBe(Object.keys(first).length);
  });

  it("are readable by their owner alone", () => {
    loadSecrets(folder);
    expect(statSync(path.join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
  });

  it("a secret that a newer release needs is added, the others stay", () => {
    const { auditSigningKeys, ...older } = loadSecrets(folder);
    writeFileSync(path.join(folder, "secrets.json"), JSON.stringify(older));
    const now = loadSecrets(folder);
    expect(now).toMatchObject(older);
    expect(now.auditSigningKeys).toMatch(/^a1:/);
    expect(now.auditSigningKeys).not.toBe(auditSigningKeys);
    expect(readSecrets(folder)).toEqual(now);
  });

  it("a new encryption key comes first and the old one stays", () => {
    const before = loadSecrets(folder).tokenEncryptionKeys;
    expect(addTokenEncryptionKey(folder)).toBe("k2");
    expect(loadSecrets(folder).tokenEncryptionKeys).toMatch(/^k2:[A-Za-z0-9+/]{43}=,k1:/);
    expect(loadSecrets(folder).tokenEncryptionKeys.endsWith(before)).toBe(true);
  });
});
