import { createTransport } from "nodemailer";
import postgres from "postgres";
import { exchangeCode, type FinchCaller } from "@/lib/finch";
import { smtpOptions } from "@/lib/mail/transport";
import { outboundFetch } from "@/lib/outbound";
import type { Env } from "@/lib/env";
import { ok, warning, wordsOf, wrong, type Finding } from "./finding";

const patienceMs = 10_000;
const clockWarnMs = 2_000;
const clockWrongMs = 60_000;

/** Recorded nowhere: it belongs to no employer. Waits for no slot: the doctor is asked when the database is away too. */
const nobody: FinchCaller = {
  gate: { enter: () => Promise.resolve({ answered: () => Promise.resolve() }) },
  record: () => Promise.resolve(),
};

/** A code that nobody issued is refused, by an application that Finch knows; nothing is made or changed. */
export async function checkFinch(env: Env): Promise<Finding[]> {
  const where = `Finch ${env.FINCH_ENVIRONMENT} at ${env.FINCH_BASE_URL}`;
  const slow = new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMs).unref());
  const outcome = await Promise.race([exchangeCode(nobody, { code: crypto.randomUUID() }), slow]);
  if (outcome === null)
    return [
      wrong(`${where} did not answer within 10 s`, "Check the way out of this machine to FINCH_BASE_URL."),
    ];
  if (outcome.finchCode === "invalid_grant" || outcome.kind === "unprocessable")
    return [ok(`${where} knows this client id and secret`)];
  if (outcome.finchCode === "invalid_client" || outcome.status === 401)
    return [
      wrong(
        `${where} refuses FINCH_CLIENT_ID or FINCH_CLIENT_SECRET`,
        "Copy both from Finch's developer dashboard, for this environment.",
      ),
    ];
  if (outcome.status === null)
    return [wrong(`${where} cannot be reached`, "Check FINCH_BASE_URL, and the way out of this machine.")];
  const words = outcome.kind === "ok" ? "an unexpected answer" : outcome.message;
  return [
    warning(
      `${where} answers with status ${outcome.status}: ${words}`,
      `Look at Finch's status page${outcome.requestId ? `, or ask them about ${outcome.requestId}` : ""}.`,
    ),
  ];
}

/** Connects, says EHLO and logs in, without a mail. */
export async function checkMail(env: Env): Promise<Finding[]> {
  const { SMTP_URL: url } = env;
  if (!url) return [ok("mails are files in DATA_DIR/mail, shown at /dev/mailbox")];
  const { hostname, port, username } = new URL(url);
  const where = `mail server ${hostname}${port ? `:${port}` : ""}`;
  const server = createTransport({
    ...smtpOptions(url),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  });
  try {
    await server.verify();
    return [ok(`${where} accepts ${username ? "this login" : "connections without a login"}`)];
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
    return [
      code === "EAUTH"
        ? wrong(
            `${where} refuses the login of SMTP_URL`,
            "Check user and password; encode special characters (%40).",
          )
        : wrong(
            `${where} cannot be used (${typeof code === "string" ? code : wordsOf(error)})`,
            "Check host and port of SMTP_URL: smtps:// for TLS from the start, smtp:// for STARTTLS.",
          ),
    ];
  } finally {
    server.close();
  }
}

/** The identity provider's own description, from the issuer as it is configured. */
export async function checkIdentityProvider(env: Env): Promise<Finding[]> {
  const { OIDC_ISSUER: issuer } = env;
  if (!issuer)
    return [
      env.mode === "server"
        ? warning(
            "no identity provider: staff sign in with passkeys",
            "Set OIDC_ISSUER and its sisters for single sign-on.",
          )
        : ok("no identity provider"),
    ];
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const mend = "OIDC_ISSUER is the address whose /.well-known/openid-configuration names itself as issuer.";
  try {
    const response = await outboundFetch(url, { signal: AbortSignal.timeout(patienceMs) });
    if (!response.ok) return [wrong(`identity provider: ${url} answers ${response.status}`, mend)];
    const found = (await response.json()) as Record<string, unknown>;
    if (found["issuer"] !== issuer)
      return [wrong(`identity provider: ${url} names the issuer ${String(found["issuer"])}`, mend)];
    const allowed = await foreignEndpoints(found, env);
    return allowed.length > 0
      ? [
          wrong(
            `identity provider: its endpoints are also on ${allowed.join(", ")}`,
            `Allow them: OUTBOUND_HOSTS=${allowed.join(",")}`,
          ),
        ]
      : [ok(`identity provider ${issuer} describes itself`)];
  } catch (error) {
    return [wrong(`identity provider: ${url} cannot be read (${wordsOf(error)})`, mend)];
  }
}

/** Hosts that the provider's endpoints need and the allow-list lacks. The browser goes to the authorization endpoint by itself. */
async function foreignEndpoints(found: Record<string, unknown>, env: Env): Promise<string[]> {
  const { outboundOrigins } = await import("@/lib/outbound");
  const allowed = new Set(outboundOrigins(env).map(({ origin }) => origin));
  const urls = ["token_endpoint", "jwks_uri", "userinfo_endpoint"].flatMap((name) => {
    const value = found[name];
    return typeof value === "string" && URL.canParse(value) ? [new URL(value)] : [];
  });
  return [...new Set(urls.filter(({ origin }) => !allowed.has(origin)).map(({ host }) => host))];
}

/** This machine's clock against the database's and Finch's: sessions, links and signatures live by it. */
export async function checkClocks(env: Env): Promise<Finding[]> {
  const offsets: [where: string, ms: number][] = [];
  const sql = postgres(env.DATABASE_URL, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    await sql`select 1`;
    const before = Date.now();
    const [row] = await sql<{ now: Date }[]>`select clock_timestamp() as now`;
    if (row) offsets.push(["the database's", row.now.getTime() - (before + Date.now()) / 2]);
  } finally {
    await sql.end({ timeout: 1 });
  }
  try {
    const before = Date.now();
    const response = await outboundFetch(new URL("/providers", env.FINCH_BASE_URL), {
      signal: AbortSignal.timeout(patienceMs),
    });
    await response.body?.cancel();
    const date = Date.parse(response.headers.get("date") ?? "");
    // The header counts in seconds, so half of one is in the middle.
    if (date) offsets.push(["Finch's", date + 500 - (before + Date.now()) / 2]);
  } catch {
    // That Finch does not answer is said elsewhere.
  }
  return offsets.map(([where, ms]) => judgeClock(where, ms));
}

/** @param ms how far the other clock is ahead */
export function judgeClock(where: string, ms: number): Finding {
  const seconds = (Math.abs(ms) / 1000).toFixed(1);
  const mend = "Let the machine follow a time server (chrony, systemd-timesyncd).";
  if (Math.abs(ms) <= clockWarnMs) return ok(`clock agrees with ${where} within ${clockWarnMs / 1000} s`);
  const what = `this clock is ${seconds} s ${ms > 0 ? "behind" : "ahead of"} ${where}`;
  return Math.abs(ms) > clockWrongMs ? wrong(what, mend) : warning(what, mend);
}
