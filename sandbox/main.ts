import { parseArgs } from "node:util";
import { defaultClient, type SandboxClient } from "@/sandbox/options";
import { startSandbox } from "@/sandbox/server";

const help = `Finch on this machine: API, Connect page and control.

npm run sandbox -- [options]

  --port <number>          port on 127.0.0.1                   SANDBOX_PORT (4010)
  --data-dir <folder>      keep state in <folder>/sandbox      DATA_DIR (nothing is kept)
  --seed <name>            decides all generated data          (default)
  --job-delay <ms>         how long a data sync takes          (400)
  --no-auto-sync           no sync every 24 hours, as in Finch's own sandbox
  --redirect-uri <uri>     registers an https redirect URI; may be repeated
  --help                   this text

SANDBOX_CLIENT_ID, SANDBOX_CLIENT_SECRET   the client (${defaultClient.id} / ${defaultClient.secret})
SANDBOX_CLIENTS                            more of them: id:secret,id:secret
SANDBOX_CONTROL_KEY                        lets callers from elsewhere use /_sandbox/*`;

class UsageError extends Error {}

function readPort(text: string | undefined): number {
  const port = Number(text ?? "4010");
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`"${text}" is not a port; give a number from 0 to 65535.`);
  }
  return port;
}

function readClients(env: NodeJS.ProcessEnv): SandboxClient[] {
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

function readControlKey(env: NodeJS.ProcessEnv): { controlKey: string } | Record<string, never> {
  const controlKey = env["SANDBOX_CONTROL_KEY"];
  if (!controlKey) return {};
  if (Buffer.byteLength(controlKey) < 32)
    throw new UsageError("SANDBOX_CONTROL_KEY must have at least 32 bytes.");
  return { controlKey };
}

function readDelay(text: string | undefined): { jobDelayMs: number } | Record<string, never> {
  if (text === undefined) return {};
  const jobDelayMs = Number(text);
  if (!Number.isFinite(jobDelayMs) || jobDelayMs < 0) {
    throw new UsageError(`--job-delay ${text} is not a number of milliseconds.`);
  }
  return { jobDelayMs };
}

/** What went wrong, in words for the person at the terminal. */
function explain(error: unknown, port: number): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = error instanceof Error ? error.message : String(error);
  if (code === "EADDRINUSE") {
    return `Port ${port} is taken, so the sandbox did not start. Stop what uses it, or set SANDBOX_PORT to another one.`;
  }
  if (code === "EACCES" && !message.includes("mkdir"))
    return `Port ${port} may not be used by this user. Set SANDBOX_PORT.`;
  if (message.includes("database is locked")) {
    return "Another sandbox uses this data folder. Stop it, or set DATA_DIR to another folder.";
  }
  return `The sandbox did not start: ${message}`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string" },
      "data-dir": { type: "string" },
      seed: { type: "string" },
      "job-delay": { type: "string" },
      "no-auto-sync": { type: "boolean" },
      "redirect-uri": { type: "string", multiple: true },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(help);
  const port = readPort(values.port ?? process.env["SANDBOX_PORT"]);
  const dataDir = values["data-dir"] ?? process.env["DATA_DIR"];
  const running = await startSandbox({
    port,
    clients: readClients(process.env),
    ...(dataDir ? { dataDir } : {}),
    ...(values.seed ? { seed: values.seed } : {}),
    ...readDelay(values["job-delay"]),
    autoSync: !values["no-auto-sync"],
    redirectUris: values["redirect-uri"] ?? [],
    ...readControlKey(process.env),
  }).catch((error: unknown) => {
    throw new UsageError(explain(error, port));
  });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void running.close().then(() => process.exit(0));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  // Only now: whoever waits for this line may send a signal at once.
  console.log(`Finch sandbox ready on ${running.url}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 1;
});
