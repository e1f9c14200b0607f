import { ensureBuild } from "./lib/build";
import { findOrInstallBrowser } from "./lib/find-browser";
import { runVisible } from "./lib/run-step";
import { say } from "./lib/terminal";
import { runMain } from "./lib/user-error";

await runMain(async () => {
  findOrInstallBrowser(say);
  await ensureBuild(say);
  return runVisible("@playwright/test/cli.js", ["test", ...process.argv.slice(2)]);
});
