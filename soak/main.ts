/** `npm run soak -- worker-kills [count] [seed]`: long proofs, with the full counts. One JSON line, last. */
import { runMain, UserError } from "@/scripts/lib/user-error";
import { workerKills } from "./worker-kills";

await runMain(async () => {
  const [name, count = "30", seed = "1"] = process.argv.slice(2);
  if (name !== "worker-kills") throw new UserError("Name a soak: worker-kills [count] [seed].");
  const result = await workerKills({ kills: Number(count), seed: Number(seed) });
  process.stdout.write(`\n${JSON.stringify(result)}\n`);
  return result.pass ? 0 : 1;
});
