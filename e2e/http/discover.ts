import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "@/scripts/lib/local-environment";

/** What can be asked of the application, by its sources and its build: nobody has to remember to list it. */

const app = path.join(root, "app");
const files = (name: RegExp): string[] =>
  readdirSync(app, { recursive: true, encoding: "utf8" })
    .filter((file) => name.test(path.basename(file)))
    .sort();

/** The address of a file: without groups, "/" for the root. */
function patternOf(file: string): string {
  const parts = path
    .dirname(file)
    .split(path.sep)
    .filter((part) => part !== "." && !/^\(.*\)$/.test(part));
  return `/${parts.join("/")}`;
}

export const pagePatterns = (): string[] => files(/^page\.tsx$/).map(patternOf);

/** Every route with the methods that it exports. */
export function routeMethods(): Record<string, string[]> {
  return Object.fromEntries(
    files(/^route\.tsx?$/).map((file) => {
      const source = readFileSync(path.join(app, file), "utf8");
      const methods = [
        ...source.matchAll(
          /export (?:const|async function|function) (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/g,
        ),
      ];
      return [patternOf(file), methods.map(([, method = ""]) => method)];
    }),
  );
}

/** Every export of a "use server" file. */
export function actionNames(): string[] {
  return files(/\.tsx?$/)
    .map((file) => readFileSync(path.join(app, file), "utf8"))
    .filter((source) => /^["']use server["'];/m.test(source))
    .flatMap((source) => [...source.matchAll(/^export const (\w+)/gm)].map(([, name = ""]) => name));
}

interface Manifest {
  node: Record<string, { exportedName?: string; filename?: string; workers: Record<string, unknown> }>;
}

export interface BuiltAction {
  id: string;
  name: string;
  /** The pattern of a page that can run it. */
  page: string;
}

/** The actions by the manifest of the production build; of the development server's where there is none. */
export function builtActions(): BuiltAction[] {
  const manifest = [".next/server", ".next/dev/server"]
    .map((folder) => path.join(root, folder, "server-reference-manifest.json"))
    .find((file) => existsSync(file));
  if (!manifest) throw new Error("There is no manifest of server actions: the application is not built.");
  const { node } = JSON.parse(readFileSync(manifest, "utf8")) as Manifest;
  return Object.entries(node).map(([id, { exportedName = "", workers }]) => {
    const page = Object.keys(workers).find((worker) => worker.endsWith("/page")) ?? "";
    return { id, name: exportedName, page: patternOf(page.replace(/^app\//, "")) };
  });
}

/** The address of a pattern. Unknown parameters keep their brackets, so that the test that uses them fails. */
export function addressOf(pattern: string, values: Record<string, string | number>): string {
  return pattern.replace(/\[(\w+)\]/g, (whole, name: string) => String(values[name] ?? whole));
}
