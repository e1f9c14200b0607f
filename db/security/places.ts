import type { Sql } from "postgres";

/** Rows in every tenant table, made from the catalog: a new table is filled without anybody naming it. */

export const nilCustomer = "00000000-0000-0000-0000-000000000000";

export interface Place {
  name: string;
  customer: string;
  connection: string;
  individual: string;
  run: string;
  sealed: string;
  user: string;
}

const place = (name: string, customer: string, connection: string, user: string): Place => ({
  name,
  customer,
  connection,
  individual: crypto.randomUUID(),
  run: crypto.randomUUID(),
  sealed: crypto.randomUUID(),
  user,
});

const [acme, globex, gusto, adp, other] = Array.from({ length: 5 }, () => crypto.randomUUID()) as [
  string,
  string,
  string,
  string,
  string,
];

/** Two people in one connection, one in the same employer's other connection, one at another employer, and the platform. */
export const places = {
  ada: place("ada", acme, gusto, "user-ada"),
  ben: place("ben", acme, gusto, "user-ben"),
  cora: place("cora", acme, adp, "user-ada"),
  eve: place("eve", globex, other, "user-eve"),
  platform: place("platform", nilCustomer, crypto.randomUUID(), "user-eve"),
} satisfies Record<string, Place>;
export type PlaceName = keyof typeof places;
export const placeList: readonly Place[] = Object.values(places);

export interface Column {
  name: string;
  type: string;
  needed: boolean;
}

export interface Table {
  name: string;
  columns: Column[];
  key: string[];
  /** Columns of any unique index: no two rows may share a value there. */
  unique: Set<string>;
}

type Row = Record<string, unknown>;

/** Every table of the schema that is no partition. */
export async function readTables(sql: Sql): Promise<Table[]> {
  const rows = await sql<{ name: string; columns: Column[]; key: string[]; unique: string[] }[]>`
    select c.relname as name,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null),
        'needed', a.attnotnull and not a.atthasdef) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      coalesce((select array_agg(a.attname::text) from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary), '{}') as key,
      coalesce((select array_agg(distinct a.attname::text) from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisunique), '{}') as unique
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`;
  return rows.map((row) => ({ ...row, unique: new Set(row.unique) }));
}

let serial = 0;

function anyValue(type: string, n: number): unknown {
  if (type === "uuid") return crypto.randomUUID();
  if (type === "text") return `text-${n}`;
  if (/int|numeric/.test(type)) return n;
  if (type === "boolean") return false;
  if (type.startsWith("timestamp")) return new Date();
  if (type === "date") return new Date(Date.UTC(2000, 0, n));
  if (type.endsWith("[]")) return [];
  return {};
}

/** What ties a row to its place, whichever table it is in. */
function tied(table: string, column: string, at: Place): unknown {
  const own: Record<string, Record<string, unknown>> = {
    customers: { id: at.customer },
    connections: { id: at.connection },
    individuals: { id: at.individual },
    sync_runs: { id: at.run, status: "succeeded" },
    sealed_values: {
      id: at.sealed,
      owner_table: "individuals",
      owner_id: at.individual,
      kind: "ssn",
      last_four: "1234",
    },
    document_syncs: { finished_at: new Date() },
    item_rule_changes: { finished_at: new Date() },
    reveals: { user_id: at.user },
  };
  const common: Record<string, unknown> = {
    customer_id: at.customer,
    connection_id: at.connection,
    individual_id: at.individual,
    run_id: at.run,
    sealed_value_id: at.sealed,
    user_id: at.user,
  };
  return own[table]?.[column] ?? common[column];
}

/** A row of the place. `fresh` gives it a key of its own, where the place's rows are there already. */
export function rowAt(table: Table, at: Place, { fresh = false } = {}): Row {
  const n = ++serial;
  const row: Row = {};
  for (const { name, type, needed } of table.columns) {
    const value = tied(table.name, name, at);
    if (value !== undefined) row[name] = value;
    else if (needed || table.key.includes(name) || table.unique.has(name)) row[name] = anyValue(type, n);
  }
  const isReferenced = ["customers", "connections", "individuals", "sync_runs", "sealed_values"].includes(
    table.name,
  );
  if (fresh && isReferenced && table.name !== "connections") row["id"] = crypto.randomUUID();
  if (fresh && table.name === "sealed_values") row["owner_id"] = crypto.randomUUID();
  return row;
}

/** The key of a row as text, to recognize it among those that a role sees. */
export const keyOf = (table: Table, row: Row): string =>
  table.key
    .map((column) => (row[column] instanceof Date ? row[column].toISOString() : String(row[column])))
    .join(" ");

export type Filled = Map<string, Map<string, PlaceName[]>>;

/** Puts one row of each place into every table with a tenant. */
export async function fillPlaces(sql: Sql, tables: readonly Table[]): Promise<Filled> {
  const filled: Filled = new Map();
  await sql.begin(async (tx) => {
    // The order of foreign keys is nobody's business here.
    await tx`set local session_replication_role = replica`;
    for (const user of new Set(placeList.map((at) => at.user)))
      await tx`insert into users (id, email) values (${user}, ${`${user}@example.test`}) on conflict do nothing`;
    for (const table of tables) {
      const keys = new Map<string, PlaceName[]>();
      filled.set(table.name, keys);
      for (const [name, at] of Object.entries(places) as [PlaceName, Place][]) {
        const row = rowAt(table, at);
        const key = keyOf(table, row);
        // Employers and connections are shared by places.
        if (!keys.has(key)) await tx`insert into ${tx(table.name)} ${tx(row as Record<string, string>)}`;
        keys.set(key, [...(keys.get(key) ?? []), name]);
      }
    }
  });
  return filled;
}
