import { z } from "zod";
import { isLoopbackUrl, localProblems, serverProblems, sharedProblems, type Given } from "./env-rules";

export { isLoopbackUrl } from "./env-rules";

/**
 * The only reader of process.env. Everything that is wrong is named at once, so
 * that an operator mends a server in one round.
 */

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
  FINCH_BASE_URL: z.url().default("https://api.tryfinch.com"),
  FINCH_CONNECT_URL: z
    .url()
    .refine(
      (url) => new URL(url).origin === url,
      "must be a bare origin, without a path or a slash at the end",
    )
    .default("https://connect.tryfinch.com"),
  FINCH_ENVIRONMENT: z.enum(["sandbox", "development", "production"]).default("sandbox"),
  EGRESS_ID: z
    .string()
    .regex(/^[\w.-]{1,60}$/, "must be at most 60 letters, digits, dots, dashes")
    .default("default"),
  /** Requests a minute to an endpoint whose quota Finch does not document. */
  QUOTA_UNDOCUMENTED_PER_MINUTE: z.coerce.number().int().min(1).max(1_000).default(20),
  /** How many times faster than time Finch's windows pass: an emulator's whose clock runs faster. */
  QUOTA_CLOCK_RATE: z.coerce.number().min(0.1).max(60).default(1),
  TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(10).default(0),
  /** Further hosts that Perch may call, "host" or "host:port", comma separated: an identity provider with several. */
  OUTBOUND_HOSTS: z
    .string()
    .regex(/^[\w.-]+(:\d+)?(,[\w.-]+(:\d+)?)*$/, "must be host names, comma separated")
    .optional(),
  TOKEN_ENCRYPTION_KEYS: keyList,
  AUDIT_SIGNING_KEYS: keyList.optional(),
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, "must be base64 of 32 bytes")
    .optional(),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  METRICS_TOKEN: z.string().min(32, "must have at least 32 characters").optional(),
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
  SYNC_RETENTION_DAYS: z.coerce.number().int().min(7).default(90),
  MAIL_RETENTION_DAYS: z.coerce.number().int().min(1).default(30),
  AUDIT_RETENTION_YEARS: z.coerce.number().int().min(1).default(7),
  /** Business days before the pay date on which a run closes, where the employer entered no close (DOMAIN §2). */
  PAY_CLOSE_BUSINESS_DAYS: z.coerce.number().int().min(0).max(20).default(4),
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

/** What one process needs beyond the others; the web process is not given the worker's login. */
export interface EnvNeeds {
  needs?: readonly (keyof Variables)[];
}

function schemaProblems(given: Given): string[] {
  const parsed = variables.safeParse(given);
  return (parsed.error?.issues ?? []).map(({ path, message }) => {
    const name = String(path[0]);
    return given[name] === undefined ? `${name} is missing` : `${name} ${message}`;
  });
}

/** Parses and checks an environment. @throws EnvError with all problems at once */
export function loadEnv(
  source: Readonly<Record<string, string | undefined>>,
  { needs = [] }: EnvNeeds = {},
): Env {
  const given: Given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ""),
  );
  const address = given["NEXTAUTH_URL"] ?? `http://localhost:${given["PORT"] ?? 3000}`;
  const appUrl = URL.canParse(address) ? new URL(address).origin : address;
  const mode =
    given["PERCH_MODE"] === "local" || given["PERCH_MODE"] === "server"
      ? given["PERCH_MODE"]
      : isLoopbackUrl(appUrl)
        ? "local"
        : "server";
  const problems = [
    ...schemaProblems(given),
    ...needs.filter((name) => given[name] === undefined).map((name) => `${name} is missing`),
    ...sharedProblems(given),
    ...(mode === "server" ? serverProblems(given, appUrl) : localProblems(given, appUrl)),
  ];
  if (problems.length > 0) throw new EnvError([...new Set(problems)]);
  const parsed = variables.parse(given);
  const fallback =
    mode === "local"
      ? { perAddressAnHour: 1000, perIpAnHour: 1000 }
      : { perAddressAnHour: 5, perIpAnHour: 20 };
  return {
    ...parsed,
    mode,
    appUrl,
    signInLimits: {
      perAddressAnHour: parsed.SIGN_IN_PER_ADDRESS ?? fallback.perAddressAnHour,
      perIpAnHour: parsed.SIGN_IN_PER_IP ?? fallback.perIpAnHour,
    },
  };
}

let loaded: Env | undefined;

/** The environment of this process, read once. @throws EnvError */
export function env(): Env {
  loaded ??= loadEnv(process.env);
  return loaded;
}

/** The same at the start of a process, which also says what it needs. @throws EnvError */
export function envAtStart(options: EnvNeeds): Env {
  loaded = loadEnv(process.env, options);
  return loaded;
}
