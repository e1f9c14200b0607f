/** `npm run soak -- <name> [count] [seed]`: long proofs, with the full counts. One JSON line, last. */
import { runMain, UserError } from "@/scripts/lib/user-error";
import type { SoakResult } from "./result";

type Soak = (count: number | null, seed: number) => Promise<SoakResult>;

const soaks: Record<string, Soak> = {
  "worker-kills": async (count, seed) =>
    (await import("./worker-kills")).workerKills({ kills: count ?? 30, seed }),
  "mirror-histories": async (count, seed) =>
    (await import("./mirror-histories")).mirrorHistories({ count: count ?? 200, seed }),
  "mirror-kills": async (count, seed) =>
    (await import("./mirror-kills")).mirrorKills({ kills: count ?? 100, seed }),
  "rotate-keys": async (count, seed) =>
    (await import("./rotate-keys")).rotateKeysSoak({ count: count ?? 100_000, seed }),
  "random-requests": async (count, seed) =>
    (await import("./random-requests")).randomRequests({ count: count ?? 10_000, seed }),
  "sandbox-requests": async (count, seed) =>
    (await import("./sandbox-requests")).sandboxRequests({ count: count ?? 10_000, seed }),
  "connections-due": async (count, seed) =>
    (await import("./connections-due")).connectionsDue({ count: count ?? 1_000, seed }),
  "ytd-recompute": async (count, seed) =>
    (await import("./ytd-recompute")).ytdRecompute({ count: count ?? 50, seed }),
  "last-admin": async (count, seed) =>
    (await import("./last-admin")).lastAdmin({ rounds: count ?? 20, seed }),
};

await runMain(async () => {
  const [name = "", count, seed = "1"] = process.argv.slice(2);
  const soak = soaks[name];
  if (!soak) throw new UserError(`Name a soak: ${Object.keys(soaks).join(", ")}; then [count] [seed].`);
  const result = await soak(count === undefined ? null : Number(count), Number(seed));
  process.stdout.write(`\n${JSON.stringify(result)}\n`);
  return result.pass ? 0 : 1;
});
