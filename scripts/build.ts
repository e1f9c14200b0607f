import { ensureBuild } from "./lib/build";
import { say } from "./lib/terminal";
import { runMain } from "./lib/user-error";

await runMain(async () => {
  await ensureBuild(say);
  say("The build is up to date");
  return 0;
});
