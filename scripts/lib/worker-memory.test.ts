import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { root } from "./local-environment";
import { workerMemory } from "./worker-memory";

it("npm run worker keeps house as the worker of npm start does", () => {
  const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  expect(scripts["worker"]).toContain(workerMemory.join(" "));
});
