import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { checkBuild } from "./web-start";

const root = mkdtempSync(path.join(tmpdir(), "perch-build-"));
afterAll(() => rmSync(root, { recursive: true }));

const random = () => randomBytes(32).toString("base64");
const key = random();
const check = (mode: "local" | "server", given: string | undefined = key) =>
  checkBuild(root, { mode, NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: given });

/** A folder as a build leaves it. */
async function build(manifest: object | null): Promise<void> {
  await mkdir(path.join(root, ".next", "server"), { recursive: true });
  await writeFile(path.join(root, ".next", "BUILD_ID"), "build");
  if (manifest)
    await writeFile(
      path.join(root, ".next", "server", "server-reference-manifest.json"),
      JSON.stringify(manifest),
    );
}

const otherKey = "The build was made without NEXT_SERVER_ACTIONS_ENCRYPTION_KEY, or with another one";

describe("the build that web starts on", () => {
  beforeEach(() => rmSync(path.join(root, ".next"), { recursive: true, force: true }));

  it("has to be there", () => {
    expect(() => check("server")).toThrow("There is no build yet");
    expect(() => check("local")).toThrow("There is no build yet");
  });

  it("has the key of the process, on a server", async () => {
    await build({ encryptionKey: key });
    expect(() => check("server")).not.toThrow();
  });

  it.each([
    ["another key", { encryptionKey: random() }],
    ["no key", { node: {} }],
    ["an empty key", { encryptionKey: "" }],
    ["no list of actions", null],
  ])("is refused with %s", async (_what, manifest) => {
    await build(manifest);
    expect(() => check("server")).toThrow(otherKey);
    expect(() => checkBuild(root, { mode: "server", NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: undefined })).toThrow(
      otherKey,
    );
  });

  it("has any key in local mode", async () => {
    await build({ encryptionKey: random() });
    expect(() => check("local")).not.toThrow();
  });
});
