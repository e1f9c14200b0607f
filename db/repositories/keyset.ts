import { sql, type SQL } from "drizzle-orm";

/** One part of an order: an expression that is never null, and which way it runs. */
export interface SortKey {
  expression: SQL;
  descending: boolean;
  /** The type that a value of it is compared as: parameters arrive as text. */
  type: "text" | "uuid" | "boolean" | "date" | "timestamptz" | "int8" | "numeric";
}

/** ORDER BY of the keys, or of the same order read from its end. */
export function orderBy(keys: readonly SortKey[], backwards = false): SQL {
  const parts = keys.map((key) =>
    key.descending === backwards ? sql`${key.expression} asc` : sql`${key.expression} desc`,
  );
  return sql.join(parts, sql`, `);
}

/**
 * What stands after the given values in the order (before them, where read backwards).
 * A single direction becomes one row comparison, which an index answers; mixed ones are spelled out.
 */
export function beyond(keys: readonly SortKey[], values: readonly string[], backwards = false): SQL {
  // By way of text: the driver would turn the text "true" for a boolean parameter into false.
  const typed = keys.map((key, at) => sql`${values[at] ?? ""}::text::${sql.raw(key.type)}`);
  const greater = (key: SortKey) => key.descending === backwards;
  const first = keys[0];
  if (first && keys.every((key) => key.descending === first.descending)) {
    const row = sql.join(
      keys.map((key) => key.expression),
      sql`, `,
    );
    return sql`(${row}) ${sql.raw(greater(first) ? ">" : "<")} (${sql.join(typed, sql`, `)})`;
  }
  const alternatives = keys.map((key, at) => {
    const equal = keys.slice(0, at).map((before, index) => sql`${before.expression} = ${typed[index]}`);
    const past = sql`${key.expression} ${sql.raw(greater(key) ? ">" : "<")} ${typed[at]}`;
    return sql`(${sql.join([...equal, past], sql` and `)})`;
  });
  return sql`(${sql.join(alternatives, sql` or `)})`;
}
