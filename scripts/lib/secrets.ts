import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** What local mode makes up once and keeps; a server gets all of it from its operator. */
export interface LocalSecrets {
  postgresPassword: string;
  ownerPassword: string;
  appPassword: string;
  authPassword: string;
  workerPassword: string;
  nextAuthSecret: string;
  finchWebhookSecret: string;
  /** `id:base64,…`, the first is active. */
  tokenEncryptionKeys: string;
  auditSigningKeys: string;
}

const fileOf = (dataDir: string) => path.join(dataDir, "secrets.json");

/** Reads the secrets of a data folder, and makes those that are not there yet. */
export function loadSecrets(dataDir: string): LocalSecrets {
  const kept = readSecrets(dataDir);
  const all = { ...makeSecrets(), ...kept };
  if (kept && Object.keys(all).length === Object.keys(kept).length) return all;
  if (kept) {
    writeSecrets(dataDir, all);
    return all;
  }
  // Linked, not renamed: of two first starts at the same time one wins and both use its secrets.
  const partial = writePartial(dataDir, all);
  try {
    linkSync(partial, fileOf(dataDir));
    return all;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return loadSecrets(dataDir);
  } finally {
    rmSync(partial, { force: true });
  }
}

/** The secrets of a data folder where Perch has run before, else null. */
export function readSecrets(dataDir: string): LocalSecrets | null {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), "utf8")) as LocalSecrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Puts a new token encryption key in front; the older ones stay, to read what they sealed. */
export function addTokenEncryptionKey(dataDir: string): string {
  const secrets = loadSecrets(dataDir);
  const id = `k${secrets.tokenEncryptionKeys.split(",").length + 1}`;
  writeSecrets(dataDir, {
    ...secrets,
    tokenEncryptionKeys: `${id}:${key()},${secrets.tokenEncryptionKeys}`,
  });
  return id;
}

function writeSecrets(dataDir: string, secrets: LocalSecrets): void {
  renameSync(writePartial(dataDir, secrets), fileOf(dataDir));
}

function writePartial(dataDir: string, secrets: LocalSecrets): string {
  const partial = `${fileOf(dataDir)}.${process.pid}-${randomBytes(4).toString("hex")}`;
  writeFileSync(partial, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return partial;
}

function makeSecrets(): LocalSecrets {
  return {
    postgresPassword: password(),
    ownerPassword: password(),
    appPassword: password(),
    authPassword: password(),
    workerPassword: password(),
    nextAuthSecret: randomBytes(32).toString("hex"),
    finchWebhookSecret: key(),
    tokenEncryptionKeys: `k1:${key()}`,
    auditSigningKeys: `a1:${key()}`,
  };
}

const password = () => randomBytes(24).toString("base64url");
const key = () => randomBytes(32).toString("base64");
