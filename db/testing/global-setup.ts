import type { TestProject } from "vitest/node";
import { makeRunFolder, stopTestCluster } from "./run-folder";

declare module "vitest" {
  interface ProvidedContext {
    testRunFolder: string;
  }
}

/** Only names the folder of the run: the database itself is started by the first test that needs one. */
export default function setup(project: TestProject): () => void {
  const folder = makeRunFolder();
  project.provide("testRunFolder", folder);
  return () => stopTestCluster(folder);
}
