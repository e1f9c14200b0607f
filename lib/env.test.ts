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

describe("local mode", () => {
  it("is refused for real data and for an address that others reach", () => {
    for (const changed of [
      { FINCH_ENVIRONMENT: "production" },
      { NEXTAUTH_URL: "https://perch.example.com" },
    ])
      expect(() => loadEnv({ ...local, ...changed })).toThrow(EnvError);
  });
});
