import { existsSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { ensureBuild } from "./lib/build";
import { runChecks } from "./lib/checks";
import { findOrInstallBrowser } from "./lib/find-browser";
import { root } from "./lib/local-environment";
import { runVisible } from "./lib/run-step";
import { bold, say } from "./lib/terminal";
import {
  failuresOfPlaywright,
  failuresOfVitest,
  line,
  ofPlaywright,
  ofSteps,
  ofVitest,
  sum,
  type Totals,
} from "./lib/totals";
import { runMain } from "./lib/user-error";

const reports = path.join(root, ".build", "reports");
const vitestReport = path.join(reports, "vitest.json");
const playwrightReport = path.join(reports, "playwright.json");

await runMain(async () => {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const steps = await runChecks();
  const parts = [ofSteps(steps), openApiDocument(), await unitTests(), await browserStories()];
  const totals = sum(parts);
  const failures = [
    ...steps.filter(({ ok }) => !ok).map(({ name }) => name),
    ...failuresOfVitest(vitestReport),
    ...failuresOfPlaywright(playwrightReport),
  ];
  if (failures.length > 0) console.log(`\n${bold("Failed")}\n${failures.join("\n")}`);
  console.log(`\n${line(totals)}`);
  return totals.failed === 0 ? 0 : 1;
});

/** Where the document is required (.ci/run), doing without it is a failure and not a skip. */
function openApiDocument(): Totals {
  const file = process.env["FINCH_OPENAPI"] ?? path.join(root, "../shared/finch/openapi.json");
  const failed = process.env["REQUIRE_FINCH_OPENAPI"] === "1" && !existsSync(file) ? 1 : 0;
  if (failed) console.log(`Finch's OpenAPI document is not at ${file}: set FINCH_OPENAPI to where it is.`);
  return { passed: 0, failed, skipped: 0 };
}

async function unitTests(): Promise<Totals> {
  console.log(bold("\nUnit and integration tests"));
  const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`];
  return ofVitest(vitestReport, await runVisible("vitest/vitest.mjs", args));
}

async function browserStories(): Promise<Totals> {
  console.log(bold("\nBrowser stories"));
  try {
    findOrInstallBrowser(say);
    await ensureBuild(say);
  } catch (error) {
    console.log((error as Error).message);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const args = ["test", "--reporter=list,json"];
  const code = await runVisible("@playwright/test/cli.js", args, {
    PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport,
  });
  return ofPlaywright(playwrightReport, code);
}
