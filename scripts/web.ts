import path from "node:path";
import type { Server } from "node:http";
import { configureLog, log } from "@/lib/log";
import { settleForwarding } from "@/lib/web/forwarding";
import { createEdge } from "./lib/edge";
import { runMain, UserError } from "./lib/user-error";
import { checkBuild, checkDatabase, readEnvironment } from "./lib/web-start";

/** The web process: checks itself and its database, then serves Next behind our own http server (DESIGN §2). */

const drainMs = 3_000;
const dev = process.argv.includes("--dev");
const root = path.join(import.meta.dirname, "..");

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
  if (dev && mode === "server")
    throw new UserError("Hot reload (--dev) is for local mode: it evaluates code and shows sources.");
  await checkDatabase();
  if (!dev) checkBuild(root, settings);
  const host = mode === "local" ? "127.0.0.1" : (process.env["HOST"] ?? "0.0.0.0");
  const { default: next } = await import("next");
  const app = next({ dev, dir: root, hostname: host, port: PORT });
  await app.prepare();
  const handle = app.getRequestHandler();
  const server = createEdge((request, response) => handle(request, response), { ...settings, upgrades: dev });
  if (dev) {
    const upgrade = app.getUpgradeHandler();
    const rules = { trustedHops: TRUSTED_PROXY_HOPS, appUrl };
    server.on("upgrade", (request, socket, head) => {
      settleForwarding(request.headers, request.socket.remoteAddress, rules);
      void upgrade(request, socket, head).catch(() => socket.destroy());
    });
  }
  const port = await listen(server, PORT, host);
  shutDownOnSignal(server, () => app.close());
  log.info("listening", { port });
  process.send?.("ready");
  return undefined;
});
