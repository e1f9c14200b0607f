import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { loopback } from "./net";
import { isAlive, programOf, waitUntil } from "./processes";
import { UserError } from "./user-error";

/** A connection URL for the embedded server; user and password may hold any character. */
export function databaseUrl(parts: {
  user: string;
  password: string;
  port: number;
  database: string;
}): string {
  const { user, password, port, database } = parts;
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${loopback}:${port}/${database}`;
}

export interface PidFile {
  pid: number;
  folder: string;
  port: number;
  ready: boolean;
}

export function readPidFile(folder: string): PidFile | null {
  try {
    const lines = readFileSync(path.join(folder, "postmaster.pid"), "utf8").split("\n");
    return {
      pid: Number(lines[0]),
      folder: lines[1] ?? "",
      port: Number(lines[3]),
      ready: lines[7]?.trim() === "ready",
    };
  } catch {
    return null;
  }
}

/** `postmaster.pid` may be stale and its id reused: it is believed only if port and data folder answer equal. */
export async function findRunning(folder: string, password: string): Promise<PidFile | null> {
  const found = readPidFile(folder);
  if (!found?.pid || !isAlive(found.pid) || !found.port) return null;
  if (!programOf(found.pid)?.includes("postgres")) {
    // After a restart of the machine or container the id is somebody else's, and PostgreSQL would refuse to start.
    rmSync(path.join(folder, "postmaster.pid"), { force: true });
    return null;
  }
  const url = databaseUrl({ user: "postgres", password, port: found.port, database: "postgres" });
  let refused = "";
  const answers = async () => {
    if (!isAlive(found.pid)) return true;
    const sql = postgres(url, { max: 1, connect_timeout: 3, onnotice: () => undefined });
    try {
      const [row] = await sql<{ folder: string }[]>`select current_setting('data_directory') as folder`;
      refused = row?.folder === folder ? "" : "another folder";
      return true;
    } catch (error) {
      refused = (error as { code?: string }).code ?? "unknown";
      // 57P03: starting up or shutting down; worth waiting for.
      return refused !== "57P03";
    } finally {
      await sql.end({ timeout: 1 });
    }
  };
  await waitUntil(answers, 15_000, 100);
  if (!isAlive(found.pid)) return null;
  if (refused === "28P01") {
    throw new UserError(
      `A database is running on ${folder} with a password that this data folder does not know (process ${found.pid}). ` +
        "secrets.json was replaced or removed: put it back, or stop that process and delete the data folder to begin anew.",
    );
  }
  return refused === "" ? found : null;
}
