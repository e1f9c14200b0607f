import { readFileSync } from "node:fs";
import type { Env } from "@/lib/env";
import { ok, warning, wordsOf, wrong, type Finding } from "./finding";

/** What the running web gives to anybody who asks at its address. */

const patienceMs = 15_000;

interface Probe {
  status: number;
  headers: Headers;
  text: string;
}

async function ask(origin: string, path: string): Promise<Probe> {
  const response = await fetch(new URL(path, origin), {
    redirect: "manual",
    signal: AbortSignal.timeout(patienceMs),
    headers: { accept: "text/html,*/*" },
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const closed = (status: number) => status === 404 || status === 401 || status === 403;

export async function checkExposure(env: Env): Promise<Finding[]> {
  const origin = env.appUrl;
  let page: Probe;
  try {
    page = await ask(origin, "/sign-in");
  } catch (error) {
    return [
      warning(
        `nothing answers at ${origin} (${wordsOf(error)}), so what it exposes was not looked at`,
        "Ask again while web runs, from a machine that reaches NEXTAUTH_URL.",
      ),
    ];
  }
  const findings = [
    ...judgeHeaders(page, env),
    ...(await probePaths(origin, env)),
    ...(await probeMaps(origin, page)),
  ];
  return findings.length > 0 ? findings : [ok(`${origin} exposes nothing that it should not`)];
}

function judgeHeaders({ status, headers }: Probe, { mode }: Env): Finding[] {
  const has = (name: string, part: string) => (headers.get(name) ?? "").includes(part);
  const mend = "Something between browser and Perch changes headers: let it pass them on.";
  const wanted: [string, string][] = [
    ["content-security-policy", "frame-ancestors 'none'"],
    ["content-security-policy", "'nonce-"],
    ["x-content-type-options", "nosniff"],
    ["referrer-policy", "no-referrer"],
    ["cache-control", "no-store"],
    ["permissions-policy", "camera=()"],
    ["cross-origin-opener-policy", "same-origin"],
    ["x-robots-tag", "noindex"],
    ...(mode === "server" ? ([["strict-transport-security", "max-age="]] as [string, string][]) : []),
  ];
  return [
    ...(status === 200 ? [] : [wrong(`/sign-in answers ${status}`, "Look at web's log.")]),
    ...wanted
      .filter(([name, part]) => !has(name, part))
      .map(([name, part]) => wrong(`/sign-in has no ${name} with ${part}`, mend)),
    ...["x-powered-by", "server"]
      .filter((name) => /next|node|express/i.test(headers.get(name) ?? ""))
      .map((name) => wrong(`${name} names the software`, "Remove the header in the proxy.")),
  ];
}

async function probePaths(origin: string, { mode }: Env): Promise<Finding[]> {
  const paths = [
    ...(mode === "server" ? ["/dev/mailbox", "/dev/authenticator"] : []),
    ...["/_sandbox", "/_sandbox/state", "/api/metrics", "/.env", "/.git/config", "/api/auth/providers"],
  ];
  const findings: Finding[] = [];
  for (const path of paths) {
    const { status } = await ask(origin, path);
    if (!closed(status) && !(status >= 300 && status < 400))
      findings.push(
        wrong(`${path} answers ${status} to anybody`, "It must be 404 or 401: let no proxy serve it."),
      );
  }
  return findings;
}

async function probeMaps(origin: string, { text }: Probe): Promise<Finding[]> {
  const scripts = [...text.matchAll(/src="(\/_next\/static\/[^"]+\.js)/g)]
    .map(([, src = ""]) => src)
    .slice(0, 3);
  for (const script of scripts) {
    if ((await ask(origin, `${script}.map`)).status !== 404)
      return [wrong("source maps are served", "Build with npm run build, and copy no *.map to the server.")];
  }
  return [];
}

const listening = "0A";

/** Ports on which somebody listens for everybody, from the kernel's table (Linux). */
function openPorts(): Set<number> | null {
  const ports = new Set<number>();
  for (const [file, everybody] of [
    ["/proc/net/tcp", "00000000"],
    ["/proc/net/tcp6", "00000000000000000000000000000000"],
  ] as const) {
    let table: string;
    try {
      table = readFileSync(file, "utf8");
    } catch {
      return null;
    }
    for (const line of table.split("\n").slice(1)) {
      const [, address = "", , state] = line.trim().split(/\s+/);
      const [host, port = ""] = address.split(":");
      if (state === listening && host === everybody) ports.add(Number.parseInt(port, 16));
    }
  }
  return ports;
}

/** Listeners of this machine that others reach. */
export function checkListeners(env: Env, ports = openPorts()): Finding[] {
  if (!ports) return [];
  const database = URL.canParse(env.DATABASE_URL) ? Number(new URL(env.DATABASE_URL).port || 5432) : 0;
  const isLocalDatabase = /@(localhost|127\.0\.0\.1|\[::1\])[:/]/.test(env.DATABASE_URL);
  const findings: Finding[] = [];
  if (env.mode === "local") {
    for (const [name, port] of [
      ["the dashboard", env.PORT],
      ["the Finch emulator", env.SANDBOX_PORT],
      ["PostgreSQL", isLocalDatabase ? database : -1],
    ] as const)
      if (ports.has(port))
        findings.push(
          wrong(
            `something listens on 0.0.0.0:${port}, the port of ${name}`,
            "Let it listen on 127.0.0.1 only.",
          ),
        );
    return findings.length > 0 ? findings : [ok("every listener is on 127.0.0.1")];
  }
  if (ports.has(env.PORT))
    findings.push(
      warning(
        `web listens on 0.0.0.0:${env.PORT}: whoever reaches it comes past the proxy`,
        "Set HOST=127.0.0.1 where the proxy is on this machine, else let a firewall admit the proxy only.",
      ),
    );
  if (ports.has(env.SANDBOX_PORT))
    findings.push(
      wrong(
        `something listens on 0.0.0.0:${env.SANDBOX_PORT}, the emulator's port`,
        "A server has no emulator.",
      ),
    );
  if (isLocalDatabase && ports.has(database))
    findings.push(warning(`PostgreSQL listens on 0.0.0.0:${database}`, "listen_addresses = 'localhost'"));
  return findings;
}
