import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import { UserError } from "./user-error";

const installTimeoutMs = 5 * 60_000;
const names = [
  // The browser without its window: a fifth less work for the same pages.
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "chrome",
  "microsoft-edge",
];
const applications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

export interface Machine {
  /** Where Playwright keeps its own browser, whether it is there or not. */
  ownBrowser: string;
  /** Folders with programs. */
  searchPath: string[];
  exists(file: string): boolean;
  /** Runs a command; true when it succeeded. */
  run(command: string, args: string[]): boolean;
  isRoot: boolean;
}

export const thisMachine: Machine = {
  ownBrowser: chromium.executablePath(),
  searchPath: (process.env["PATH"] ?? "").split(path.delimiter),
  exists: existsSync,
  run: (command, args) =>
    spawnSync(command, args, { stdio: ["ignore", "ignore", "ignore"], timeout: installTimeoutMs }).status ===
    0,
  isRoot: process.getuid?.() === 0,
};

/** A browser that is installed and starts; null where there is none. */
export function findInstalledBrowser(machine: Machine = thisMachine): string | null {
  const candidates = [
    machine.ownBrowser,
    ...names.flatMap((name) => machine.searchPath.map((folder) => path.join(folder, name))),
    ...applications,
  ];
  // Some systems put a stub there that only says how to install it: what does not tell its version is no browser.
  return (
    candidates.find((file) => machine.exists(file) && machine.run(file, ["--version", "--no-sandbox"])) ??
    null
  );
}

/** Finds a browser, or installs one by the ways that this machine offers. @throws UserError when none works */
export function findOrInstallBrowser(say: (text: string) => void, machine: Machine = thisMachine): string {
  const installed = findInstalledBrowser(machine);
  if (installed) return installed;
  for (const [what, commands] of waysToInstall(machine)) {
    say(`No browser for the tests here: trying ${what}`);
    if (!commands.every(([command = "", ...args]) => machine.run(command, args))) continue;
    const found = findInstalledBrowser(machine);
    if (found) return found;
  }
  throw new UserError(
    "The browser tests need Chromium or Chrome, and none could be installed. Install one (Debian: apt-get install chromium) and run the tests again.",
  );
}

function waysToInstall(machine: Machine): [string, string[][]][] {
  const cli = path.join(import.meta.dirname, "../../node_modules/@playwright/test/cli.js");
  const apt = ["apt-get", "-qq"];
  const asRoot = machine.isRoot ? [] : ["sudo", "-n"];
  return [
    ["playwright install chromium", [[process.execPath, cli, "install", "chromium"]]],
    ...["chromium-headless-shell", "chromium"].map((name): [string, string[][]] => [
      `apt-get install ${name}`,
      [
        [...asRoot, ...apt, "update"],
        [...asRoot, ...apt, "install", "-y", "--no-install-recommends", name],
      ],
    ]),
  ];
}
