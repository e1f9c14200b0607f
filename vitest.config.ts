import path from "node:path";
import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const root = import.meta.dirname;
// Each test file is a process of its own: what it imports of packages is compiled once for all of them.
process.env["NODE_COMPILE_CACHE"] ??= path.join(root, ".build/compile-cache");

/** Files that take half a minute or more, the longest first: begun last, one of them would keep a single core busy. */
const longest = [
  "lib/domain/sync/cases.test.ts",
  "lib/domain/sync/faults.test.ts",
  "db/seed/demo.test.ts",
  "lib/domain/payroll/ytd/recompute.test.ts",
  "lib/domain/sync/histories.test.ts",
  "scripts/supervisor.test.ts",
  "lib/domain/rights/lock-one.property.test.ts",
].map((file) => path.join(root, file));

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const long = longest.flatMap((file) => sorted.filter(({ moduleId }) => moduleId === file));
    return [...long, ...sorted.filter((file) => !long.includes(file))];
  }
}

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: `${root}/` },
      // It throws outside of Next's bundler; tests of the web edge run in plain Node.
      { find: "server-only", replacement: path.join(root, "db/testing/server-only.ts") },
    ],
  },
  oxc: { jsx: { runtime: "automatic" } },
  test: {
    environment: "node",
    include: ["{app,components,db,lib,sandbox,scripts,worker}/**/*.test.{ts,tsx}", "*.test.ts"],
    exclude: [...configDefaults.exclude, ".next/**", ".data/**"],
    globalSetup: ["db/testing/global-setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 20_000 } },
    unstubEnvs: true,
    server: { deps: { inline: [/^next-auth/] } },
  },
});
