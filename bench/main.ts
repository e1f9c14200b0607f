/** `npm run bench [-- <figure>]`: each figure is a ratio in one run; one JSON line each, last. */
import { runMain, UserError } from "@/scripts/lib/user-error";
import { directoryOverhead } from "./figures/directory-overhead";
import { exportFigures } from "./figures/export";
import { jsSize } from "./figures/js-size";
import { scaleConnections } from "./figures/scale-connections";
import { quota } from "./figures/quota";
import { sandboxFigures } from "./figures/sandbox";
import { syncRequests } from "./figures/sync-requests";
import { ytdOverhead, ytdSpeedup } from "./figures/ytd";
import type { Figure } from "./lib/figure";

const benches: Record<string, () => Promise<Figure[]>> = {
  "directory.overhead": directoryOverhead,
  "scale.connections": scaleConnections,
  "js.size": jsSize,
  "sync.requests": syncRequests,
  "ytd.speedup": ytdSpeedup,
  "ytd.overhead": ytdOverhead,
  export: exportFigures,
  quota,
  sandbox: sandboxFigures,
};

await runMain(async () => {
  const wanted = process.argv[2];
  if (wanted && !benches[wanted]) {
    throw new UserError(`There is no figure "${wanted}". There are: ${Object.keys(benches).join(", ")}.`);
  }
  const figures: Figure[] = [];
  for (const [name, bench] of Object.entries(benches)) {
    if (!wanted || wanted === name) figures.push(...(await bench()));
  }
  for (const figure of figures) process.stdout.write(`${JSON.stringify(figure)}\n`);
  return figures.every((figure) => figure.pass) ? 0 : 1;
});
