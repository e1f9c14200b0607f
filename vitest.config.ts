import path from "node:path";
import { configDefaults, defineConfig } from "vitest/config";

const root = import.meta.dirname;

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
    testTimeout: 60_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 20_000 } },
    unstubEnvs: true,
    server: { deps: { inline: [/^next-auth/] } },
  },
});
