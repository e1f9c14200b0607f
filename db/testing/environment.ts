import { randomBytes } from "node:crypto";

/** Every variable that a process of ours needs, around the given database; secrets differ in each call. */
export function testEnvironment(
  urls: Record<"owner" | "app" | "auth" | "worker", string>,
  dataDir: string,
): Record<string, string> {
  const key = () => `test:${randomBytes(32).toString("base64")}`;
  return {
    PERCH_MODE: "local",
    NODE_ENV: "test",
    DATABASE_URL: urls.app,
    AUTH_DATABASE_URL: urls.auth,
    WORKER_DATABASE_URL: urls.worker,
    MIGRATION_DATABASE_URL: urls.owner,
    NEXTAUTH_URL: "http://localhost:3000",
    NEXTAUTH_SECRET: randomBytes(32).toString("hex"),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    TOKEN_ENCRYPTION_KEYS: key(),
    AUDIT_SIGNING_KEYS: key(),
    FINCH_CLIENT_ID: "00000000-0000-4000-8000-000000000001",
    FINCH_CLIENT_SECRET: "sandbox-secret",
    FINCH_WEBHOOK_SECRET: randomBytes(32).toString("base64"),
    FINCH_BASE_URL: "http://127.0.0.1:4010",
    FINCH_CONNECT_URL: "http://127.0.0.1:4010",
    FINCH_ENVIRONMENT: "sandbox",
    // A file of tests connects more employers in a minute than an installation does.
    QUOTA_UNDOCUMENTED_PER_MINUTE: "1000",
    DATA_DIR: dataDir,
    LOG_LEVEL: "silent",
  };
}
