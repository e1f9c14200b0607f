import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "./local-environment";

/**
 * Keeps docs/asvs.md honest: each requirement of OWASP ASVS 5.0.0, levels 1 and 2, once; each claimed test is there,
 * under that title, and runs.
 */

/** Section to the levels of its requirements in order: "1.5": "123" is 1.5.1 (L1), 1.5.2 (L2), 1.5.3 (L3). */
const standard: Record<string, string> = {
  ...{ "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123" },
  ...{ "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23" },
  ...{
    "3.1": "3",
    "3.2": "113",
    "3.3": "12223",
    "3.4": "11222233",
    "3.5": "11122333",
    "3.6": "3",
    "3.7": "22333",
  },
  ...{ "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222" },
  ...{ "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222" },
  ...{ "6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233" },
  ...{ "6.5": "22222333", "6.6": "2223", "6.7": "33", "6.8": "2222" },
  ...{ "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22" },
  ...{ "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23" },
  ...{ "9.1": "111", "9.2": "1222" },
  ...{ "10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333" },
  ...{ "10.5": "22222", "10.6": "22", "10.7": "222" },
  ...{
    "11.1": "2233",
    "11.2": "22233",
    "11.3": "11233",
    "11.4": "1222",
    "11.5": "23",
    "11.6": "23",
    "11.7": "33",
  },
  ...{ "12.1": "12233", "12.2": "11", "12.3": "22223" },
  ...{ "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233" },
  ...{ "14.1": "22", "14.2": "12223333", "14.3": "122" },
  ...{ "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333" },
  ...{ "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223" },
  ...{ "17.1": "23", "17.2": "22223333", "17.3": "22" },
};

const required = Object.entries(standard).flatMap(([section, levels]) =>
  [...levels].map((level, at) => ({ id: `${section}.${at + 1}`, level: Number(level) })),
);

const answers = ["Tested", "Built", "Documented", "Not applicable", "Waived"] as const;
type Answer = (typeof answers)[number];

interface Row {
  id: string;
  level: number;
  answer: Answer;
  reason: string;
}

const trace = readFileSync(path.join(root, "docs/asvs.md"), "utf8");

/** A row is "- **1.2.4** (L1) what it asks", then one indented line "Tested: …". */
function readRows(text: string): Row[] {
  const row = new RegExp(
    `^- \\*\\*(\\d+\\.\\d+\\.\\d+)\\*\\* \\(L([12])\\) \\S.*\\n  (${answers.join("|")}): (.+)$`,
    "gm",
  );
  return [...text.matchAll(row)].map(([, id = "", level, answer, reason = ""]) => ({
    id,
    level: Number(level),
    answer: answer as Answer,
    reason,
  }));
}

const rows = readRows(trace);
const of = (answer: Answer) => rows.filter((row) => row.answer === answer);

/** Paths in a reason, each with the titles that follow it in quotes. */
function citationsOf(reason: string): { file: string; titles: string[] }[] {
  const found: { file: string; titles: string[] }[] = [];
  for (const [, file, title] of reason.matchAll(/`([\w@()[\]./-]+)`|"([^"]+)"/g)) {
    if (file && (file.includes("/") || existsSync(path.join(root, file)))) found.push({ file, titles: [] });
    else if (title) (found.at(-1) ?? { titles: [] as string[] }).titles.push(title);
  }
  return found;
}

const isTestFile = (file: string) => /\.(test|spec)\.tsx?$/.test(file);
const titles = new Map<string, Set<string>>();

/** Titles of the tests of a file as its source has them; skipped ones count as absent. */
function titlesOf(file: string): Set<string> {
  const known = titles.get(file);
  if (known) return known;
  const found = new Set<string>();
  const source = readFileSync(path.join(root, file), "utf8");
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const [title] = node.arguments;
      const called = node.expression.getText(parsed);
      if (title && ts.isStringLiteralLike(title) && isRunning(called)) found.add(title.text);
      if (title && ts.isTemplateExpression(title) && isRunning(called))
        found.add(title.getText(parsed).slice(1, -1));
    }
    // RuleTester's cases have a name of their own.
    if (
      ts.isPropertyAssignment(node) &&
      node.name.getText(parsed) === "name" &&
      file.startsWith("scripts/lint/")
    )
      if (ts.isStringLiteralLike(node.initializer)) found.add(node.initializer.text);
    ts.forEachChild(node, visit);
  };
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  visit(parsed);
  titles.set(file, found);
  return found;
}

