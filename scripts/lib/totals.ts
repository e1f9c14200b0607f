import { existsSync, readFileSync } from "node:fs";
import type { StepResult } from "./run-step";

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: unknown[];
}

export const line = ({ passed, failed, skipped }: Totals) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

export function sum(parts: Totals[]): Totals {
  return parts.reduce(
    (all, part) => ({
      passed: all.passed + part.passed,
      failed: all.failed + part.failed,
      skipped: all.skipped + part.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

export function ofSteps(results: StepResult[]): Totals {
  const passed = results.filter(({ ok }) => ok).length;
  return { passed, failed: results.length - passed, skipped: 0 };
}

/** Counts of a vitest run. A file that could not even be loaded is one failure. */
export function ofVitest(file: string, exitCode: number): Totals {
  const report = read<VitestReport>(file);
  if (!report) return atLeastOneFailure({ passed: 0, failed: 0, skipped: 0 }, 1);
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && assertionResults.every((test) => test.status !== "failed"),
  );
  const totals = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  return atLeastOneFailure(totals, exitCode);
}

/** Counts of a Playwright run. A story that passes only at a second try has failed. */
export function ofPlaywright(file: string, exitCode: number): Totals {
  const report = read<PlaywrightReport>(file);
  if (!report) return atLeastOneFailure({ passed: 0, failed: 0, skipped: 0 }, 1);
  const { expected, unexpected, flaky, skipped } = report.stats;
  return atLeastOneFailure(
    { passed: expected, failed: unexpected + flaky + report.errors.length, skipped },
    exitCode,
  );
}

/** A runner that fails for a reason outside its tests must not look like a success. */
function atLeastOneFailure(totals: Totals, exitCode: number): Totals {
  return exitCode !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}

function read<T>(file: string): T | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as T) : null;
}
