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
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] }[];
  }[];
}

interface PlaywrightSuite {
  file: string;
  specs: { title: string; ok: boolean; tests: { results: { error?: { message?: string } }[] }[] }[];
  suites?: PlaywrightSuite[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: { message?: string }[];
  suites: PlaywrightSuite[];
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

const firstLine = (message: string | undefined) => message?.split("\n", 1)[0] ?? "no message";

/** What failed, a line each: a log of thousands of lines is cut in many places, its end in none. */
export function failuresOfVitest(file: string): string[] {
  return (read<VitestReport>(file)?.testResults ?? []).flatMap(
    ({ name, status, message, assertionResults }) => {
      const failed = assertionResults.filter((test) => test.status === "failed");
      if (status === "failed" && failed.length === 0) return [`${name}: ${firstLine(message)}`];
      return failed.map((test) => `${name} › ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`);
    },
  );
}

/** As failuresOfVitest. */
export function failuresOfPlaywright(file: string): string[] {
  const report = read<PlaywrightReport>(file);
  const ofSuite = ({ file: source, specs, suites = [] }: PlaywrightSuite): string[] => [
    ...specs
      .filter(({ ok }) => !ok)
      .map(({ title, tests }) => {
        const error = tests.flatMap(({ results }) => results).find((result) => result.error)?.error;
        return `${source} › ${title}: ${firstLine(error?.message)}`;
      }),
    ...suites.flatMap(ofSuite),
  ];
  return [
    ...(report?.suites ?? []).flatMap(ofSuite),
    ...(report?.errors ?? []).map(({ message }) => firstLine(message)),
  ];
}

/** A runner that fails for a reason outside its tests must not look like a success. */
function atLeastOneFailure(totals: Totals, exitCode: number): Totals {
  return exitCode !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;
}

function read<T>(file: string): T | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as T) : null;
}
