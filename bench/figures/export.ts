import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { atMost, type Figure } from "@/bench/lib/figure";
import { ExportProcessOutput, type ExportProcessInput } from "@/bench/lib/export-contract";
import { startDatabase } from "@/bench/lib/stand";
import { fillWages } from "@/bench/lib/wages";
import { closeDatabase } from "@/db/client";
import { createTestUser } from "@/db/seed/factories";
import { testEnvironment } from "@/db/testing/environment";

const people = 10_000;
const rows = people * 26;
const mb = (bytes: number) => bytes / 1_000_000;

async function exportAlone(asked: ExportProcessInput, settings: Record<string, string>) {
  const child = spawn(process.execPath, ["--import", "tsx", "bench/lib/export-process.ts"], {
    env: { ...process.env, ...settings, PERCH_EXPORT: JSON.stringify(asked) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return ExportProcessOutput.parse(JSON.parse(await text(child.stdout)));
}

/** 260,000 pay statements as a file: what the process that writes it has resident at most, and when its first byte leaves. */
export async function exportFigures(): Promise<Figure[]> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "perch-bench-"));
  const { server, urls, sql } = await startDatabase(dataDir);
  try {
    const { customerId } = await fillWages(sql, urls.worker, people, { totals: false });
    const { id: userId } = await createTestUser(sql, { role: "employer_admin", customerId });
    const settings = testEnvironment(urls, dataDir);
    const files = [];
    // The third compares every row with the file before it.
    for (const [format, changes] of [
      ["csv", false],
      ["xlsx", false],
      ["csv", true],
    ] as const)
      files.push({
        name: changes ? `changes as ${format}` : format,
        ...(await exportAlone({ url: urls.app, customerId, userId, format, changes }, settings)),
      });
    const detail = files
      .map(
        ({ name, startMs, wholeMs, bytes, peakBytes, idleBytes }) =>
          `${name}: ${mb(peakBytes).toFixed(0)} MB at most (${mb(idleBytes).toFixed(0)} before it), first byte after ${startMs.toFixed(0)} ms, ${mb(bytes).toFixed(1)} MB in ${(wholeMs / 1000).toFixed(1)} s`,
      )
      .join("; ");
    const worst = Math.max(...files.map(({ peakBytes, idleBytes }) => mb(peakBytes - idleBytes)));
    const slowest = Math.max(...files.map(({ startMs }) => startMs / 1000));
    return [
      atMost("export.memory", worst, 200, `${rows} rows; ${detail}`),
      atMost("export.start", slowest, 1, `seconds to the first byte, the slowest of ${files.length} files`),
    ];
  } finally {
    await closeDatabase();
    await sql.end({ timeout: 2 });
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
