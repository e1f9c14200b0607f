/**
 * Completes an environment for local mode: what the person did not set is embedded (database), emulated (Finch)
 * or made up once and kept (secrets). The processes themselves only ever see a complete environment.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { isLoopbackUrl } from "@/lib/env";
import { databaseUrl } from "./postmaster";
import { loopback } from "./net";
import type { LocalSecrets } from "./secrets";
import { UserError } from "./user-error";

export type Variables = Record<string, string>;

export const root = path.resolve(import.meta.dirname, "..", "..");
export const databaseName = "perch";
export const sandboxClientId = "00000000-0000-4000-8000-000000000001";

export interface Plan {
  mode: "local" | "server";
  port: number;
  sandboxPort: number;
  appUrl: string;
  dataDir: string;
  embeddedPostgres: boolean;
  sandbox: boolean;
  /** What was given, without empty values. */
  given: Variables;
}

/** Reads `.env` of the project, if there is one. What the shell sets wins. */
export function loadEnvFile(): void {
  const file = path.join(root, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
}

/** Decides what runs here, from the variables alone. @throws UserError for values that cannot be meant */
export function planFrom(source: Readonly<Record<string, string | undefined>>): Plan {
  const given: Variables = {};
  for (const [name, value] of Object.entries(source)) if (value) given[name] = value;
  const port = readPort(given, "PORT", 3000);
  const sandboxPort = readPort(given, "SANDBOX_PORT", 4010);
  const appUrl = given["NEXTAUTH_URL"] ?? `http://localhost:${port}`;
  const mode = given["PERCH_MODE"] ?? (isLoopbackUrl(appUrl) ? "local" : "server");
  if (mode !== "local" && mode !== "server") {
    throw new UserError(`PERCH_MODE is "${mode}". It may be local or server.`);
  }
  const local = mode === "local";
  if (local && given["FINCH_CLIENT_ID"] === undefined && port === sandboxPort) {
    throw new UserError(`PORT and SANDBOX_PORT are both ${port}. Give one of them another number.`);
  }
  return {
    mode,
    port,
    sandboxPort,
    appUrl,
    dataDir: path.resolve(root, given["DATA_DIR"] ?? ".data"),
    embeddedPostgres: local && given["DATABASE_URL"] === undefined,
    sandbox: local && given["FINCH_CLIENT_ID"] === undefined,
    given,
  };
}

function readPort(given: Variables, name: string, fallback: number): number {
  const port = Number(given[name] ?? fallback);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new UserError(`${name} is "${given[name]}". It must be a port number between 1 and 65535.`);
}

/** The complete environment of a local copy. `postgresPort` is the embedded server's, where it is used. */
export function completeEnvironment(
  plan: Plan,
  secrets: LocalSecrets,
  postgresPort: number | null,
): Variables {
  const sandboxUrl = `http://${loopback}:${plan.sandboxPort}`;
  const { given } = plan;
  return {
    PERCH_MODE: plan.mode,
    NEXTAUTH_URL: plan.appUrl,
    NEXTAUTH_SECRET: secrets.nextAuthSecret,
    TOKEN_ENCRYPTION_KEYS: secrets.tokenEncryptionKeys,
    AUDIT_SIGNING_KEYS: secrets.auditSigningKeys,
    FINCH_ENVIRONMENT: "sandbox",
    FINCH_WEBHOOK_SECRET: secrets.finchWebhookSecret,
    NODE_ENV: "production",
    // Nothing here talks to hosts that nobody asked for.
    NEXT_TELEMETRY_DISABLED: "1",
    ...(plan.sandbox && paceOf(given)),
    ...given,
    PORT: String(plan.port),
    SANDBOX_PORT: String(plan.sandboxPort),
    DATA_DIR: plan.dataDir,
    ...(plan.sandbox && {
      FINCH_CLIENT_ID: given["SANDBOX_CLIENT_ID"] ?? sandboxClientId,
      FINCH_CLIENT_SECRET: given["SANDBOX_CLIENT_SECRET"] ?? "sandbox-secret",
      FINCH_BASE_URL: sandboxUrl,
      FINCH_CONNECT_URL: sandboxUrl,
    }),
    ...(postgresPort !== null && embeddedUrls(secrets, postgresPort)),
  };
}

/**
 * A first sync reads ten years of payments: 24 requests for statements, as many as Finch's sandbox answers in a minute. So
 * two employers of the demo would take more than one, and everybody that a person connects to try Perch as long again.
 * The emulator of a local copy counts nothing, and Perch takes its turns at ten times the speed. With limits asked for,
 * both keep Finch's pace.
 */
function paceOf({ SANDBOX_RATE_LIMITS: limits = "off" }: Variables): Variables {
  return limits === "off" ? { SANDBOX_RATE_LIMITS: "off", QUOTA_CLOCK_RATE: "10" } : {};
}

function embeddedUrls(secrets: LocalSecrets, port: number): Variables {
  const url = (user: string, password: string) =>
    databaseUrl({ user, password, port, database: databaseName });
  return {
    DATABASE_URL: url("perch_app", secrets.appPassword),
    AUTH_DATABASE_URL: url("perch_auth", secrets.authPassword),
    WORKER_DATABASE_URL: url("perch_worker", secrets.workerPassword),
    MIGRATION_DATABASE_URL: url("perch_owner", secrets.ownerPassword),
  };
}
