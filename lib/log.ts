import { pino, type Logger } from "pino";
import { env } from "@/lib/env";

/**
 * Logs by allow-list (SECURITY 20): errors of the database carry bound parameters, errors of Finch's SDK carry
 * bodies, mail servers quote addresses. So of an error only its name, code and places in our code are written,
 * and beside it only the fields below; what is not listed does not compile.
 */
interface LogFields {
  /** Our own id of a request or failure, also shown to the person. */
  reference?: string;
  finchRequestId?: string;
  code?: string;
  status?: number;
  outcome?: string;
  method?: string;
  /** A route's pattern, never an address with values in it. */
  route?: string;
  endpoint?: string;
  job?: string;
  jobId?: string;
  attempt?: number;
  customerId?: string;
  connectionId?: string;
  runId?: string;
  stepId?: string;
  outboxId?: string;
  messageId?: string;
  userId?: string;
  count?: number;
  /** Number, hash and key of a signed head of an audit chain. */
  seq?: number;
  hash?: string;
  keyId?: string;
  durationMs?: number;
  delayMs?: number;
  port?: number;
  signal?: string;
}

const allowed = new Set<string>([
  ...[
    "reference",
    "finchRequestId",
    "code",
    "status",
    "outcome",
    "method",
    "route",
    "endpoint",
    "job",
    "jobId",
  ],
  ...["attempt", "customerId", "connectionId", "runId", "stepId", "outboxId", "messageId", "userId", "count"],
  ...["durationMs", "delayMs", "port", "signal", "seq", "hash", "keyId"],
]);

const identifier = /^[\w.:/-]{1,80}$/;
const frameLimit = 12;

interface LoggedError {
  name: string;
  code?: string;
  digest?: string;
  at?: string[];
  cause?: LoggedError;
}

/** What may be written of an error: never its message. */
export function toLoggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { name: typeof error };
  const text = (key: string) => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === "string" && identifier.test(value) ? value : undefined;
  };
  const code = text("code");
  const digest = text("digest");
  const at = framesOf(error);
  return {
    name: identifier.test(error.name) ? error.name : "Error",
    ...(code ? { code } : {}),
    ...(digest ? { digest } : {}),
    ...(at.length > 0 ? { at } : {}),
    ...(error.cause !== undefined && depth < 3 ? { cause: toLoggedError(error.cause, depth + 1) } : {}),
  };
}

/** Only the lines that name places: the first lines of a stack repeat the message. */
function framesOf(error: Error): string[] {
  const lines = (error.stack ?? "").split("\n");
  const frame = /^\s+at .*:\d+:\d+\)?$/;
  return lines
    .filter((line) => frame.test(line))
    .slice(0, frameLimit)
    .map((line) => line.trim().slice(0, 200));
}

function pick(fields: LogFields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => allowed.has(key)));
}

/** A logger that can write only what the allow-list knows. */
export function createLog(logger: Logger) {
  return {
    debug: (message: string, fields: LogFields = {}) => logger.debug(pick(fields), message),
    info: (message: string, fields: LogFields = {}) => logger.info(pick(fields), message),
    warn: (message: string, fields: LogFields = {}) => logger.warn(pick(fields), message),
    error: (message: string, error: unknown, fields: LogFields = {}) =>
      logger.error({ ...pick(fields), err: toLoggedError(error) }, message),
  };
}

export type Log = ReturnType<typeof createLog>;

let shared: Log | undefined;

/** Names this process in its log and sets its level. */
export function configureLog(options: { level: string; name?: string }): void {
  shared = createLog(pino({ level: options.level, base: options.name ? { process: options.name } : null }));
}

function current(): Log {
  shared ??= createLog(pino({ level: levelOfEnvironment(), base: null }));
  return shared;
}

/** "info" where the environment is not usable: that it is not must still be said. */
function levelOfEnvironment(): string {
  try {
    return env().LOG_LEVEL;
  } catch {
    return "info";
  }
}

/** This process's log. Messages are constant sentences: values belong into the fields. */
export const log: Log = {
  debug: (message, fields) => current().debug(message, fields),
  info: (message, fields) => current().info(message, fields),
  warn: (message, fields) => current().warn(message, fields),
  error: (message, error, fields) => current().error(message, error, fields),
};

/**
 * Frameworks print what they catch with console.error, message and all. In production such an error goes through
 * the allow-list too.
 */
export function captureConsole(): void {
  const reduce =
    (level: "warn" | "error") =>
    (...args: unknown[]) => {
      const error = args.find((argument) => argument instanceof Error);
      if (error) current().error("unhandled error", error);
      else if (level === "error") current().error("printed by a library", new Error(""));
      else current().warn("printed by a library");
    };
  console.error = reduce("error");
  console.warn = reduce("warn");
}

/** What nobody caught would be printed by Node with its message and all: it is reduced too, and the process ends. */
export function captureCrashes(): void {
  const end = (error: unknown) => {
    current().error("nobody caught an error; the process ends", error);
    process.exit(1);
  };
  process.on("uncaughtException", end);
  process.on("unhandledRejection", end);
}
