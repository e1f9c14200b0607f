import { existsSync } from "node:fs";
import path from "node:path";
import { root } from "./local-environment";
import { runStep, runSteps, type Step, type StepResult } from "./run-step";

const folders = [
  "app",
  "bench",
  "components",
  "db",
  "e2e",
  "lib",
  "sandbox",
  "scripts",
  "soak",
  "worker",
  "proxy.ts",
];

/** Format, lint, types, folder rules and dead code, two at a time. */
export async function runChecks(): Promise<StepResult[]> {
  // The types of routes are generated; lint reads them too.
  const generated = await runStep({
    name: "route types",
    commands: [{ bin: "next/dist/bin/next", args: ["typegen"] }],
  });
  return [generated, ...(await runSteps(steps(), 2))];
}

const steps = (): Step[] => [
  { name: "lint", commands: [{ bin: "eslint/bin/eslint.js", args: [".", "--max-warnings", "0"] }] },
  { name: "types", commands: [{ bin: "typescript/bin/tsc", args: ["--noEmit", "-p", "."] }] },
  {
    name: "format",
    commands: [{ bin: "prettier/bin/prettier.cjs", args: ["--check", "--log-level", "warn", "."] }],
  },
  {
    name: "folder rules",
    commands: [
      {
        bin: "dependency-cruiser/bin/dependency-cruiser.mjs",
        args: [
          ...["--config", ".dependency-cruiser.cjs", "--output-type", "err"],
          ...folders.filter((name) => existsSync(path.join(root, name))),
        ],
      },
    ],
  },
  { name: "dead code", commands: [{ bin: "knip/bin/knip.js", args: ["--no-progress"] }] },
];
