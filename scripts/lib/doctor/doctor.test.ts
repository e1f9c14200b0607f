import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, configureDatabase } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { checkStart } from "@/lib/domain/installation/check-start";
import { env } from "@/lib/env";
import { startSandbox, type RunningSandbox } from "@/sandbox/server";
import { checkConfiguration } from "./configuration";
import { checkExposure, checkListeners } from "./exposure";
import { redactor } from "./finding";
import { checkKeyrings } from "./keys";
import { checkFinch, checkIdentityProvider, checkMail, judgeClock } from "./outside";
import { freePort, listen, serve, states, wrongs } from "./testing";

const root = path.resolve(import.meta.dirname, "../../..");
const database = useTestDatabase();
let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
  process.env["FINCH_BASE_URL"] = sandbox.url;
  process.env["FINCH_CONNECT_URL"] = sandbox.url;
  await configureDatabase({ url: database().urls.worker });
  await checkStart({ as: "worker" });
  await closeDatabase();
});
afterAll(async () => {
  await sandbox.close();
});

describe("keys", () => {
  it("that fit are named, not shown", async () => {
    const findings = await checkKeyrings(env());
    expect(states(findings)).toEqual(["ok", "ok"]);
    expect(JSON.stringify(findings)).not.toContain(env().TOKEN_ENCRYPTION_KEYS.slice(5));
  });

  it("that did not sign what was signed are wrong", async () => {
    const sql = database().sql("superuser");
    await sql`insert into audit_signatures (customer_id, seq, hash, signed_at, key_id, signature)
      values (gen_random_uuid(), 1, 'x', now(), 'test', 'AAAA'), (gen_random_uuid(), 1, 'x', now(), 'gone', 'AAAA')`;
    expect(wrongs(await checkKeyrings(env()))).toEqual([
      "heads were signed with the key gone, which AUDIT_SIGNING_KEYS lacks",
      "the signing key test is not the one that signed",
    ]);
    await sql`delete from audit_signatures`;
  });

  it("that did not seal this database are wrong", async () => {
    const right = env().TOKEN_ENCRYPTION_KEYS;
    env().TOKEN_ENCRYPTION_KEYS = `test:${randomBytes(32).toString("base64")}`;
    const found = wrongs(await checkKeyrings(env()));
    env().TOKEN_ENCRYPTION_KEYS = right;
    expect(found).toEqual([expect.stringMatching(/The key "test" is not the one/)]);
  });
});

describe("Finch", () => {
  const withEnv = async (changes: Partial<ReturnType<typeof env>>) => {
    const before = { ...env() };
    Object.assign(env(), changes);
    try {
      return await checkFinch(env());
    } finally {
      Object.assign(env(), before);
    }
  };

  it("that knows the credentials is right, and was asked for nothing that it keeps", async () => {
    expect(states(await withEnv({}))).toEqual(["ok"]);
    expect(sandbox.sandbox.world.store.sessions.size).toBe(0);
  });

  it("that refuses them, cannot be reached or has trouble is told apart", async () => {
    expect(wrongs(await withEnv({ FINCH_CLIENT_SECRET: "another" }))).toEqual([
      expect.stringMatching(/refuses FINCH_CLIENT_ID or FINCH_CLIENT_SECRET/),
    ]);
    expect(wrongs(await withEnv({ FINCH_BASE_URL: `http://127.0.0.1:${await freePort()}` }))).toEqual([
      expect.stringMatching(/cannot be reached/),
    ]);
    const broken = await serve((_request, response) => response.writeHead(503).end("{}"));
    expect(states(await withEnv({ FINCH_BASE_URL: broken }))).toEqual(["warning"]);
  });
});