function isRunning(called: string): boolean {
  return /^(it|test|describe)\b/.test(called) && !/^\w+\.(skip|todo|fixme|fails)\b/.test(called);
}

describe("the trace of ASVS 5.0.0", () => {
  it("knows the whole standard: 70, 183 and 92 requirements", () => {
    const count = (level: number) => required.filter((one) => one.level === level).length;
    expect([count(1), count(2), count(3)]).toEqual([70, 183, 92]);
  });

  it("has each requirement of levels 1 and 2 once, in order, with its level", () => {
    expect(rows.map(({ id, level }) => ({ id, level }))).toEqual(required.filter(({ level }) => level < 3));
    // A row that the pattern does not read is not overlooked.
    expect(trace.match(/^- \*\*\d/gm)?.length).toBe(rows.length);
  });

  it("names only tests that are there and run", () => {
    const wrong = of("Tested").flatMap(({ id, reason }) => {
      const cited = citationsOf(reason).filter(({ file }) => isTestFile(file));
      if (!cited.some((one) => one.titles.length > 0)) return [`${id} names no test`];
      return cited.flatMap(({ file, titles: claimed }) => {
        if (!existsSync(path.join(root, file))) return [`${id}: no file ${file}`];
        return claimed
          .filter((title) => !titlesOf(file).has(title))
          .map((title) => `${id}: ${file} has no "${title}"`);
      });
    });
    expect(wrong).toEqual([]);
  });

  it("names only files and folders that are there", () => {
    const wrong = rows.flatMap(({ id, answer, reason }) => {
      const cited = citationsOf(reason);
      const missing = cited
        .filter(({ file }) => !existsSync(path.join(root, file)))
        .map(({ file }) => `${id}: ${file}`);
      return answer === "Built" && cited.length === 0 ? [`${id} names no file`] : missing;
    });
    expect(wrong).toEqual([]);
  });

  it("points at headings that are there", () => {
    const wrong = rows.flatMap(({ id, answer, reason }) => {
      const links = [...reason.matchAll(/\]\(([\w-]+\.md)(?:#([\w-]+))?\)/g)];
      if (answer === "Documented" && links.length === 0) return [`${id} names no document`];
      return links.flatMap(([, file = "", anchor]) =>
        hasHeading(file, anchor) ? [] : [`${id}: ${file}#${anchor}`],
      );
    });
    expect(wrong).toEqual([]);
  });

  it("gives a reason where nothing was built", () => {
    const without = [...of("Not applicable"), ...of("Waived")].filter(
      ({ reason }) => !/^because( \S+){4}/.test(reason),
    );
    expect(without.map(({ id }) => id)).toEqual([]);
  });

  it("sums up what it holds", () => {
    const sum = answers.map((answer) => `${of(answer).length} ${answer.toLowerCase()}`).join(", ");
    expect(/^\d+ requirements: .*$/m.exec(trace)?.[0]).toBe(`${rows.length} requirements: ${sum}.`);
  });
});

function hasHeading(file: string, anchor: string | undefined): boolean {
  const place = path.join(root, "docs", file);
  if (!existsSync(place)) return false;
  if (!anchor) return true;
  const headings = readFileSync(place, "utf8").match(/^#+ .+$/gm) ?? [];
  const slug = (heading: string) =>
    heading
      .replace(/^#+ /, "")
      .toLowerCase()
      .replace(/[^\w -]/g, "")
      .replaceAll(" ", "-");
  return headings.some((heading) => slug(heading) === anchor);
}
