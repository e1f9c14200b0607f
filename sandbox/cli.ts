import { parseArgs } from "node:util";
import { defaultClient, type LatencyRange, type Profile, type SandboxClient } from "@/sandbox/options";
import type { RateLimitKind } from "@/sandbox/rate-limits";
import type { StartOptions } from "@/sandbox/server";
import { isSecret } from "@/sandbox/webhooks/sign";
import { targetProblem } from "@/sandbox/webhooks/targets";

export const help = `Finch on this machine: API, Connect page, webhooks and control.

npm run sandbox -- [options]

  --port <number>          port on 127.0.0.1                    SANDBOX_PORT (4010)
  --data-dir <folder>      keep state in <folder>/sandbox/sandbox.sqlite
                                                                DATA_DIR (nothing is kept)
  --seed <name>            decides all generated data; "cases" holds the 52 cases that
                           hurt payroll software                (default)
  --profile <name>         fast: what takes time ends within a second; slow: it takes
                           as long as at Finch, minutes to weeks (fast)
  --job-delay <ms>         how long jobs take, whatever the profile says
  --latency <ms|min-max>   how long every answer waits; 20-80 for something between
                                                                (0)
  --no-auto-sync           no sync every 24 hours, as in Finch's own sandbox
  --rate-limits <kind>     sandbox: Finch's, doubled; production; off
                                                                SANDBOX_RATE_LIMITS (sandbox)
  --webhook <url>          send webhooks there, signed with SANDBOX_WEBHOOK_SECRET (base64;
                           several with commas while one is replaced); may be repeated
  --webhook-host <host>    lets webhooks go to a host beside this machine; may be repeated
  --on-request-fields      gives the fields that Finch gives on request only (Workday)
  --redirect-uri <uri>     registers an https redirect URI; may be repeated
  --help                   this text

SANDBOX_CLIENT_ID, SANDBOX_CLIENT_SECRET   the client (${defaultClient.id} / ${defaultClient.secret})
SANDBOX_CLIENTS                            more of them: id:secret,id:secret
SANDBOX_CONTROL_KEY                        lets callers from elsewhere use /_sandbox/*`;

/** What was typed cannot be meant; the message says what would be right. */
export class UsageError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

function readPort(text: string | undefined): number {
  const port = Number(text ?? "4010");
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`"${text}" is not a port; give a number from 0 to 65535.`);
  }
  return port;
}

function readClients(env: Environment): SandboxClient[] {
  const first: SandboxClient = {
    ...defaultClient,
    id: env["SANDBOX_CLIENT_ID"] || defaultClient.id,
    secret: env["SANDBOX_CLIENT_SECRET"] || defaultClient.secret,
  };
  const more = (env["SANDBOX_CLIENTS"] ?? "").split(",").filter((entry) => entry.trim() !== "");
  return [first, ...more.map(readClient)];
}

function readClient(entry: string): SandboxClient {
  const colon = entry.indexOf(":");
  if (colon < 1 || colon === entry.length - 1) {
    throw new UsageError("SANDBOX_CLIENTS must be id:secret, and more of them behind commas.");
  }
  return { id: entry.slice(0, colon).trim(), secret: entry.slice(colon + 1).trim() };
}

function readControlKey(env: Environment): Pick<StartOptions, "controlKey"> {
  const controlKey = env["SANDBOX_CONTROL_KEY"];
  if (!controlKey) return {};
  if (Buffer.byteLength(controlKey) < 32)
    throw new UsageError("SANDBOX_CONTROL_KEY must have at least 32 bytes.");
  return { controlKey };
}

function readMs(flag: string, text: string): number {
  const ms = Number(text);
  if (text.trim() === "" || !Number.isFinite(ms) || ms < 0) {
    throw new UsageError(`${flag} ${text} is not a number of milliseconds.`);
  }
  return ms;
}

/** `80`, or `20-80` for something between them. */
function readLatency(text: string): number | LatencyRange {
  const range = /^(\d+)-(\d+)$/.exec(text);
  if (!range) return readMs("--latency", text);
  const [min, max] = [Number(range[1]), Number(range[2])];
  if (min > max) throw new UsageError(`--latency ${text} ends before it begins.`);
  return { min, max };
}

function readProfile(text: string): Profile {
  if (text === "fast" || text === "slow") return text;
  throw new UsageError(`--profile ${text} is not known; give fast or slow.`);
}

function readRateLimits(text: string): RateLimitKind | "off" {
  if (text === "sandbox" || text === "production" || text === "off") return text;
  throw new UsageError(`Rate limits of "${text}" are not known; give sandbox, production or off.`);
}

function readWebhooks(urls: readonly string[], hosts: readonly string[], env: Environment) {
  const secrets = (env["SANDBOX_WEBHOOK_SECRET"] ?? "").split(",").filter((secret) => secret !== "");
  if (urls.length > 0 && secrets.length === 0) {
    throw new UsageError("--webhook needs SANDBOX_WEBHOOK_SECRET; make one with: openssl rand -base64 24");
  }
  if (!secrets.every(isSecret)) {
    throw new UsageError("SANDBOX_WEBHOOK_SECRET must be base64; make one with: openssl rand -base64 24");
  }
  for (const url of urls) {
    const problem = targetProblem(url, hosts);
    if (problem !== null) throw new UsageError(`--webhook ${url} ${problem}.`);
  }
  return urls.flatMap((url) => secrets.map((secret) => ({ url, secret })));
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: "string" },
        "data-dir": { type: "string" },
        seed: { type: "string" },
        profile: { type: "string" },
        "job-delay": { type: "string" },
        latency: { type: "string" },
        "no-auto-sync": { type: "boolean" },
        "rate-limits": { type: "string" },
        webhook: { type: "string", multiple: true },
        "webhook-host": { type: "string", multiple: true },
        "on-request-fields": { type: "boolean" },
        "redirect-uri": { type: "string", multiple: true },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  }
}

/**
 * What a command line and an environment ask for; null for the help text.
 * @throws UsageError naming what cannot be meant
 */
export function readCommand(args: string[], env: Environment): (StartOptions & { port: number }) | null {
  const values = parse(args);
  if (values.help) return null;
  const dataDir = values["data-dir"] ?? env["DATA_DIR"];
  const webhookHosts = values["webhook-host"] ?? [];
  return {
    port: readPort(values.port ?? env["SANDBOX_PORT"]),
    clients: readClients(env),
    ...(dataDir ? { dataDir } : {}),
    ...(values.seed ? { seed: values.seed } : {}),
    ...(values.profile === undefined ? {} : { profile: readProfile(values.profile) }),
    ...(values["job-delay"] === undefined ? {} : { jobDelayMs: readMs("--job-delay", values["job-delay"]) }),
    ...(values.latency === undefined ? {} : { latencyMs: readLatency(values.latency) }),
    autoSync: !values["no-auto-sync"],
    rateLimits: readRateLimits(values["rate-limits"] ?? (env["SANDBOX_RATE_LIMITS"] || "sandbox")),
    webhooks: readWebhooks(values.webhook ?? [], webhookHosts, env),
    webhookHosts,
    onRequestFields: values["on-request-fields"] ?? false,
    redirectUris: values["redirect-uri"] ?? [],
    ...readControlKey(env),
  };
}
