import { withEnvironment } from "../lib/command-environment";
import { UserError } from "../lib/user-error";

/** Fills a local copy with the demo employers, through the running processes. Repeating it changes nothing. */
export function seed(): Promise<number> {
  return withEnvironment(async (plan) => {
    if (plan.mode === "server") throw new UserError("Demo data is for local mode: a server never holds it.");
    const { seedDemo } = await import("@/db/seed/demo");
    const changed = await seedDemo({ say: (line) => console.log(line) });
    if (!changed) console.log("The demo employers are there already.");
    return 0;
  });
}
