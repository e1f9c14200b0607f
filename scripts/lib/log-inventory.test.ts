import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "./local-environment";

/** The log inventory of docs/security.md lists every line that web and worker can write: level, sentence, fields. */

const sources = ["app", "components", "db", "lib", "scripts", "worker"]
  .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }))
  .concat("instrumentation.ts", "proxy.ts")
  .filter((file) => !/\.test\.tsx?$|testing/.test(file));

const levels = ["debug", "info", "warn", "error"];

interface Logged {
  place: string;
  level: string;
  /** Null where it is put together. */
  sentence: string | null;
  fields: string[];
}

/** Calls of a logger: `log.info(…)`, `to.warn(…)` where one is handed over, `current().error(…)` in lib/log.ts. */
function loggedIn(file: string): Logged[] {
  const text = readFileSync(path.join(root, file), "utf8");
  if (!/\b(log|to|current\(\))\.(debug|info|warn|error)\(/.test(text)) return [];
  const found: Logged[] = [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression, name } = node.expression;
      const isLogger = /^(log|to|current\(\))$/.test(expression.getText(source));
      if (isLogger && levels.includes(name.text)) {
        const [sentence, ...others] = node.arguments;
        const isConstant = sentence !== undefined && ts.isStringLiteral(sentence);
        const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
        found.push({
          place: `${file}:${line}`,
          level: name.text,
          sentence: isConstant ? sentence.text : null,
          // Between sentence and fields an error has what happened.
          fields: isConstant ? fieldsOf(others[name.text === "error" ? 1 : 0], source) : [],
        });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The names in an object, spread ones too; "?" where this file does not show them. */
function fieldsOf(node: ts.Expression | undefined, source: ts.SourceFile): string[] {
  if (!node) return [];
  if (ts.isParenthesizedExpression(node)) return fieldsOf(node.expression, source);
  if (ts.isConditionalExpression(node))
    return [...fieldsOf(node.whenTrue, source), ...fieldsOf(node.whenFalse, source)];
  if (ts.isIdentifier(node)) return fieldsOfParameter(node, source);
  if (!ts.isObjectLiteralExpression(node)) return ["?"];
  return node.properties.flatMap((property) =>
    ts.isSpreadAssignment(property) ? fieldsOf(property.expression, source) : [property.name.getText(source)],
  );
}

/** The members of the interface that a parameter of a function around has as its type. */
function fieldsOfParameter(name: ts.Identifier, source: ts.SourceFile): string[] {
  for (let node: ts.Node = name; node !== source; node = node.parent) {
    const parameter = ts.isFunctionLike(node)
      ? node.parameters.find((one) => one.name.getText(source) === name.text)
      : undefined;
    const type = parameter?.type?.getText(source);
    const shape = source.statements.find(
      (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === type,
    );
    if (shape && ts.isInterfaceDeclaration(shape))
      return shape.members.map((member) => member.name?.getText(source) ?? "?");
  }
  return ["?"];
}

const logged = sources.flatMap(loggedIn);
/** lib/log.ts passes on what its callers say. */
const passedOn = /^lib\/log\.ts:/;

describe("the log", () => {
  it("says constant sentences only: values stand in fields", () => {
    const built = logged.filter(({ place, sentence }) => sentence === null && !passedOn.test(place));
    expect(built).toEqual([]);
  });

  it("says what the inventory lists, no more and no less, with its level and its fields", () => {
    const section =
      readFileSync(path.join(root, "docs/security.md"), "utf8").split("### Every line\n")[1] ?? "";
    const listed = (section.split("\n## ")[0] ?? "")
      .split("\n")
      .filter((line) => /^\| (debug|info|warn|error) /.test(line))
      .map((line) => {
        const [level, sentence, fields = ""] = line.slice(1, -1).split("|");
        const names = [...fields.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
        return `${level?.trim()}: ${sentence?.trim()} ${names.toSorted().join(" ")}`;
      });
    // One sentence may be said in several places, each with what it knows.
    const said = new Map<string, Set<string>>();
    for (const { level, sentence, fields } of logged) {
      if (sentence === null) continue;
      const line = `${level}: ${sentence}`;
      said.set(line, new Set([...(said.get(line) ?? []), ...fields]));
    }
    const lines = [...said].map(([line, fields]) => `${line} ${[...fields].toSorted().join(" ")}`);
    expect(listed.toSorted()).toEqual(lines.toSorted());
  });
});
