import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startDatabase } from "@/bench/lib/stand";
import { closeDatabase } from "@/db/client";
import { testEnvironment } from "@/db/testing/environment";
import { startSandbox } from "@/sandbox/server";
import { Stage } from "./mirror/stage";
import { caseNumbers, Cases } from "./payroll/cases";
import { provesCompany, sumOf } from "./payroll/companies";
import type { Verdict } from "./payroll/proof";
import { Scratch } from "./payroll/scratch";
import { randomOf } from "./random";
import type { SoakResult } from "./result";

const tell = (text: string) => process.stderr.write(`${text}\n`);

async function proveAll(stage: Stage, { count, seed }: { count: number; seed: number }): Promise<SoakResult> {
  const scratch = await Scratch.open(stage.sql);
  const verdicts: Verdict[] = [];
  const different: string[] = [];
  for (let n = 0; n < count; n++) {
    const own = seed * 10_000 + n;
    await stage.finch("POST", "/_sandbox/reset", { seed: `company-${own}` });
    const verdict = await provesCompany(stage, scratch, randomOf(own)).catch((cause: unknown) => {
      throw new Error(`company ${own} could not be compared`, { cause });
    });
    verdicts.push(verdict);
    if (verdict.differences.length > 0) {
      different.push(`company ${own}`);
      tell(`\ncompany ${own}:\n${verdict.story.join("\n")}\n${verdict.differences.slice(0, 40).join("\n")}`);
    }
    tell(
      `company ${own}: ${verdict.questions} questions, ${verdict.figures} figures, ${verdict.drills} drills`,
    );
  }
  const cases = await Cases.plant(stage, scratch, randomOf(seed), caseNumbers);
  const proved = await cases.prove();
  verdicts.push(proved.all);
  for (const { number, title, differences } of proved.cases) {
    if (differences.length > 0) different.push(`case ${number}`);
    tell(`case ${number} (${title}): ${differences.slice(0, 20).join("\n") || "equal"}`);
  }
  const { questions, figures, drills, differences } = sumOf(verdicts);
  if (different.length === 0 && differences.length > 0)
    different.push(`all together: ${differences.slice(0, 5).join("; ")}`);
  const pass = differences.length === 0 && different.length === 0;
  const detail = { count, seed, cases: proved.cases.length, questions, figures, drills };
  return { soak: "ytd-recompute", pass, detail: { ...detail, different: different.join(", ") || "none" } };
}

/** `count` random companies and the cases of DOMAIN §7: plain SQL over Finch's answers against the pages of wages. */
export async function ytdRecompute(options: { count: number; seed: number }): Promise<SoakResult> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "perch-soak-"));
  const sandbox = await startSandbox({ port: 0, initialSyncMs: 0, jobDelayMs: 0 });
  const { server, urls, sql } = await startDatabase(dataDir);
  Object.assign(process.env, testEnvironment(urls, dataDir), {
    FINCH_BASE_URL: sandbox.url,
    FINCH_CONNECT_URL: sandbox.url,
    SYNC_POLL_MS: "20",
    QUOTA_CLOCK_RATE: "60",
  });
  const stage = new Stage({ sql, workerUrl: urls.worker, sandbox });
  try {
    await stage.start();
    return await proveAll(stage, options);
  } finally {
    await stage.stop();
    await closeDatabase();
    await sql.end({ timeout: 2 });
    await sandbox.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
