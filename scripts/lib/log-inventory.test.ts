import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "./local-environment";

/** The log inventory of docs/security.md lists every sentence that web and worker can write. */

const sources = ["app", "components", "db", "lib", "scripts", "worker"]
  .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }))
  .concat("instrumentation.ts", "proxy.ts")
  .filter((file) => !/\.test\.tsx?$|testing/.test(file));

/** Calls of a logger: `log.info(…)`, `to.warn(…)` where one is handed over, `current().error(…)` in lib/log.ts. */
function loggedIn(file: string): { place: string; sentence: string | null }[] {
  const text = readFileSync(path.join(root, file), "utf8");
  if (!/\b(log|to|current\(\))\.(debug|info|warn|error)\(/.test(text)) return [];
  const found: { place: string; sentence: string | null }[] = [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression, name } = node.expression;
      const isLogger = /^(log|to|current\(\))$/.test(expression.getText(source));
      if (isLogger && ["debug", "info", "warn", "error"].includes(name.text)) {
        const [sentence] = node.arguments;
        const isConstant = sentence !== undefined && ts.isStringLiteral(sentence);
        const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
        found.push({ place: `${file}:${line}`, sentence: isConstant ? sentence.text : null });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const logged = sources.flatMap(loggedIn);
/** lib/log.ts passes on what its callers say. */
const passedOn = /^lib\/log\.ts:/;

describe("the log", () => {
  it("says constant sentences only: values stand in fields", () => {
    const built = logged.filter(({ place, sentence }) => sentence === null && !passedOn.test(place));
    expect(built).toEqual([]);
  });

  it("says what the inventory lists, no more and no less", () => {
    const section =
      readFileSync(path.join(root, "docs/security.md"), "utf8").split("### Every line\n")[1] ?? "";
    const rows = (section.split("\n## ")[0] ?? "")
      .split("\n")
      .filter((line) => /^\| (debug|info|warn|error) /.test(line));
    const listed = rows.map((line) => line.split("|")[2]?.trim());
    const said = new Set(logged.flatMap(({ sentence }) => sentence ?? []));
    expect(listed.toSorted()).toEqual([...said].toSorted());
  });
});
