/** A table of the mirror as plain values: rows by a key that both sides know (Finch's ids, never ours). */
export type Row = Record<string, unknown>;
export type Table = Map<string, Row>;
export type Tables = Record<TableName, Table>;

export const tableNames = [
  "connections",
  "companies",
  "individuals",
  "individual_profiles",
  "individual_traits",
  "income_history",
  "sealed_values",
  "pay_groups",
  "payments",
  "pay_statements",
  "pay_statement_lines",
  "wage_totals",
  "wage_total_lines",
  "pay_statement_items",
  "pay_statement_rules",
  "benefits",
  "enrollments",
  "documents",
  "finch_jobs",
] as const;
export type TableName = (typeof tableNames)[number];

export function emptyTables(): Tables {
  return Object.fromEntries(tableNames.map((name) => [name, new Map()])) as Tables;
}

/** Parts of a key; no id of Finch's has this character. */
export const keyOf = (...parts: (string | number | null)[]): string =>
  parts.map((part) => part ?? "∅").join(" ");

export interface Difference {
  table: TableName;
  id: string;
  /** `row` where the whole row is missing or should not be there. */
  column: string;
  expected: string;
  found: string;
}

/** Tables whose values nobody should read in a report. */
const secret = new Set<TableName>(["sealed_values"]);

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(",")}}`;
  }
  if (typeof value === "bigint") return String(value);
  return JSON.stringify(value ?? null);
}

function show(table: TableName, value: unknown): string {
  if (value !== null && secret.has(table)) return "(a secret)";
  const text = canonical(value);
  return text.length > 300 ? `${text.slice(0, 300)}… (${text.length})` : text;
}

/** Every cell in which two sets of tables differ, at most `most` of a table. */
export function differencesOf(expected: Tables, found: Tables, most = 20): Difference[] {
  return tableNames.flatMap((table) => inTable(table, expected[table], found[table]).slice(0, most));
}

function inTable(table: TableName, expected: Table, found: Table): Difference[] {
  const all: Difference[] = [];
  for (const [id, row] of expected) {
    const other = found.get(id);
    if (!other) {
      all.push({ table, id, column: "row", expected: show(table, row), found: "no row" });
      continue;
    }
    for (const [column, value] of Object.entries(row)) {
      // Most cells are equal plain values, and tables have a million of them.
      if (value === other[column] || canonical(value) === canonical(other[column])) continue;
      all.push({ table, id, column, expected: show(table, value), found: show(table, other[column]) });
    }
  }
  for (const [id, row] of found) {
    if (!expected.has(id))
      all.push({ table, id, column: "row", expected: "no row", found: show(table, row) });
  }
  return all;
}

/** For a person: one line a difference. */
export const sayDifferences = (differences: readonly Difference[]): string =>
  differences
    .map(
      ({ table, id, column, expected, found }) =>
        `${table} [${id}] ${column}: expected ${expected}, found ${found}`,
    )
    .join("\n");
