import { readFileSync } from "node:fs";
const { env } = JSON.parse(readFileSync("/tmp/auth-env.json", "utf8"));
Object.assign(process.env, env);
const { run } = await import("graphile-worker");
const { configureDatabase } = await import("../db/client");
const { handler } = await import("../worker/handlers/mail-send");
await configureDatabase({ url: env.WORKER_DATABASE_URL });
await run({
  connectionString: env.WORKER_DATABASE_URL,
  concurrency: 1,
  taskList: { "mail.send": (p: any) => handler(p) },
});
