import { createHash, timingSafeEqual } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { closeDatabase } from "@/db/client";
import { checkStart, isStartRefusal } from "@/lib/domain/installation/check-start";
import { envAtStart, EnvError, type Env } from "@/lib/env";
import { log } from "@/lib/log";
import { UserError } from "./user-error";

/** What web asks before it loads Next and listens. */

const databasePatienceMs = 30_000;
const betweenTriesMs = 1_000;

export function readEnvironment(): Env {
  try {
    return envAtStart({});
  } catch (error) {
    if (error instanceof EnvError) throw new UserError(error.message);
    throw error;
  }
}

/** The code of a driver's error, which drizzle wraps. */
function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const code: unknown = Reflect.get(error, "code");
  return typeof code === "string" ? code : codeOf(error.cause);
}

/**
 * Refuses a database that is not meant for this process. Nobody is served by a server whose database was never
 * looked at; a database that is about to come up is waited for.
 * @throws UserError
 */
export async function checkDatabase(patienceMs = databasePatienceMs): Promise<void> {
  const until = performance.now() + patienceMs;
  try {
    for (;;) {
      try {
        return await checkStart({ as: "web" });
      } catch (error) {
        if (isStartRefusal(error)) throw new UserError(error.message);
        // Undefined function, table or column: the database is older than this release.
        if (["42883", "42P01", "42703"].includes(codeOf(error) ?? ""))
          throw new UserError("The database is older than this release. Run npm run db:migrate first.");
        if (performance.now() > until) {
          log.error("the database could not be checked at the start", error);
          throw new UserError(
            `The database does not answer, so Perch does not start (${codeOf(error) ?? "no connection"}). Check DATABASE_URL and AUTH_DATABASE_URL with npm run perch -- doctor.`,
          );
        }
      }
      await new Promise((resolve) => setTimeout(resolve, betweenTriesMs));
    }
  } finally {
    // Next opens a pool of its own.
    await closeDatabase();
  }
}

const digest = (text: string) => createHash("sha256").update(text).digest();

/** The key that the build seals the closures of server actions with; null where there is no build. */
export function readBuiltActionsKey(root: string): string | null {
  const file = path.join(root, ".next", "server", "server-reference-manifest.json");
  if (!existsSync(file)) return null;
  const { encryptionKey } = JSON.parse(readFileSync(file, "utf8")) as { encryptionKey?: string };
  return encryptionKey ?? "";
}

/**
 * A build made without the key has a random one: web processes of two builds could not read each other's forms, and a
 * key that nobody chose lies in the build. @throws UserError
 */
export function checkBuild(
  root: string,
  { mode, NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: key }: Pick<Env, "mode" | "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY">,
): void {
  if (!existsSync(path.join(root, ".next", "BUILD_ID")))
    throw new UserError("There is no build yet. Run npm run build first.");
  if (mode !== "server") return;
  const built = readBuiltActionsKey(root);
  if (!built || !timingSafeEqual(digest(built), digest(key ?? "")))
    throw new UserError(
      "The build was made without NEXT_SERVER_ACTIONS_ENCRYPTION_KEY, or with another one. Run npm run build with the key that this process has.",
    );
}