describe("the mail server", () => {
  /** Says what a mail server says up to the login; a mail is never begun. */
  const said: string[] = [];
  const mailServer = (login: string) =>
    listen(
      createServer((socket) => {
        socket.write("220 mail.test ESMTP\r\n");
        socket.on("data", (chunk) => {
          for (const line of chunk.toString().split("\r\n").filter(Boolean)) {
            said.push(line.split(" ")[0] ?? "");
            if (/^EHLO/.test(line)) socket.write("250-mail.test\r\n250 AUTH PLAIN\r\n");
            else if (/^AUTH/.test(line)) socket.write(`${login}\r\n`);
            else socket.end("221 bye\r\n");
          }
        });
        socket.on("error", () => undefined);
      }),
    );
  const at = async (port: number) =>
    checkMail({ ...env(), SMTP_URL: `smtp://perch:mail-word@127.0.0.1:${port}` });

  it("that accepts the login is right, and got no mail", async () => {
    expect(states(await at(await mailServer("235 welcome")))).toEqual(["ok"]);
    expect(said).toContain("AUTH");
    expect(said).not.toContain("MAIL");
  });

  it("that refuses the login, or is not there, is told apart without the password", async () => {
    const refused = await at(await mailServer("535 no"));
    expect(wrongs(refused)).toEqual([expect.stringMatching(/refuses the login of SMTP_URL/)]);
    const absent = await at(await freePort());
    expect(wrongs(absent)).toEqual([expect.stringMatching(/cannot be used \(ESOCKET|ECONN/)]);
    expect(JSON.stringify([refused, absent])).not.toContain("mail-word");
  });
});

describe("the identity provider", () => {
  const discovery = async (change: (issuer: string) => object, status = 200) => {
    let issuer = "";
    issuer = await serve((_request, response) =>
      response
        .writeHead(status)
        .end(JSON.stringify({ issuer, token_endpoint: `${issuer}/token`, ...change(issuer) })),
    );
    const before = env().OIDC_ISSUER;
    env().OIDC_ISSUER = issuer;
    const findings = await checkIdentityProvider(env());
    if (before === undefined) delete env().OIDC_ISSUER;
    else env().OIDC_ISSUER = before;
    return findings;
  };

  it("that describes itself is right", async () => {
    expect(states(await discovery(() => ({})))).toEqual(["ok"]);
  });

  it("that is another issuer, has endpoints elsewhere or does not answer is wrong", async () => {
    expect(wrongs(await discovery(() => ({ issuer: "https://other.example" })))).toHaveLength(1);
    const elsewhere = await discovery(() => ({ jwks_uri: "https://keys.example.com/jwks" }));
    expect(elsewhere[0]?.mend).toBe("Allow them: OUTBOUND_HOSTS=keys.example.com");
    expect(wrongs(await discovery(() => ({}), 500))).toHaveLength(1);
  });
});

it.each([
  [500, "ok"],
  [-1_900, "ok"],
  [2_500, "warning"],
  [-59_000, "warning"],
  [61_000, "wrong"],
  [-3_600_000, "wrong"],
])("a clock that is %i ms off is %s", (ms, state) => {
  expect(judgeClock("the database's", ms).state).toBe(state);
});

describe("what is exposed", () => {
  const headers = {
    "content-security-policy": "script-src 'nonce-x'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "private, no-store",
    "permissions-policy": "camera=()",
    "cross-origin-opener-policy": "same-origin-allow-popups",
    "x-robots-tag": "noindex",
    "strict-transport-security": "max-age=63072000",
  };
  const page = '<script src="/_next/static/chunks/a.js"></script>';

  it("by a server that is closed is nothing", async () => {
    const origin = await serve((request, response) =>
      request.url === "/sign-in" ? response.writeHead(200, headers).end(page) : response.writeHead(404).end(),
    );
    expect(states(await checkExposure({ ...env(), mode: "server", appUrl: origin }))).toEqual(["ok"]);
  });

  it("by one that is open is named one by one", async () => {
    const origin = await serve((_request, response) =>
      response.writeHead(200, { "x-powered-by": "Next.js" }).end(page),
    );
    const found = wrongs(await checkExposure({ ...env(), mode: "server", appUrl: origin })).join("\n");
    for (const words of [
      ...[
        "/dev/mailbox",
        "/dev/authenticator",
        "/_sandbox",
        "/api/metrics",
        "/.env",
        "source maps",
        "x-powered-by",
      ],
      ...Object.keys(headers),
    ])
      expect(found).toContain(words);
  });

  it("cannot be told while nothing answers", async () => {
    const findings = await checkExposure({ ...env(), appUrl: `http://127.0.0.1:${await freePort()}` });
    expect(states(findings)).toEqual(["warning"]);
  });

  it("by listeners for everybody is wrong locally and to be known on a server", () => {
    const settings = { ...env(), PORT: 3000, SANDBOX_PORT: 4010 };
    expect(states(checkListeners(settings, new Set()))).toEqual(["ok"]);
    expect(wrongs(checkListeners(settings, new Set([3000, 4010, 22])))).toHaveLength(2);
    expect(states(checkListeners({ ...settings, mode: "server" }, new Set([3000])))).toEqual(["warning"]);
  });
});

it("a slip in a variable's name is found", () => {
  const { findings } = checkConfiguration(root, {
    ...database().env,
    SMPT_URL: "smtp://x",
    FINCH_BASEURL: "x",
    HOME: "/",
  });
  expect(findings.filter(({ state }) => state === "warning")).toEqual([
    expect.objectContaining({ what: "SMPT_URL means nothing here", mend: "Perhaps SMTP_URL was meant." }),
  ]);
});

it("secrets are taken out of whatever is said", () => {
  const { env: complete } = database();
  const said = redactor(complete)(Object.values(complete).join(" and "));
  for (const name of [
    "NEXTAUTH_SECRET",
    "TOKEN_ENCRYPTION_KEYS",
    "FINCH_CLIENT_SECRET",
    "AUDIT_SIGNING_KEYS",
  ])
    expect(said).not.toContain(complete[name]?.split(":").at(-1));
  expect(said).not.toContain("test-app");
});

describe("npm run perch -- doctor", () => {
  const run = (changes: Record<string, string>) =>
    new Promise<{ code: number | null; output: string }>((resolve) => {
      const child = spawn(process.execPath, ["--import", "tsx", "scripts/perch.ts", "doctor"], {
        cwd: root,
        env: {
          NODE_ENV: "test" as const,
          PATH: process.env["PATH"],
          ...database().env,
          FINCH_BASE_URL: sandbox.url,
          FINCH_CONNECT_URL: sandbox.url,
          PORT: "4224",
          SANDBOX_PORT: "4225",
          NEXTAUTH_URL: "http://localhost:4224",
          ...changes,
        },
      });
      let output = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
      child.once("close", (code) => resolve({ code, output }));
    });

  it("ends with 0 where nothing is wrong", async () => {
    const { code, output } = await run({});
    expect(output).toContain("Nothing is wrong.");
    expect(code).toBe(0);
    expect(output).not.toContain(database().env["NEXTAUTH_SECRET"]);
  });

  it("ends with 1 where something is, names it, and looks on in what still works", async () => {
    const { code, output } = await run({
      PERCH_MODE: "server",
      FINCH_LOG: "debug",
      DATABASE_URL: database().urls.owner,
    });
    expect(code).toBe(1);
    for (const words of [
      "FINCH_LOG is not allowed",
      "SMTP_URL is missing",
      "logs in as an owner of the tables",
    ])
      expect(output).toContain(words);
    for (const secret of ["test-owner", "test-app", database().env["NEXTAUTH_SECRET"] ?? ""])
      expect(output).not.toContain(secret);
  });
});
