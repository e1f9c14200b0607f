import type { Statement } from "./releases";

/** What a release must not do to the one that still serves. Each needs two releases: add and use, then remove. */
const rules: [what: string, pattern: RegExp][] = [
  [
    "drops something",
    /\bdrop (table|column|function|view|type|schema|role|policy|constraint|index|trigger)\b/i,
  ],
  ["renames something", /\brename (to|column|constraint|value)\b/i],
  ["changes a type", /\balter column \S+ (set data )?type\b/i],
  ["asks for a value that the release before does not write", /\balter column \S+ set not null\b/i],
  ["takes a right away", /\brevoke\b(?![^;]*\bfrom public\b)/i],
  ["deletes or empties", /^\s*(delete from|truncate)\b/im],
];

const addsRequired = /add column (?:if not exists )?"?(\w+)"?[^,;]*\bnot null\b/i;
const isFunctionBody = /\bcreate (or replace )?function\b/i;

/** Locks that last as long as an existing table is long. */
function longLock(sql: string, made: ReadonlySet<string>): string | null {
  const index = /create (?:unique )?index (?!concurrently)[^;]*? on (?:only )?"?(?:public"?\."?)?(\w+)/i.exec(
    sql,
  );
  if (index?.[1] && !made.has(index[1])) return `builds an index of ${index[1]} while nobody can write to it`;
  const constraint = /alter table "?(?:public"?\."?)?(\w+)"? add constraint (?!.*not valid)/is.exec(sql);
  return constraint?.[1] && !made.has(constraint[1])
    ? `checks all rows of ${constraint[1]} while nobody can write to it`
    : null;
}

/** Why a statement endangers the release before; none for a harmless one. */
export function dangersOf({ sql }: Statement, made: ReadonlySet<string>): string[] {
  // What a function does when it is called is not what the migration does.
  const own = isFunctionBody.test(sql) ? sql.replace(/as \$\$.*?\$\$/gs, "") : sql;
  const found = rules.filter(([, pattern]) => pattern.test(own)).map(([what]) => what);
  const required = addsRequired.exec(own);
  if (required && !/\bdefault\b/i.test(own)) found.push("adds a column that every insert has to name");
  const lock = longLock(own, made);
  return lock ? [...found, lock] : found;
}
