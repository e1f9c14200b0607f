import { describe, expect, it } from "vitest";
import { testEnvironment } from "@/db/testing/environment";
import { EnvError, loadEnv } from "./env";

const url = (user: string, rest = "127.0.0.1:5432/perch") => `postgres://${user}:x@${rest}`;
const local = testEnvironment(
  {
    app: url("perch_app"),
    auth: url("perch_auth"),
    worker: url("perch_worker"),
    owner: url("perch_owner"),
  },
  "/tmp",
);
const server = {
  ...local,
  PERCH_MODE: "server",
  NEXTAUTH_URL: "https://perch.example.com",
  SMTP_URL: "smtps://mail.example.com",
  FINCH_CLIENT_SECRET: "a-secret-of-our-own",
};

function problemsOf(changed: Record<string, string>): string[] {
  try {
    loadEnv({ ...server, ...changed });
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
}

describe("server mode", () => {
  it("takes a complete environment", () => {
    expect(problemsOf({})).toEqual([]);
  });

  it.each(["", "?sslmode=require", "?sslmode=prefer"])("refuses a database elsewhere with %j", (query) => {
    expect(problemsOf({ DATABASE_URL: url("perch_app", `db.example.com/perch${query}`) })).toEqual([
      "DATABASE_URL names another machine: add ?sslmode=verify-full",
    ]);
  });

  it("takes a database elsewhere that proves who it is", () => {
    expect(
      problemsOf({ DATABASE_URL: url("perch_app", "db.example.com/perch?sslmode=verify-full") }),
    ).toEqual([]);
  });

  it("refuses the SDK's log, the sandbox's secret and an address without https", () => {
    expect(problemsOf({ FINCH_LOG: "debug" })).toHaveLength(1);
    expect(problemsOf({ FINCH_CLIENT_SECRET: "sandbox-secret" })).toHaveLength(1);
    expect(problemsOf({ NEXTAUTH_URL: "http://perch.example.com" })).toHaveLength(1);
  });
});

describe("secrets in server mode", () => {
  const random = (fill: number) =>
    Buffer.from(Array.from({ length: 32 }, (_, index) => (index * 37 + fill) % 256)).toString("base64");

  it("names everything that is missing or wrong at once", () => {
    const rest = Object.fromEntries(
      Object.entries({ ...server, FINCH_LOG: "debug", RETENTION_DAYS: "soon" }).filter(
        ([name]) => !/^(NEXTAUTH_SECRET|AUDIT_SIGNING_KEYS|NEXT_SERVER.*|SMTP_URL)$/.test(name),
      ),
    );
    try {
      loadEnv(rest, { needs: ["WORKER_DATABASE_URL"] });
      expect.unreachable();
    } catch (error) {
      const names = (error as EnvError).problems.map((problem) => problem.split(" ")[0]);
      expect(names.sort()).toEqual([
        "AUDIT_SIGNING_KEYS",
        "FINCH_LOG",
        "NEXTAUTH_SECRET",
        "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY",
        "RETENTION_DAYS",
        "SMTP_URL",
      ]);
    }
  });

  it.each([
    ["FINCH_CLIENT_SECRET", "sandbox-secret"],
    ["NEXTAUTH_SECRET", "0123456789abcdef0123456789abcdef"],
    ["NEXTAUTH_SECRET", "a".repeat(64)],
    ["NEXTAUTH_SECRET", "abab".repeat(16)],
    ["NEXTAUTH_SECRET", "short"],
    ["FINCH_WEBHOOK_SECRET", "webhook"],
    ["METRICS_TOKEN", "x".repeat(40)],
    ["METRICS_TOKEN", "token"],
    ["TOKEN_ENCRYPTION_KEYS", `k1:${Buffer.alloc(32).toString("base64")}`],
    ["TOKEN_ENCRYPTION_KEYS", `k1:${Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")}`],
    ["TOKEN_ENCRYPTION_KEYS", `k2:${random(3)},k1:${Buffer.alloc(32, 7).toString("base64")}`],
    ["AUDIT_SIGNING_KEYS", `a1:${Buffer.alloc(32, "ab").toString("base64")}`],
    ["NEXT_SERVER_ACTIONS_ENCRYPTION_KEY", Buffer.alloc(32, 1).toString("base64")],
    ["DATABASE_URL", "postgres://perch_app:perch_app@127.0.0.1/perch"],
    ["DATABASE_URL", "postgres://perch_app:changeme@127.0.0.1/perch"],
  ])("refuses %s=%s", (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.startsWith(name)).toBe(true);
    expect(problems[0]).not.toContain(value);
  });

  it("refuses one key for two purposes", () => {
    expect(
      problemsOf({ TOKEN_ENCRYPTION_KEYS: `k1:${random(1)}`, AUDIT_SIGNING_KEYS: `a1:${random(1)}` }),
    ).toEqual(["AUDIT_SIGNING_KEYS and TOKEN_ENCRYPTION_KEYS hold the same key: each needs its own"]);
  });

  it.each<Record<string, string>>([
    { NEXTAUTH_DEBUG: "true" },
    { AUTH_DEBUG: "1" },
    { FINCH_LOG: "info" },
    { NODE_DEBUG: "http" },
    { NODE_TLS_REJECT_UNAUTHORIZED: "0" },
    { NODE_ENV: "development" },
    { FINCH_BASE_URL: "http://finch.example.com" },
    { FINCH_BASE_URL: "http://127.0.0.1:4010", FINCH_ENVIRONMENT: "production" },
    { OIDC_ISSUER: "http://login.example.com", OIDC_CLIENT_ID: "a", OIDC_CLIENT_SECRET: "of-our-own" },
  ])("refuses %o", (changed) => {
    expect(problemsOf(changed)).toHaveLength(1);
  });

  it("takes OIDC_* all together or not at all", () => {
    const all = {
      OIDC_ISSUER: "https://login.example.com",
      OIDC_CLIENT_ID: "perch",
      OIDC_CLIENT_SECRET: "of-our-own",
    };
    expect(problemsOf(all)).toEqual([]);
    for (const name of Object.keys(all)) {
      const problems = problemsOf({ ...all, [name]: "" });
      expect(problems).toEqual([`${name} is missing: OIDC_* are set all together or not at all`]);
    }
  });
});

describe("business days before a pay date", () => {
  const name = "PAY_CLOSE_BUSINESS_DAYS";

  it("are four where nothing is set, and whole numbers from 0 to 20", () => {
    expect(loadEnv(local)[name]).toBe(4);
    expect(["0", "1", "20"].map((value) => loadEnv({ ...local, [name]: value })[name])).toEqual([0, 1, 20]);
  });

  it.each(["-1", "21", "2.5", "four", "Infinity"])("cannot be %s", (value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} `));
  });
});

describe("local mode", () => {
  it("is refused for real data and for an address that others reach", () => {
    for (const changed of [
      { FINCH_ENVIRONMENT: "production" },
      { NEXTAUTH_URL: "https://perch.example.com" },
    ])
      expect(() => loadEnv({ ...local, ...changed })).toThrow(EnvError);
  });
});
