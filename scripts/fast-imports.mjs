import { readFileSync } from "node:fs";
import { enableCompileCache, registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

/*
 * Half of a start is tsx looking at every file of packages that are plain modules already. Their relative
 * imports are files as they stand, so this answers before tsx is asked. Loaded after tsx: the last hook is first.
 */
const plainPackages = /\/node_modules\/(?:zod|hono|@hono\/node-server)\//;

enableCompileCache(fileURLToPath(new URL("../.build/compile-cache", import.meta.url)));

registerHooks({
  resolve(specifier, context, next) {
    const isPlain = plainPackages.test(context.parentURL ?? "") && /^\.{1,2}\/.*\.js$/.test(specifier);
    if (!isPlain || context.conditions.includes("require")) return next(specifier, context);
    return { url: new URL(specifier, context.parentURL).href, format: "module", shortCircuit: true };
  },
  load(url, context, next) {
    if (context.format !== "module" || !plainPackages.test(url)) return next(url, context);
    return { format: "module", source: readFileSync(fileURLToPath(url), "utf8"), shortCircuit: true };
  },
});
