import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** The release before this one is what the migrations before `firstOfRelease` make: move it with each release. */

const folder = path.join(import.meta.dirname, "..", "migrations");
const firstOfRelease = "0005_mirror";

interface Journal {
  entries: { tag: string }[];
}

export interface SnapshotColumn {
  name: string;
  type: string;
  notNull: boolean;
  default?: unknown;
}

interface Snapshot {
  tables: Record<string, { name: string; columns: Record<string, SnapshotColumn> }>;
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(path.join(folder, file), "utf8"));
const journal = readJson("meta/_journal.json") as Journal;
const border = journal.entries.findIndex(({ tag }) => tag === firstOfRelease);

/** Names of the migrations of this release. */
export const newTags = journal.entries.slice(border).map(({ tag }) => tag);
const oldTags = journal.entries.slice(0, border).map(({ tag }) => tag);
const textOf = (tag: string) => readFileSync(path.join(folder, `${tag}.sql`), "utf8");

/** A folder with the migrations up to the release before. */
export function previousFolder(): string {
  const copy = mkdtempSync(path.join(tmpdir(), "perch-upgrade-"));
  cpSync(folder, copy, { recursive: true });
  writeFileSync(
    path.join(copy, "meta/_journal.json"),
    JSON.stringify({ ...journal, entries: journal.entries.slice(0, border) }),
  );
  return copy;
}

/** Tables and columns of the release before, by drizzle's own account. */
export function previousTables(): Snapshot["tables"][string][] {
  const name = `meta/${String(border - 1).padStart(4, "0")}_snapshot.json`;
  return Object.values((readJson(name) as Snapshot).tables);
}

/** Settings that the release before makes in each transaction, as its own policies and functions name them. */
export function previousSettings(): string[] {
  const names = oldTags.flatMap((tag) => textOf(tag).match(/app\.[a-z_]+/g) ?? []);
  return [...new Set(names)].sort();
}

export interface Statement {
  tag: string;
  sql: string;
}

export const newStatements = (): Statement[] =>
  newTags.flatMap((tag) =>
    textOf(tag)
      .split("--> statement-breakpoint")
      .map((sql) => ({ tag, sql: sql.trim() })),
  );

/** Tables that this release makes: nobody of the release before uses them. */
export const newTables = (statements: readonly Statement[]): Set<string> =>
  new Set(statements.flatMap(({ sql }) => /create table (?:if not exists )?"?(\w+)/i.exec(sql)?.[1] ?? []));
