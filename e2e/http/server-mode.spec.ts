import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { createTestUser } from "@/db/seed/factories";
import { expect, kindOf, runningCopy, test } from "@/e2e/support";
import { startServerCopy, type ServerCopy } from "@/e2e/support/server-mode";
import { useUpLimit } from "@/lib/domain/limits/testing";
import { root } from "@/scripts/lib/local-environment";

/** SECURITY 1: a real web and worker in server mode, asked by anybody. */

test.describe.configure({ mode: "serial" });

let server: ServerCopy;
test.beforeAll(async () => {
  test.setTimeout(180_000);
  server = await startServerCopy();
});
test.afterAll(() => server?.stop());

async function ask(address: string, init: RequestInit & { cookie?: string } = {}) {
  const { cookie, headers, ...rest } = init;
  const response = await fetch(new URL(address, server.url), {
    redirect: "manual",
    ...rest,
    headers: {
      accept: "text/html,*/*",
      ...(cookie ? { cookie } : {}),
      ...(headers as Record<string, string>),
    },
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** A person of staff with a session that began in that way. */
async function staffSession(method: "email" | "passkey" | "oidc"): Promise<string> {
  const user = await createTestUser(server.sql, { role: "staff_admin" });
  const token = randomBytes(32).toString("hex");
  const hash = createHash("sha256").update(token).digest("hex");
  await server.sql`insert into sessions (session_token, user_id, expires, method)
    values (${hash}, ${user.id}, now() + interval '20 minutes', ${method})`;
  return `__Host-perch-session=${token}`;
}

test("web and worker start without the packages of the local database", async () => {
  expect(JSON.parse((await ask("/api/health/ready")).text)).toMatchObject({ ready: true });
  expect(server.output()).not.toContain("is not installed on a server");
});

test("nothing of local mode, of the emulator or of the inside answers", async () => {
  for (const address of [
    ...["/dev", "/dev/mailbox", "/dev/authenticator", "/_sandbox", "/_sandbox/state", "/_sandbox/clock"],
    ...["/api/metrics", "/api/auth/providers", "/api/auth/session", "/api/auth/csrf", "/api/auth/signin"],
    ...[
      "/.env",
      "/.git/config",
      "/package.json",
      "/.next/BUILD_ID",
      "/_next/../package.json",
      "/_next/image?url=%2Ficon.svg&w=64&q=75",
      "/secrets.json",
    ],
  ]) {
    const answer = await ask(address);
    expect
      .soft(`${address} ${answer.status === 401 ? "does not exist" : kindOf(answer)}`)
      .toBe(`${address} does not exist`);
  }
});

test("there are no demo accounts, in the database or on the page", async () => {
  expect(
    await server.sql`select email from users where email like '%.test' and email not like '%@example.test'`,
  ).toEqual([]);
  const { text } = await ask("/sign-in");
  expect(text).not.toMatch(/acme\.test|perch\.test|globex|\/dev\/(mailbox|authenticator)/i);
});

test("no source map is served, and no header names the software", async () => {
  const { text, headers } = await ask("/sign-in");
  const files = [...text.matchAll(/\/_next\/static\/[^"'\\ ]+\.(?:js|css)/g)].map(([file]) => file);
  expect(files.length).toBeGreaterThan(2);
  for (const file of new Set(files)) {
    expect.soft((await ask(`${file}.map`)).status, file).toBe(404);
    const built = await ask(file);
    expect.soft(built.text, file).not.toMatch(/sourceMappingURL=(?!data:)/);
    expect.soft(built.headers.get("strict-transport-security"), file).toMatch(/^max-age=\d{8}/);
    expect.soft(built.headers.get("x-content-type-options"), file).toBe("nosniff");
  }
  expect(headers.get("x-powered-by")).toBeNull();
  expect(headers.get("server")).toBeNull();
});

test("every kind of answer says that it is for https, for nobody else's frame and in no search engine", async () => {
  for (const address of ["/sign-in", "/no-such-page", "/admin", "/api/health", "/api/no-such-route"]) {
    const { headers } = await ask(address);
    expect
      .soft(headers.get("strict-transport-security"), address)
      .toBe("max-age=63072000; includeSubDomains");
    expect.soft(headers.get("content-security-policy"), address).toContain("frame-ancestors 'none'");
    expect.soft(headers.get("content-security-policy"), address).not.toContain("unsafe-eval");
    expect.soft(headers.get("x-robots-tag"), address).toBe("noindex, nofollow");
    expect.soft(headers.get("cache-control"), address).toContain("no-store");
  }
});

test("addresses come from the configuration, whatever Host and forwarding headers say", async () => {
  const forged = {
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "http",
    forwarded: "host=evil.example",
  };
  const { status, headers, text } = await ask("/admin", { headers: forged });
  expect(status).toBe(307);
  expect(headers.get("location")).toBe(`${server.appUrl}/sign-in?callbackUrl=%2Fadmin`);
  expect(text).not.toContain("evil.example");
});

const signOut = async () =>
  ask("/api/auth/sign-out", {
    method: "POST",
    cookie: await staffSession("passkey"),
    headers: { origin: server.appUrl },
  });

test("signing out tells the browser to forget what it kept", async () => {
  const { status, headers } = await signOut();
  expect(status).toBe(204);
  expect(headers.get("clear-site-data")).toBe('"cache", "storage"');
});

test("cookies are bound to host and https", async () => {
  const { headers } = await signOut();
  const set = headers.getSetCookie().find((line) => line.startsWith("__Host-perch-session="));
  expect(set).toMatch(/; Path=\//i);
  expect(set).toMatch(/; Secure/i);
  expect(set).toMatch(/; HttpOnly/i);
  expect(set).toMatch(/; SameSite=lax/i);
  expect(set).not.toMatch(/domain=/i);
  for (const line of headers.getSetCookie()) expect(line).toMatch(/^__Host-/);
});

test("staff who signed in by mail have no rights of staff; by passkey or provider they do", async () => {
  for (const address of ["/admin", "/admin/customers", "/admin/connections"]) {
    expect
      .soft(kindOf(await ask(address, { cookie: await staffSession("email") })), address)
      .not.toBe("opens");
    expect.soft(kindOf(await ask(address, { cookie: await staffSession("passkey") })), address).toBe("opens");
    expect.soft(kindOf(await ask(address, { cookie: await staffSession("oidc") })), address).toBe("opens");
  }
});

test("a request of another page, of none, or too large is refused", async () => {
  const cookie = await staffSession("passkey");
  for (const origin of [undefined, "null", "https://evil.example", server.url]) {
    const { status } = await ask("/api/auth/sign-out", {
      method: "POST",
      cookie,
      ...(origin ? { headers: { origin } } : {}),
    });
    expect.soft(status, String(origin)).toBe(403);
  }
  const large = await ask("/sign-in", {
    method: "POST",
    headers: { origin: server.appUrl, "next-action": "a".repeat(42) },
    body: "x".repeat(1_000_001),
  });
  expect(large.status).toBe(413);
});

test("a network that did too much is refused at the callback and at mailed links", async () => {
  const cookie = await staffSession("passkey");
  const handIn = () =>
    ask("/api/finch/callback", {
      method: "POST",
      cookie,
      headers: { origin: server.appUrl, "content-type": "application/json" },
      body: JSON.stringify({ code: "unknown", state: "unknown" }),
    });
  const comeBack = () => ask("/api/finch/callback?code=unknown&state=unknown", { cookie });
  const openLink = () => ask("/sign-in/confirm?token=unknown");
  expect((await handIn()).status).toBe(404);
  expect((await comeBack()).status).toBe(303);
  const openInvitation = () => ask(`/invite/${"a".repeat(43)}`);
  expect((await openLink()).text).toContain("This link is over");
  expect((await openInvitation()).text).toContain("This invitation is over");
  await useUpLimit(server.sql, "callback", "127.0.0.1");
  await useUpLimit(server.sql, "link-page", "127.0.0.1");
  for (const { status, text } of [await handIn(), await comeBack()]) {
    expect(status).toBe(429);
    expect(text).toContain("Too many connections were finished from your network.");
  }
  for (const { text } of [await openLink(), await openInvitation()]) {
    expect(text).toContain("Too many links were opened from your network.");
    expect(text).not.toMatch(/This (link|invitation) is over/);
  }
  await server.sql`delete from rate_limits`;
});

/** What `perch doctor` says with the server's own environment. */
async function askDoctor(changes: Record<string, string> = {}): Promise<{ code: unknown; said: string }> {
  const args = ["--import", "tsx", "scripts/perch.ts", "doctor"];
  const env = { ...server.env, ...changes };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env });
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stdout } = error as { code: unknown; stdout: string };
    return { code, said: stdout };
  }
}

const wrongIn = (said: string) => said.split("\n").filter((line) => line.startsWith("✗"));

test("the doctor finds the running server sound but for made-up logins, and a local copy exposed", async () => {
  test.setTimeout(90_000);
  const sound = await askDoctor({ NEXTAUTH_URL: server.url });
  expect(wrongIn(sound.said)).toEqual([
    expect.stringContaining("refuses FINCH_CLIENT_ID or FINCH_CLIENT_SECRET"),
    expect.stringContaining("mail server 127.0.0.1:9 cannot be used"),
  ]);
  expect(sound.code).toBe(1);
  expect(sound.said).toContain(`✓ ${server.url} exposes nothing that it should not`);
  const { url } = runningCopy();
  const exposed = await askDoctor({ NEXTAUTH_URL: url });
  expect(wrongIn(exposed.said)).toEqual(
    expect.arrayContaining([
      expect.stringContaining("/dev/mailbox answers 200 to anybody"),
      expect.stringContaining("/sign-in has no strict-transport-security"),
    ]),
  );
  for (const { said } of [sound, exposed])
    for (const name of ["NEXTAUTH_SECRET", "FINCH_CLIENT_SECRET", "AUDIT_SIGNING_KEYS"])
      expect(said).not.toContain(server.env[name]?.split(":").at(-1));
});
