/**
 * What our own http server decides before Next sees a request: who the peer is, how long and how large a request may
 * be, and which ones are nobody's business here (SECURITY 7, 8, 21). Next shows neither the socket nor these limits.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Env } from "@/lib/env";
import { log, type Log } from "@/lib/log";
import { settleForwarding } from "@/lib/web/forwarding";
import { dropUnreadableState, findMalformed, holdBody, isAction } from "./malformed";

export const edgeLimits = {
  /** A form or a server action. */
  actionBytes: 1_000_000,
  /** Routes under /api have limits of their own; a CSV of 5 MB is the largest thing that anybody sends. */
  bodyBytes: 6_000_000,
  headerBytes: 16_384,
  urlBytes: 8_192,
  headersTimeoutMs: 15_000,
  requestTimeoutMs: 60_000,
  /** Longer than a proxy keeps its own connections, so that none is closed under a request. */
  keepAliveMs: 75_000,
  maxConnections: 2_000,
};

export type EdgeLimits = typeof edgeLimits;
type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;
type EdgeSettings = Pick<Env, "mode" | "appUrl" | "TRUSTED_PROXY_HOPS"> & {
  /** Hot reload speaks WebSocket; nothing else here does. */
  upgrades?: boolean;
};

/** Answers that somebody probing gets; the doors inside say more of them where they know more. */
const refusals = new Set([400, 403, 405, 413, 414, 415, 421, 429]);

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Headers that hold for every answer, also for built files, which proxy.ts does not see. */
function baseHeaders({ mode }: EdgeSettings): Record<string, string> {
  return {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    ...(mode === "server" ? { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" } : {}),
  };
}

/** An answer of our own, in place of Next's. The connection ends with it: what else comes in it is not read. */
export function refuse(response: ServerResponse, status: number, words: string): void {
  if (response.headersSent) return;
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    connection: "close",
    ...(status === 405 ? { allow: [...methods].join(", ") } : {}),
  });
  response.end(`${words}\n`);
}

function isReadable(url: string): boolean {
  try {
    decodeURIComponent(url.split("?")[0] ?? "/");
    return true;
  } catch {
    return false;
  }
}

const loopbackNames = ["127.0.0.1", "[::1]", "localhost"];

function hostOf(request: IncomingMessage): URL | null {
  const address = `http://${request.headers.host ?? ""}`;
  return URL.canParse(address) ? new URL(address) : null;
}

/** Somebody who opened another name of this machine goes to ours: cookies and links belong to one host. */
function findCanonicalUrl(request: IncomingMessage, { mode, appUrl }: EdgeSettings): string | null {
  const page = request.method === "GET" && request.headers.accept?.includes("text/html");
  if (mode !== "local" || !page || request.url?.startsWith("/api/") || request.url?.startsWith("/_next/"))
    return null;
  const ours = new URL(appUrl);
  const alias = hostOf(request);
  const isAlias = alias && loopbackNames.includes(alias.hostname) && alias.port === ours.port;
  // Put together, not resolved: "//elsewhere.example" as a path would lead there.
  const path = request.url?.startsWith("/") ? request.url : "/";
  return isAlias && alias.host !== ours.host ? new URL(ours.origin + path).href : null;
}

/** Why a request is refused before anybody reads it, or null. */
function findRefusal(
  request: IncomingMessage,
  settings: EdgeSettings,
  limits: EdgeLimits,
): [status: number, words: string] | null {
  const url = request.url ?? "/";
  // Next answers some of these with an error of the server.
  if (!methods.has(request.method ?? "")) return [405, "This method is not known here."];
  if (url.length > limits.urlBytes) return [414, "This address is too long."];
  if (!url.startsWith("/") || !isReadable(url)) return [400, "This address is not readable."];
  // A name that leads to this machine from somebody's page (DNS rebinding) is none of ours.
  if (settings.mode === "local" && !loopbackNames.includes(hostOf(request)?.hostname ?? ""))
    return [421, "Perch answers to localhost only."];
  // proxy.ts says the same of every page; built files, which it does not see, run no action either.
  if (isAction(request) && request.headers.origin !== settings.appUrl)
    return [403, "This request did not come from a page of Perch, so nothing was changed."];
  const length = Number(request.headers["content-length"] ?? 0);
  if (length > limitOf(request, limits)) return [413, "The request is too large."];
  return findMalformed(request);
}

const limitOf = ({ url, headers }: IncomingMessage, { actionBytes, bodyBytes }: EdgeLimits) =>
  url?.startsWith("/api/") && headers["next-action"] === undefined ? bodyBytes : actionBytes;

/** Counts what arrives, whatever Content-Length says or does not say. */
function limitBody(request: IncomingMessage, response: ServerResponse, limit: number): void {
  let size = 0;
  const push = request.push.bind(request);
  request.push = (chunk: Buffer | string | null, encoding?: BufferEncoding): boolean => {
    size += chunk?.length ?? 0;
    if (size <= limit) return push(chunk, encoding);
    response.once("close", () => request.destroy());
    refuse(response, 413, "The request is too large.");
    return false;
  };
}

/** The server around `handle`. @param limits smaller ones in tests */
export function createEdge(
  handle: Handler,
  settings: EdgeSettings,
  limits: EdgeLimits = edgeLimits,
  to: Log = log,
): Server {
  const rules = { trustedHops: settings.TRUSTED_PROXY_HOPS, appUrl: settings.appUrl };
  const always = Object.entries(baseHeaders(settings));
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: Math.min(5_000, limits.headersTimeoutMs / 3),
      // An upgrade is answered as any other request. Next listens for upgrades by itself and keeps those that it does
      // not know open for good, which would use up all connections.
      shouldUpgradeCallback: () => settings.upgrades === true,
    },
    (request, response) => {
      // Somebody who goes away in the middle of a body is no error of ours.
      request.on("error", () => undefined);
      for (const [name, value] of always) response.setHeader(name, value);
      response.once("finish", () => {
        const { statusCode: status } = response;
        if (refusals.has(status)) to.info("an answer refused", { status, method: request.method ?? "" });
      });
      settleForwarding(request.headers, request.socket.remoteAddress, rules);
      const refusal = findRefusal(request, settings, limits);
      if (refusal) return refuse(response, ...refusal);
      const canonical = findCanonicalUrl(request, settings);
      if (canonical)
        return void response.writeHead(307, { location: canonical, "cache-control": "no-store" }).end();
      dropUnreadableState(request);
      const admit = () =>
        void handle(request, response).catch((error: unknown) => {
          // Somebody who went away half-way is no failure of ours.
          if (request.complete && !response.headersSent)
            log.error("a request failed", error, { method: request.method ?? "" });
          refuse(response, 500, "Something went wrong on our side. Try again in a moment.");
        });
      const limitBytes = limitOf(request, limits);
      if (isAction(request)) return holdBody(request, response, { limitBytes, admit, refuse });
      limitBody(request, response, limitBytes);
      admit();
    },
  );
  server.maxConnections = limits.maxConnections;
  return server;
}
