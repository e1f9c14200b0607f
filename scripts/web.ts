import { existsSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import path from "node:path";
import { closeDatabase } from "@/db/client";
import { DemoDatabaseError, refuseDemoDatabase } from "@/lib/domain/installation/refuse-demo-database";
import { env, EnvError, type Env } from "@/lib/env";
import { configureLog, log } from "@/lib/log";
import { settleForwarding } from "@/lib/web/forwarding";
import { runMain, UserError } from "./lib/user-error";

/**
 * Our own http server around Next's handler: it alone sees the socket, so it settles who the peer is, bounds the
 * body and shuts down in order (DESIGN §2).
 */

// A CSV of 5 MB is the largest thing that anybody sends; doors below have limits of their own.
const bodyLimitBytes = 6_000_000;
const drainMs = 3_000;
const dev = process.argv.includes("--dev");
const root = path.join(import.meta.dirname, "..");

function readEnvironment(): Env {
  try {
    return env();
  } catch (error) {
    if (error instanceof EnvError) throw new UserError(error.message);
    throw error;
  }
}

/** A database that does not answer yet is the readiness check's business; the worker asks it again. */
async function checkDatabase(): Promise<void> {
  try {
    await refuseDemoDatabase();
  } catch (error) {
    if (error instanceof DemoDatabaseError) throw new UserError(error.message);
    log.error("the database could not be checked at the start", error);
  } finally {
    // Next opens a pool of its own.
    await closeDatabase();
  }
}

function refuse(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    connection: "close",
  });
  response.end(words);
}

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

function isReadable(url: string | undefined): boolean {
  try {
    decodeURIComponent((url ?? "/").split("?")[0] ?? "/");
    return true;
  } catch {
    return false;
  }
}

/** Somebody who opened another name of this machine goes to ours: cookies and links belong to one host. */
function findCanonicalUrl(request: IncomingMessage, { mode, appUrl }: Env): string | null {
  const host = request.headers.host ?? "";
  const page = request.method === "GET" && request.headers.accept?.includes("text/html");
  if (mode !== "local" || !page || request.url?.startsWith("/api/") || request.url?.startsWith("/_next/"))
    return null;
  const ours = new URL(appUrl);
  const alias = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : null;
  const isAlias =
    alias && ["127.0.0.1", "[::1]", "localhost"].includes(alias.hostname) && alias.port === ours.port;
  // Put together, not resolved: "//elsewhere.example" as a path would lead there.
  const path = request.url?.startsWith("/") ? request.url : "/";
  return isAlias && alias.host !== ours.host ? new URL(ours.origin + path).href : null;
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "EADDRINUSE"
          ? new UserError(
              `Port ${port} is taken by another program, so Perch cannot listen on it. Stop that program, or choose another port with PORT.`,
            )
          : error,
      ),
    );
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      resolve(address && typeof address === "object" ? address.port : port);
    });
  });
}

/** Stops listening, lets running requests end, then ends. A second signal ends at once. */
function shutDownOnSignal(server: Server, close: () => Promise<void>): void {
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) process.exit(0);
    stopping = true;
    log.info("stopping", { signal });
    setTimeout(() => process.exit(0), drainMs).unref();
    server.close(() => void close().finally(() => process.exit(0)));
    server.closeIdleConnections();
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => stop(signal));
  // The supervisor is gone: nobody else would stop this process.
  process.on("disconnect", () => stop("disconnect"));
}

await runMain(async () => {
  const settings = readEnvironment();
  const { mode, appUrl, PORT, LOG_LEVEL, TRUSTED_PROXY_HOPS } = settings;
  configureLog({ level: LOG_LEVEL, name: "web" });
  if (mode === "server") await checkDatabase();
  const host = mode === "local" ? "127.0.0.1" : (process.env["HOST"] ?? "0.0.0.0");
  if (!dev && !existsSync(path.join(root, ".next", "BUILD_ID"))) {
    throw new UserError("There is no build yet. Run npm run build first.");
  }
  const { default: next } = await import("next");
  const app = next({ dev, dir: root, hostname: host, port: PORT });
  await app.prepare();
  const handle = app.getRequestHandler();
  const upgrade = app.getUpgradeHandler();
  const rules = { trustedHops: TRUSTED_PROXY_HOPS, appUrl };

  const server = createServer((request, response) => {
    settleForwarding(request.headers, request.socket.remoteAddress, rules);
    // Next answers both with an error of the server.
    if (!methods.has(request.method ?? "")) return refuse(response, 405, "This method is not known here.");
    if (!isReadable(request.url)) return refuse(response, 400, "This address is not readable.");
    if (Number(request.headers["content-length"] ?? 0) > bodyLimitBytes) {
      return refuse(response, 413, "The request is too large.");
    }
    const canonical = findCanonicalUrl(request, settings);
    if (canonical)
      return void response.writeHead(307, { location: canonical, "cache-control": "no-store" }).end();
    response.setHeader("X-Content-Type-Options", "nosniff");
    void handle(request, response).catch((error: unknown) => {
      log.error("a request failed", error, { method: request.method ?? "" });
      if (!response.headersSent)
        refuse(response, 500, "Something went wrong on our side. Try again in a moment.");
    });
  });
  server.on("upgrade", (request, socket, head) => {
    settleForwarding(request.headers, request.socket.remoteAddress, rules);
    void upgrade(request, socket, head).catch(() => socket.destroy());
  });

  const port = await listen(server, PORT, host);
  shutDownOnSignal(server, () => app.close());
  log.info("listening", { port });
  process.send?.("ready");
  return undefined;
});
