import type { Sql, TransactionSql } from "postgres";
import { previousSettings, previousTables, type SnapshotColumn } from "./releases";

/** Statements of the release before, as each database role: what it could do, it still has to be able to do. */

const customer = "11111111-1111-4111-8111-111111111111";
const person = "22222222-2222-4222-8222-222222222222";
const user = "33333333-3333-4333-8333-333333333333";
const verbs = ["select", "insert", "update", "delete"] as const;

/** One value of a column; the rows of one customer, person and user belong together. */
function valueOf(table: string, { name, type }: SnapshotColumn): string {
  if (name === "customer_id" || (table === "customers" && name === "id")) return `'${customer}'`;
  if (name === "individual_id" || (table === "individuals" && name === "id")) return `'${person}'`;
  if (name === "user_id" || (table === "users" && name === "id")) return `'${user}'`;
  if (type === "uuid") return "gen_random_uuid()";
  if (type.endsWith("[]")) return "'{}'";
  if (/^(bigint|integer|smallint|numeric)/.test(type)) return "(random() * 1000000)::int";
  if (type === "xid8") return "pg_current_xact_id()";
  if (type === "boolean") return "true";
  if (type === "date") return "current_date";
  if (type.startsWith("timestamp")) return "now()";
  if (type === "jsonb" || type === "json") return "'{}'";
  return "gen_random_uuid()::text";
}

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(", ");

function insertOf(table: string, columns: SnapshotColumn[]): string {
  const names = quoted(columns.map(({ name }) => name));
  return `insert into "${table}" (${names}) values (${columns.map((column) => valueOf(table, column)).join(", ")})`;
}

/** A row in each table, whatever it refers to. For the superuser. */
export async function fillTables(sql: Sql): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    for (const { name, columns } of previousTables()) {
      const exists = await tx`select from pg_tables where schemaname = 'public' and tablename = ${name}`;
      if (exists.length > 0)
        await tx.unsafe(`${insertOf(name, Object.values(columns))} on conflict do nothing`);
    }
  });
}

async function enter(tx: TransactionSql, role: string): Promise<void> {
  const own: Record<string, string> = {
    "app.customer_id": customer,
    "app.connection_ids": "*",
    "app.individual_id": person,
    "app.user_id": user,
  };
  for (const name of previousSettings()) await tx`select set_config(${name}, ${own[name] ?? "on"}, true)`;
  await tx.unsafe(`set local role ${role}`);
}

interface Grant {
  table: string;
  verb: (typeof verbs)[number];
  columns: string[];
}

/** What a role may name in statements, by the catalog. */
async function grantsOf(sql: Sql, role: string): Promise<Grant[]> {
  return sql<Grant[]>`
    select c.relname as table, v as verb, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped,
      unnest(${[...verbs]}::text[]) v
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and case v when 'delete' then has_table_privilege(${role}, c.oid, v) else has_column_privilege(${role}, c.oid, a.attnum, v) end
    group by 1, 2 order by 1, 2`;
}

const codeOf = (error: unknown) => (error instanceof Error ? String(Reflect.get(error, "code")) : "unknown");

function statementOf({ table, verb, columns }: Grant, known: SnapshotColumn[]): string {
  const named = known.filter(({ name }) => columns.includes(name));
  const first = `"${named[0]?.name ?? ""}"`;
  if (verb === "select") return `select ${quoted(named.map(({ name }) => name))} from "${table}" limit 1`;
  if (verb === "insert") return insertOf(table, named);
  return verb === "update" ? `update "${table}" set ${first} = ${first}` : `delete from "${table}"`;
}

class Undo extends Error {}

/** What each statement of the release before comes to: the number of rows (some or none), or the code of its error. */
export async function probe(sql: Sql, roles: readonly string[]): Promise<Map<string, string>> {
  const known = new Map(previousTables().map((table) => [table.name, Object.values(table.columns)]));
  const outcomes = new Map<string, string>();
  for (const role of roles) {
    for (const grant of await grantsOf(sql, role)) {
      const columns = known.get(grant.table);
      if (!columns) continue;
      const outcome = await sql
        .begin(async (tx) => {
          await enter(tx, role);
          const rows = await tx.unsafe(statementOf(grant, columns));
          throw new Undo(rows.count > 0 ? "rows" : "no rows");
        })
        .catch((error: unknown) => (error instanceof Undo ? error.message : codeOf(error)));
      outcomes.set(`${role} ${grant.verb} ${grant.table}`, String(outcome));
      // Columns that the role may name must stay nameable one by one.
      for (const name of grant.columns)
        outcomes.set(`${role} ${grant.verb} ${grant.table}.${name}`, "granted");
    }
  }
  return outcomes;
}

/** What got worse: it went well before, or failed in another way. */
export function regressions(before: Map<string, string>, after: Map<string, string>): Record<string, string> {
  const worse = [...before].filter(([name, outcome]) => {
    const now = after.get(name) ?? "not granted";
    return now !== outcome && now !== "rows";
  });
  return Object.fromEntries(
    worse.map(([name, outcome]) => [name, `${outcome} → ${after.get(name) ?? "not granted"}`]),
  );
}

interface FunctionRow {
  signature: string;
  result: string;
  callers: string[];
}

/** Functions by what calls them: name and arguments, result, and who may. */
export async function listFunctions(sql: Sql): Promise<Map<string, FunctionRow>> {
  const rows = await sql<FunctionRow[]>`
    select p.oid::regprocedure::text as signature, pg_get_function_result(p.oid) as result,
      array(select r.rolname::text from pg_roles r where r.rolname like 'perch\\_%' and has_function_privilege(r.rolname, p.oid, 'execute') order by 1) as callers
    from pg_proc p where p.pronamespace = 'public'::regnamespace`;
  return new Map(rows.map((row) => [row.signature, row]));
}

/** Types of all columns, by "table.column". */
export async function listColumnTypes(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql<{ name: string; type: string }[]>`
    select c.relname || '.' || a.attname as name, format_type(a.atttypid, a.atttypmod) as type
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`;
  return new Map(rows.map(({ name, type }) => [name, type]));
}
