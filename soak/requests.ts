import http from "node:http";
import net from "node:net";
import { chance, pick, type Random } from "./random";

/**
 * Random requests against a running web server: what a scanner, a broken client and an attacker with an account
 * would send. The generator knows nothing of what is right; the judge only what must never come back.
 */

export interface Visitor {
  name: string;
  cookie: string | null;
  /** Values that this visitor may never see. */
  forbidden: readonly string[];
  /** A new session, for when this one was ended by one of the requests. */
  renew?: () => Promise<string>;
}

export interface Aim {
  url: string;
  /** What its own pages say where they come from, if that is another address. */
  origin?: string;
  /** Addresses of pages and routes, with own and foreign ids. */
  paths: readonly string[];
  /** Ids of the build's server actions, with an input that their page would send. */
  actions: readonly { id: string; path: string; input: unknown }[];
  visitors: Visitor[];
}

export interface Sent {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | null;
}

const nasty = [
  "",
  "%00",
  "%",
  "%F0%9F%92%A3",
  "..%2f..%2fetc%2fpasswd",
  "' or 1=1--",
  "<script>alert(1)</script>",
  "${7*7}",
  "__proto__",
  "constructor",
  "null",
  "-1",
  "1e309",
  "x".repeat(3_000),
  "\u202Egnp.exe",
  "00000000-0000-0000-0000-000000000000",
  "https://evil.test/",
  "//evil.test",
  "/\\evil.test",
  "javascript:alert(1)",
];
const odd = [
  "/.env",
  "/.git/config",
  "/_next/data/build/index.json",
  "/_next/image?url=http%3A%2F%2F127.0.0.1%2F&w=64&q=75",
  "/_next/static/../../package.json",
  "/_next/static/chunks/none.js",
  "/..%2f..%2fetc/passwd",
  "/%",
  "/%c0%ae",
  "//evil.test/",
  "/e/../admin",
  "/E/",
  "/api/",
  "/api/auth/session",
  "/api/auth/signin",
  "/_sandbox/connections",
  "/api/metrics",
  "/index",
  "/404",
  "/500",
  "/_error",
  "/_not-found",
];
const parameters =
  "q sort after before n page callbackUrl token code state error as _rsc filter status connectionId from to".split(
    " ",
  );
const methods = [
  ...Array.from({ length: 10 }, () => "GET"),
  ...Array.from({ length: 8 }, () => "POST"),
  ...["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "PURGE"],
];

const isSendable = (text: string) => /^[\x21-\x7e]*$/.test(text);

function mutate(random: Random, path: string): string {
  const segments = path.split("/");
  const at = Math.floor(random() * segments.length);
  const ways: (() => string)[] = [
    () => `${path}/${encodeURIComponent(pick(random, nasty))}`,
    () => segments.toSpliced(at, 1).join("/"),
    () => segments.toSpliced(at, 1, encodeURIComponent(pick(random, nasty))).join("/"),
    () => segments.toSpliced(at, 0, segments[at] ?? "").join("/"),
    () => path.toUpperCase(),
    () => `${path}//`,
    () => path.slice(0, Math.floor(random() * path.length)),
    () => `${path}.json`,
    () => `${path}.rsc`,
    () => `${path};x=1`,
    () => path.replace(/[0-9a-f]{8}/, (id) => id.split("").reverse().join("")),
    () => path.replaceAll("/", "%2f"),
  ];
  const mutated = pick(random, ways)();
  return mutated.startsWith("/") ? mutated : `/${mutated}`;
}

function pathOf(random: Random, aim: Aim): string {
  const known = pick(random, aim.paths);
  const base = chance(random, 0.6) ? known : chance(random, 0.65) ? mutate(random, known) : pick(random, odd);
  if (chance(random, 0.5)) return base;
  const query = Array.from(
    { length: 1 + Math.floor(random() * 3) },
    () => `${pick(random, parameters)}=${encodeURIComponent(pick(random, nasty))}`,
  ).join("&");
  return `${base}${base.includes("?") ? "&" : "?"}${query}`;
}

const deep = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);

