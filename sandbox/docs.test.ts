import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { readCommand, help } from "@/sandbox/cli";
import { defaultClient, startSandbox } from "@/sandbox/server";
import { control } from "@/sandbox/testing/harness";

const root = path.resolve(import.meta.dirname, "..");
const page = readFileSync(path.join(root, "docs/sandbox.md"), "utf8");
const run = promisify(execFile);

const sandbox = await startSandbox({ rateLimits: "sandbox" });
// Inside the project, so that Node's blocks find the SDK.
mkdirSync(path.join(root, ".build"), { recursive: true });
const folder = mkdtempSync(path.join(root, ".build", "docs-"));
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await sandbox.close();
});

/** The blocks of a language, for the sandbox of this test. */
const blocksOf = (language: string): string[] =>
  [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter((block) => block[1] === language)
    .map((block) => (block[2] ?? "").replaceAll("http://127.0.0.1:4010", sandbox.url));

const shellBlocks = blocksOf("bash");
const starts = shellBlocks.filter((block) => block.startsWith("npm run sandbox"));
const commands = shellBlocks.filter((block) => !block.startsWith("npm run sandbox"));

/** The rows of the table under a heading, without its head. */
function tableBelow(heading: string): string[][] {
  const section = page.split(`\n${heading}\n`)[1]?.split(/\n## /)[0] ?? "";
  const lines = section.split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** Runs a block as a file of its own. */
async function runBlock(name: string, text: string, program: string): Promise<string> {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return (await run(program, [file], { cwd: folder, timeout: 15_000 })).stdout;
}

const hasPython = await run("python3", ["--version"]).then(
  () => true,
  () => false,
);

// Every answer's status, in order; curl itself calls a refusal a success.
const recorder = `set -eo pipefail
curl() { command curl "$@" -w '%{stderr}status %{http_code}\\n'; }
export -f curl
`;

describe("the page about the sandbox", () => {
  it("has commands that all work, and refusals only where it says so", async () => {
    const marked = commands.map((block) => `echo block >&2\n${block}`).join("\n");
    const file = path.join(folder, "commands.sh");
    writeFileSync(file, recorder + marked);
    const { stderr } = await run("bash", [file], {
      cwd: folder,
      timeout: 60_000,
      maxBuffer: 64 * 1024 * 1024,
    });
    const met = stderr.split("block\n").slice(1);
    expect(met).toHaveLength(commands.length);
    for (const [place, block] of commands.entries()) {
      const refused = (met[place] ?? "").match(/(?<=status )[045]\d\d/g) ?? [];
      expect(refused, block).toEqual(block.match(/(?<=# )\d{3}\b/g) ?? []);
    }
  }, 240_000);

  it.each(blocksOf("js").map((block, place) => [place + 1, block] as const))(
    "has a Node program that works: %i",
    async (place, block) => {
      expect((await runBlock(`${place}.mjs`, block, process.execPath)).trim()).not.toBe("");
    },
  );

  it.runIf(hasPython).each(blocksOf("python").map((block, place) => [place + 1, block] as const))(
    "has a Python program that works: %i",
    async (place, block) => {
      expect((await runBlock(`${place}.py`, block, "python3")).trim()).not.toBe("");
    },
  );

  it("starts the sandbox with options that there are", () => {
    for (const line of starts.flatMap((block) => block.trim().split("\n"))) {
      const args = line.split(" -- ")[1]?.split(" ") ?? [];
      expect(() => readCommand(args, {}), line).not.toThrow();
    }
  });

  it("names every option and variable of the help, and no others", () => {
    const named = (text: string) =>
      [...new Set(text.match(/--[a-z][a-z-]+|\b(?:SANDBOX_[A-Z_]+|DATA_DIR)\b/g))].sort();
    const options = tableBelow("## Start")
      .map((row) => `${row[0]} ${row[1]}`)
      .join("\n");
    expect(named(`${options} --help`)).toEqual(named(help));
    expect(page).toContain(`${defaultClient.id}\` with the secret \`${defaultClient.secret}\``);
  });

  it("lists the cases as they are", async () => {
    const rows = (await control(sandbox.url, "GET", "/cases")) as {
      number: number;
      title: string;
      trigger?: string;
    }[];
    expect(rows).toHaveLength(52);
    expect(tableBelow("## Cases")).toEqual(
      rows.map(({ number, title, trigger }) => [String(number), title, trigger ? `\`${trigger}\`` : ""]),
    );
  });

  it("shows every call of control", () => {
    // What the page for people loads is its own business.
    const routes = sandbox.sandbox.app.routes.filter((route) =>
      /^\/_sandbox\/(?!assets\/|console)/.test(route.path),
    );
    expect(routes.length).toBeGreaterThan(25);
    for (const { method, path: route } of routes) {
      const pattern = route
        .slice("/_sandbox/".length)
        .split("/")
        .map((part) => (part.startsWith(":") ? "[^/\\s\"?']+" : part))
        .join("/");
      const byName = new RegExp(`control ${method} ["']?${pattern}["'?\\s]`);
      const byCurl = new RegExp(`${method} (?:http://[\\d.:]+)?/_sandbox/${pattern}\\s`);
      expect(byName.test(page) || byCurl.test(page), `${method} ${route}`).toBe(true);
    }
  });
});
