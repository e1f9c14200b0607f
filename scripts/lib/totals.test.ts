import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failuresOfPlaywright, failuresOfVitest, line, ofPlaywright, ofVitest, sum } from "./totals";

let folder: string;
beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), "perch-totals-"))));
afterAll(() => rmSync(folder, { recursive: true }));

function report(content: unknown): string {
  const file = path.join(folder, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const vitest = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] };

describe("test totals", () => {
  it("todo tests count as skipped", () => {
    expect(ofVitest(report(vitest), 0)).toEqual({ passed: 3, failed: 0, skipped: 2 });
  });

  it("a test file that cannot be loaded is a failure", () => {
    const content = { ...vitest, testResults: [{ status: "failed", assertionResults: [] }] };
    expect(ofVitest(report(content), 1).failed).toBe(1);
  });

  it("a runner that exits badly without a failed test is a failure", () => {
    expect(ofVitest(report(vitest), 1).failed).toBe(1);
  });

  it("a runner that left no report is a failure", () => {
    expect(ofPlaywright(path.join(folder, "missing.json"), 0).failed).toBe(1);
  });

  it("a flaky story is a failure", () => {
    const content = { stats: { expected: 2, unexpected: 0, flaky: 1, skipped: 0 }, errors: [] };
    expect(ofPlaywright(report(content), 0)).toEqual({ passed: 2, failed: 1, skipped: 0 });
  });

  it("every failure is named with its file and the first line of its message", () => {
    const failed = {
      name: "a.test.ts",
      status: "failed",
      assertionResults: [
        { status: "passed", fullName: "is well" },
        { status: "failed", fullName: "is right", failureMessages: ["expected 1\nto be 2"] },
      ],
    };
    const broken = {
      name: "b.test.ts",
      status: "failed",
      message: "cannot be loaded\nat all",
      assertionResults: [],
    };
    expect(failuresOfVitest(report({ ...vitest, testResults: [failed, broken] }))).toEqual([
      "a.test.ts › is right: expected 1",
      "b.test.ts: cannot be loaded",
    ]);
    const spec = (title: string, ok: boolean) => ({
      title,
      ok,
      tests: [{ results: [{}, { error: { message: "timed out\nthere" } }] }],
    });
    const suites = [
      {
        file: "c.spec.ts",
        specs: [spec("opens", true)],
        suites: [{ file: "c.spec.ts", specs: [spec("closes", false)] }],
      },
    ];
    const errors = [{ message: "the copy did not start\nat all" }];
    expect(failuresOfPlaywright(report({ suites, errors }))).toEqual([
      "c.spec.ts › closes: timed out",
      "the copy did not start",
    ]);
    expect(failuresOfPlaywright(path.join(folder, "missing.json"))).toEqual([]);
  });

  it("the last line adds up all runners", () => {
    const part = { passed: 1, failed: 2, skipped: 3 };
    expect(line(sum([part, part]))).toBe("2 passed, 4 failed, 6 skipped");
  });
});
