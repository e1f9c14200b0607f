import { describe, expect, it } from "vitest";
import { loadEnv } from "@/lib/env";
import { completeEnvironment, planFrom } from "./local-environment";
import type { LocalSecrets } from "./secrets";

const key = `k1:${Buffer.alloc(32).toString("base64")}`;
const secrets: LocalSecrets = {
  postgresPassword: "postgres-secret",
  ownerPassword: "owner-secret",
  appPassword: "app-secret",
  authPassword: "auth-secret",
  workerPassword: "worker-secret",
  nextAuthSecret: "x".repeat(64),
  finchWebhookSecret: "webhook",
  tokenEncryptionKeys: key,
  auditSigningKeys: key,
};

describe("planFrom", () => {
  it("nothing set means a whole local copy", () => {
    expect(planFrom({})).toMatchObject({
      mode: "local",
      port: 3000,
      sandboxPort: 4010,
      embeddedPostgres: true,
      sandbox: true,
    });
  });

  it("a public address means server mode, where nothing is embedded", () => {
    const plan = planFrom({ NEXTAUTH_URL: "https://perch.example.com" });
    expect(plan).toMatchObject({ mode: "server", embeddedPostgres: false, sandbox: false });
  });

  it("an address that only begins like a loopback one is public", () => {
    expect(planFrom({ NEXTAUTH_URL: "http://localhost.example.com" }).mode).toBe("server");
  });

  it("what the person brings is not replaced", () => {
    const plan = planFrom({ DATABASE_URL: "postgres://mine", FINCH_CLIENT_ID: "mine" });
    expect(plan).toMatchObject({ mode: "local", embeddedPostgres: false, sandbox: false });
  });

  it("an empty variable counts as unset", () => {
    expect(planFrom({ DATABASE_URL: "", PORT: "" })).toMatchObject({ embeddedPostgres: true, port: 3000 });
  });

  it.each(["0", "70000", "http", "3000.5"])("the port %s is refused by name", (PORT) => {
    expect(() => planFrom({ PORT })).toThrow(/PORT is ".*It must be a port number/);
  });

  it("two listeners on one port are refused before anything starts", () => {
    expect(() => planFrom({ PORT: "4010" })).toThrow("PORT and SANDBOX_PORT are both 4010");
  });
});

describe("completeEnvironment", () => {
  it("lets a copy with its own emulator take its turns at ten times Finch's pace, unless limits are asked for", () => {
    const paceOf = (given: Record<string, string>) => {
      const { QUOTA_CLOCK_RATE, SANDBOX_RATE_LIMITS } = completeEnvironment(planFrom(given), secrets, 5555);
      return { QUOTA_CLOCK_RATE, SANDBOX_RATE_LIMITS };
    };
    expect(paceOf({})).toEqual({ QUOTA_CLOCK_RATE: "10", SANDBOX_RATE_LIMITS: "off" });
    expect(paceOf({ QUOTA_CLOCK_RATE: "60" })).toEqual({
      QUOTA_CLOCK_RATE: "60",
      SANDBOX_RATE_LIMITS: "off",
    });
    expect(paceOf({ SANDBOX_RATE_LIMITS: "sandbox" })).toEqual({ SANDBOX_RATE_LIMITS: "sandbox" });
    expect(paceOf({ FINCH_CLIENT_ID: "of-our-own" })).toEqual({});
  });

  it("is complete: the processes accept it", () => {
    const env = loadEnv(completeEnvironment(planFrom({ PORT: "3456" }), secrets, 5555));
    expect(env).toMatchObject({
      mode: "local",
      appUrl: "http://localhost:3456",
      FINCH_BASE_URL: "http://127.0.0.1:4010",
    });
    expect(env.DATABASE_URL).toBe("postgres://perch_app:app-secret@127.0.0.1:5555/perch");
  });

  it("no process gets the password of the superuser", () => {
    const variables = completeEnvironment(planFrom({}), secrets, 5555);
    expect(JSON.stringify(variables)).not.toContain(secrets.postgresPassword);
  });

  it("secrets that are set win over kept ones", () => {
    const mine = "m".repeat(40);
    expect(completeEnvironment(planFrom({ NEXTAUTH_SECRET: mine }), secrets, 1).NEXTAUTH_SECRET).toBe(mine);
  });
});
