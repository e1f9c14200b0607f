import { runChecks } from "./lib/checks";
import { runMain } from "./lib/user-error";

await runMain(async () => ((await runChecks()).every(({ ok }) => ok) ? 0 : 1));