function bodyOf(random: Random, action: { input: unknown } | undefined): [type: string, body: Buffer] {
  const json = JSON.stringify([action?.input ?? {}]);
  const boundary = "----perch";
  const part = (name: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const bodies: (() => [string, string])[] = [
    () => ["text/plain;charset=UTF-8", json],
    () => ["application/json", JSON.stringify(action?.input ?? { a: pick(random, nasty) })],
    () => ["application/json", json.slice(0, -2)],
    () => ["application/json", deep(20_000)],
    () => ["application/json", `{"__proto__":{"role":"staff_admin"},"constructor":{"prototype":{}}}`],
    () => [
      "application/x-www-form-urlencoded",
      `${pick(random, parameters)}=${encodeURIComponent(pick(random, nasty))}`,
    ],
    () => [
      `multipart/form-data; boundary=${boundary}`,
      `${part("1_$ACTION_ID_x", "1")}${part("0", json)}--${boundary}--\r\n`,
    ],
    () => [
      `multipart/form-data; boundary=${boundary}`,
      `${part("$ACTION_REF_1", "")}${part("$ACTION_1:0", '{"id":"x","bound":"$@1"}')}--${boundary}--\r\n`,
    ],
    () => [`multipart/form-data; boundary=${boundary}`, part("0", '["$F1","$B2","$Q3","$@4"]')],
    () => ["multipart/form-data", json],
    () => ["text/plain;charset=UTF-8", `["$1:__proto__:then",{"then":"$1:constructor"}]`],
    () => ["text/plain;charset=UTF-8", pick(random, nasty)],
    () => [
      "application/octet-stream",
      String.fromCharCode(...Array.from({ length: 64 }, () => Math.floor(random() * 256))),
    ],
    () => ["text/plain;charset=UTF-8", `["${"x".repeat(1_200_000)}"]`],
    () => ["", ""],
  ];
  // The large one is rare: it measures the limit, not the network.
  const [type, text] = chance(random, 0.35) ? (bodies[0] ?? (() => ["", ""]))() : pick(random, bodies)();
  return [type, Buffer.from(text, "latin1")];
}

const originsOf = ({ url, origin = url }: Aim) => [
  ...[origin, origin, origin],
  ...["null", "https://evil.test", `${origin}.evil.test`],
];

function headersOf(random: Random, aim: Aim, cookie: string | null): Record<string, string> {
  const state = encodeURIComponent(
    JSON.stringify(["", { children: [pick(random, nasty), {}] }, null, null, true]),
  );
  const optional: [number, string, () => string][] = [
    [0.25, "rsc", () => pick(random, ["1", "0", "x"])],
    [0.1, "next-router-state-tree", () => pick(random, [state, "%", "[]", "x"])],
    [0.1, "next-router-prefetch", () => pick(random, ["1", "2"])],
    [0.05, "next-router-segment-prefetch", () => pick(random, ["/_tree", "/e", "x"])],
    [0.1, "next-url", () => pick(random, ["/e", "/admin", "x"])],
    [0.05, "x-middleware-subrequest", () => "proxy:proxy:proxy:proxy:proxy"],
    [0.05, "x-forwarded-for", () => "203.0.113.9"],
    [0.05, "x-forwarded-host", () => "evil.test"],
    [0.05, "x-perch-path", () => "/admin"],
    [0.05, "x-nonce", () => "AAAA"],
    [0.05, "range", () => "bytes=0-1,5-2"],
    [0.05, "if-none-match", () => "*"],
    [0.1, "accept-language", () => pick(random, nasty)],
    [0.1, "accept", () => pick(random, ["text/html", "text/x-component", "application/json", "*/*;q=x"])],
    [0.05, "host", () => pick(random, ["evil.test", "localhost:1", "127.0.0.1"])],
    [0.05, "expect", () => "100-continue"],
    [0.05, "sec-fetch-site", () => pick(random, ["cross-site", "same-origin", "x"])],
    [0.7, "origin", () => pick(random, originsOf(aim))],
  ];
  const headers = Object.fromEntries(
    optional
      .filter(([share]) => chance(random, share))
      .map(([, name, value]): [string, string] => [name, value()]),
  );
  if (cookie)
    headers["cookie"] = chance(random, 0.9)
      ? cookie
      : pick(random, [`${cookie}x`, cookie.slice(0, -3), `${cookie}; ${cookie}`, "a=b; ;=;"]);
  return Object.fromEntries(
    Object.entries(headers).filter(([, value]) => isSendable(value.replaceAll(" ", ""))),
  );
}

/** One request, wholly decided by the generator's state. */
export function randomRequest(random: Random, aim: Aim, cookie: string | null): Sent {
  const action = chance(random, 0.3) ? pick(random, aim.actions) : undefined;
  const method = action ? "POST" : pick(random, methods);
  const headers = headersOf(random, aim, cookie);
  const path = action && chance(random, 0.8) ? action.path : pathOf(random, aim);
  if (action)
    headers["next-action"] = chance(random, 0.8)
      ? action.id
      : pick(random, ["x", "7f".padEnd(42, "0"), `${action.id}0`]);
  const hasBody = method !== "GET" && method !== "HEAD" && method !== "TRACE";
  const [type, body] = bodyOf(random, action);
  if (hasBody && type) headers["content-type"] = type;
  if (hasBody) headers["content-length"] = String(body.length);
  return { method, path: isSendable(path) ? path : encodeURI(path), headers, body: hasBody ? body : null };
}

export interface Got {
  status: number;
  text: string;
  headers: http.IncomingHttpHeaders;
}

/** Sends it as it is: neither path nor headers are made tidy on the way. */
export function send(
  url: string,
  { method, path, headers, body }: Sent,
  agent: http.Agent,
): Promise<Got | null> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const request = http.request(
      { hostname, port, method, path, headers, agent, timeout: 30_000 },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("close", () =>
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(chunks).toString("utf8"),
            headers: response.headers,
          }),
        );
      },
    );
    // The server may close on a body that it does not want; that it still answers is asked later.
    request.on("error", () => resolve(null));
    request.on("timeout", () => request.destroy());
    request.end(body ?? undefined);
  });
}

const brokenLines = [
  "GET / HTTP/1.1\r\n\r\n",
  "GET  HTTP/1.1\r\nHost: x\r\n\r\n",
  "BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n",
  "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
  "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
  "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
  "GET / HTTP/1.1\r\nHost: x\r\nCookie\r\n\r\n",
  `GET /${"x".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${"y".repeat(40_000)}\r\n\r\n`,
  "\u0000\u0001\u0002\r\n\r\n",
  "GET http://evil.test/ HTTP/1.1\r\nHost: evil.test\r\n\r\n",
  "CONNECT evil.test:443 HTTP/1.1\r\nHost: evil.test\r\n\r\n",
];

/** What is no HTTP, on a bare socket. */
export function sendBroken(random: Random, url: string): Promise<Got | null> {
  const { hostname, port } = new URL(url);
  const text = pick(random, brokenLines);
  return new Promise((resolve) => {
    let answer = "";
    const socket = net.connect({ host: hostname, port: Number(port) }, () => socket.write(text, "latin1"));
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on("data", (chunk: Buffer) => {
      answer += chunk.toString("utf8");
      if (answer.length > 100_000) socket.destroy();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
      resolve(status === 0 ? null : { status, text: answer, headers: {} });
    });
  });
}
