import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import postgres from "postgres";
import { EnvError } from "@/lib/env";
import { localProblems, sharedProblems } from "@/lib/env-rules";
import { loopback } from "./lib/net";
import { ensureBuild, registerBuildUser } from "./lib/build";
import type { LocalDatabase } from "./lib/local-database";
import { loadEnvFile, planFrom, root, type Plan } from "./lib/local-environment";
import { servicesOf } from "./lib/services";
import { startTable, type StartFacts } from "./lib/start-table";
import { supervise } from "./lib/supervisor";
import { dim, red, say } from "./lib/terminal";
import { runMain, UserError } from "./lib/user-error";

const dev = process.argv.includes("--dev");

await runMain(async () => {
  loadEnvFile();
  const plan = planFrom(process.env);
  if (plan.mode === "server") {
    throw new UserError(
      "npm start runs a whole local copy. In server mode each process runs alone: npm run build, npm run db:migrate, " +
        "then npm run web and npm run worker (docs/operations.md).",
    );
  }
  refuseUnsafe(plan);
  return supervise({
    plan,
    showAll: dev,
    say,
    prepare: async (signal) =>
      dev ? () => undefined : registerBuildUser(await ensureBuild(say, signal), plan.appUrl),
    children: (database) => servicesOf(plan, database, dev),
    onReady: async (database, children) => {
      const demo = await seedDemo(database, plan.sandbox);
      console.log(`\n${startTable({ plan, database, children, dev, demo })}\n`);
    },
  });
});

/** Before anything starts: a local copy is for this machine and for no real data. */
function refuseUnsafe({ given, appUrl, sandbox, sandboxPort }: Plan): void {
  // The copy's own sandbox is named by completeEnvironment() only once all of it is known.
  const finch = sandbox ? { FINCH_BASE_URL: `http://${loopback}:${sandboxPort}` } : {};
  const problems = [...sharedProblems({ ...given, ...finch }), ...localProblems(given, appUrl)];
  if (problems.length > 0) throw new UserError(new EnvError(problems).message);
}

/** Fills an empty local copy through the running processes, once in its life. */
async function seedDemo(database: LocalDatabase, sandbox: boolean): Promise<StartFacts["demo"]> {
  if (!sandbox) return "none";
  if (await isSeeded(database)) return "ready";
  say("Setting up the demo employers (only at the first start)");
  const child = spawn(process.execPath, ["--import", "tsx", path.join(root, "scripts/perch.ts"), "seed"], {
    env: database.variables as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  createInterface({ input: child.stdout }).on("line", (line) => say(dim(line)));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const stop = () => child.kill("SIGKILL");
  for (const signal of ["SIGINT", "SIGTERM", "exit"]) process.once(signal, stop);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code === 0) return "ready";
  console.log(`${output.trim()}\n${red("The demo data could not be set up.")}`);
  return "failed";
}

async function isSeeded(database: LocalDatabase): Promise<boolean> {
  const sql = postgres(database.variables["MIGRATION_DATABASE_URL"] ?? "", {
    max: 1,
    onnotice: () => undefined,
  });
  try {
    const [row] = await sql<{ seeded: boolean }[]>`
      select demo_seeded_at is not null as seeded from installation limit 1`;
    return row?.seeded === true;
  } finally {
    await sql.end({ timeout: 2 });
  }
}
