import { describe, expect, it } from "vitest";
import { findInstalledBrowser, findOrInstallBrowser, type Machine } from "./find-browser";
import { UserError } from "./user-error";

/** A machine where the given files exist; installing runs `onInstall` when its command matches. */
function machine(
  files: string[],
  options: { isRoot?: boolean; onInstall?: (command: string) => string | null } = {},
) {
  const commands: string[] = [];
  const all: Machine & { commands: string[] } = {
    ownBrowser: "/own/chromium",
    searchPath: ["/usr/bin"],
    isRoot: options.isRoot ?? false,
    commands,
    exists: (file) => files.includes(file),
    run(command, args) {
      if (args[0] === "--version") return command !== "/usr/bin/chromium-browser";
      const line = [command, ...args].join(" ");
      commands.push(line);
      const installed = options.onInstall?.(line);
      if (installed) files.push(installed);
      return installed !== null && installed !== undefined;
    },
  };
  return all;
}

describe("findInstalledBrowser", () => {
  it("prefers Playwright's own", () => {
    expect(findInstalledBrowser(machine(["/usr/bin/chromium", "/own/chromium"]))).toBe("/own/chromium");
  });

  it("prefers a browser without a window to one that has it", () => {
    const files = ["/usr/bin/chromium", "/usr/bin/chromium-headless-shell"];
    expect(findInstalledBrowser(machine(files))).toBe("/usr/bin/chromium-headless-shell");
  });

  it("passes over a stub that cannot tell its version", () => {
    const files = ["/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    expect(findInstalledBrowser(machine(files))).toBe("/usr/bin/google-chrome");
  });

  it("finds nothing on an empty machine", () => {
    expect(findInstalledBrowser(machine([]))).toBeNull();
  });
});

describe("findOrInstallBrowser", () => {
  const silent = () => undefined;

  it("installs nothing where a browser is there", () => {
    const here = machine(["/usr/bin/chromium"]);
    expect(findOrInstallBrowser(silent, here)).toBe("/usr/bin/chromium");
    expect(here.commands).toEqual([]);
  });

  it.each(["chromium-headless-shell", "chromium"])(
    "falls back to the system's package %s when Playwright cannot download",
    (name) => {
      const here = machine([], {
        isRoot: true,
        onInstall: (line) => {
          if (line.endsWith("update")) return "/list";
          return line.endsWith(`install -y --no-install-recommends ${name}`) ? `/usr/bin/${name}` : null;
        },
      });
      expect(findOrInstallBrowser(silent, here)).toBe(`/usr/bin/${name}`);
    },
  );

  it("asks sudo only without a password, and not at all as root", () => {
    for (const isRoot of [true, false]) {
      const here = machine([], { isRoot });
      expect(() => findOrInstallBrowser(silent, here)).toThrow(UserError);
      expect(here.commands.some((line) => line.startsWith("sudo -n "))).toBe(!isRoot);
    }
  });
});
