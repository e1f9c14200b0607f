import { z } from "zod";

/**
 * The only reader of process.env. Everything that is wrong is named at once, so
 * that an operator mends a server in one round.
 */

const loopbackHosts = new Set(["localhost", "127.0.0.1", "[::1]"]);

export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && loopbackHosts.has(new URL(url).hostname);
}

const port = (fallback: number) => z.coerce.number().int().min(0).max(65535).default(fallback);
const keyList = z
  .string()
  .regex(
    /^[\w-]+:[A-Za-z0-9+/]{43}=(,[\w-]+:[A-Za-z0-9+/]{43}=)*$/,
    "must be id:base64 of 32 bytes, comma separated",
  );
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, "must start with postgres://");

const variables = z.object({
  PERCH_MODE: z.enum(["local", "server"]).optional(),
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  DATABASE_URL: postgresUrl,
  MIGRATION_DATABASE_URL: postgresUrl.optional(),
  WORKER_DATABASE_URL: postgresUrl.optional(),
  AUTH_DATABASE_URL: postgresUrl,
  PORT: port(3000),
  SANDBOX_PORT: port(4010),
  NEXTAUTH_URL: z.url().optional(),
  NEXTAUTH_SECRET: z.string().min(32, "must have at least 32 characters"),
  FINCH_CLIENT_ID: z.string().min(1),
  FINCH_CLIENT_SECRET: z.string().min(1),
  FINCH_WEBHOOK_SECRET: z.string().optional(),
  FINCH_LOG: z.string().optional(),
  FINCH_BASE_URL: z.url().default("https://api.tryfinch.com"),
  FINCH_CONNECT_URL: z
    .url()
    .refine(
      (url) => new URL(url).origin === url,
      "must be a bare origin, without a path or a slash at the end",
    )
    .default("https://connect.tryfinch.com"),
  FINCH_ENVIRONMENT: z.enum(["sandbox", "development", "production"]).default("sandbox"),
  EGRESS_ID: z.string().default("default"),
  TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(10).default(0),
  TOKEN_ENCRYPTION_KEYS: keyList,
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, "must start with smtp:// or smtps://")
    .optional(),
  MAIL_FROM: z.string().default("Perch <perch@localhost>"),
  SANDBOX_CONTROL_KEY: z.string().optional(),
  SIGN_IN_PER_ADDRESS: z.coerce.number().int().positive().optional(),
  SIGN_IN_PER_IP: z.coerce.number().int().positive().optional(),
  RETENTION_DAYS: z.coerce.number().int().min(0).default(30),
  API_REQUEST_RETENTION_DAYS: z.coerce.number().int().min(1).default(30),
  SYNC_POLL_MS: z.coerce.number().int().positive().default(1000),
  DATA_DIR: z.string().default(".data"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
});

type Variables = z.infer<typeof variables>;

export interface Env extends Variables {
  mode: "local" | "server";
  /** Origin under which people reach Perch; never taken from a Host header. */
  appUrl: string;
  signInLimits: { perAddressAnHour: number; perIpAnHour: number };
}

/** Names every variable that is missing or wrong, one a line. */
export class EnvError extends Error {
  constructor(readonly problems: string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "EnvError";
  }
}

const databaseUrls = [
  "DATABASE_URL",
  "AUTH_DATABASE_URL",
  "WORKER_DATABASE_URL",
  "MIGRATION_DATABASE_URL",
] as const;

/** Whether nobody on the way can read or change what is said to the database: it is on this machine, or proves who it is. */
function isPrivateDatabase(url: string): boolean {
  if (isLoopbackUrl(url)) return true;
  if (!URL.canParse(url)) return false;
  const { hostname, searchParams } = new URL(url);
  return hostname === "" || searchParams.get("sslmode") === "verify-full";
}

function serverModeProblems(env: Variables, appUrl: string): string[] {
  const problems: string[] = [];
  for (const name of databaseUrls) {
    if (env[name] && !isPrivateDatabase(env[name]))
      problems.push(`${name} names another machine: add ?sslmode=verify-full`);
  }
  if (env.FINCH_LOG) problems.push("FINCH_LOG is not allowed: it prints people's data");
  if (!env.SMTP_URL) problems.push("SMTP_URL is missing: server mode sends real mail");
  if (!env.WORKER_DATABASE_URL) problems.push("WORKER_DATABASE_URL is missing");
  if (env.FINCH_CLIENT_SECRET === "sandbox-secret")
    problems.push("FINCH_CLIENT_SECRET is the sandbox default");
  if (!appUrl.startsWith("https://") && !isLoopbackUrl(appUrl)) problems.push("NEXTAUTH_URL must be https");
  if (isLoopbackUrl(env.FINCH_BASE_URL) && env.FINCH_ENVIRONMENT !== "sandbox")
    problems.push("FINCH_BASE_URL is a local sandbox, so FINCH_ENVIRONMENT must be sandbox");
  return problems;
}

/** Parses and checks an environment. @throws EnvError with all problems at once */
export function loadEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    throw new EnvError(
      parsed.error.issues.map(({ path, message }) => {
        const name = String(path[0]);
        return given[name] === undefined ? `${name} is missing` : `${name} ${message}`;
      }),
    );
  }
  const appUrl = new URL(parsed.data.NEXTAUTH_URL ?? `http://localhost:${parsed.data.PORT}`).origin;
  const mode = parsed.data.PERCH_MODE ?? (isLoopbackUrl(appUrl) ? "local" : "server");
  const problems = mode === "server" ? serverModeProblems(parsed.data, appUrl) : [];
  if (mode === "local" && parsed.data.FINCH_ENVIRONMENT !== "sandbox")
    problems.push("FINCH_ENVIRONMENT must be sandbox in local mode; set PERCH_MODE=server for real data");
  if (mode === "local" && !isLoopbackUrl(appUrl))
    problems.push("NEXTAUTH_URL must be loopback in local mode");
  if (problems.length > 0) throw new EnvError(problems);
  const fallback =
    mode === "local"
      ? { perAddressAnHour: 1000, perIpAnHour: 1000 }
      : { perAddressAnHour: 5, perIpAnHour: 20 };
  return {
    ...parsed.data,
    mode,
    appUrl,
    signInLimits: {
      perAddressAnHour: parsed.data.SIGN_IN_PER_ADDRESS ?? fallback.perAddressAnHour,
      perIpAnHour: parsed.data.SIGN_IN_PER_IP ?? fallback.perIpAnHour,
    },
  };
}

let loaded: Env | undefined;

/** The environment of this process, read once. */
export function env(): Env {
  loaded ??= loadEnv(process.env);
  return loaded;
}
