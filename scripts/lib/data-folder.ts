import { accessSync, constants, existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { prepareDataDir } from "./embedded-postgres";
import { UserError } from "./user-error";

const ours = new Set([
  "secrets.json",
  "supervisor.lock",
  "postgres",
  "postgres.location",
  "mail",
  "logs",
  "sandbox",
]);

/**
 * Makes sure that the data folder exists, can be written, and is ours: its mode is about to be changed, which
 * must not happen to somebody's home because of a slip in DATA_DIR.
 */
export function openDataFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK | constants.R_OK | constants.X_OK);
    const entries = readdirSync(dataDir).filter((name) => name !== "lost+found");
    if (entries.length > 0 && !entries.some((name) => ours.has(name))) {
      throw new UserError(
        `The data folder ${dataDir} holds other things. Choose an empty or a new folder: DATA_DIR=/path/to/folder npm start`,
      );
    }
    prepareDataDir(dataDir);
    for (const name of ["logs", "mail"])
      mkdirSync(path.join(dataDir, name), { mode: 0o700, recursive: true });
  } catch (error) {
    if (error instanceof UserError) throw error;
    const why = explain((error as NodeJS.ErrnoException).code, dataDir);
    throw new UserError(
      `Perch cannot write to its data folder ${dataDir} (${why}). ` +
        "Make it writable, or choose another one: DATA_DIR=/path/to/folder npm start",
    );
  }
}

function explain(code: string | undefined, dataDir: string): string {
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (code === "EROFS") return "the file system is read-only";
  if (code === "ENOSPC") return "the disk is full";
  if (code === "ENOTDIR" || code === "EEXIST") return "it, or a part of its path, is a file";
  return existsSync(dataDir)
    ? (code ?? "unknown reason")
    : `it could not be made: ${code ?? "unknown reason"}`;
}
