import type { Sql, TransactionSql } from "postgres";
import { tenantTables } from "./expectations";
import {
  grantNames,
  verbs,
  wordsOf,
  type GrantName,
  type TenantRole,
  type Verb,
  type Word,
} from "./vocabulary";
import { keyOf, nilCustomer, placeList, places, rowAt, type Filled, type Place, type Table } from "./places";

/** What a transaction says about itself, and what it then reaches: by the declaration, and in truth. */

export interface Setting {
  customer: string;
  connections: string;
  individual: string;
  user: string;
  grants: ReadonlySet<GrantName>;
}

const { ada, ben, cora, eve } = places;
const everything: ReadonlySet<GrantName> = new Set(grantNames);
const base: Setting = {
  customer: ada.customer,
  connections: "*",
  individual: ada.individual,
  user: ada.user,
  grants: everything,
};

/** The own employer in whole and in part, other employers, nobody, and each grant off. */
export const settings: Record<string, Setting> = {
  "the own employer": base,
  "another employer": { ...base, customer: eve.customer },
  "no employer": { ...base, customer: "" },
  "the platform": { ...base, customer: nilCustomer },
  "one connection": { ...base, connections: ada.connection },
  "two connections": { ...base, connections: `${ada.connection},${cora.connection}` },
  "the other connection": { ...base, connections: cora.connection },
  "another employer's connection": { ...base, connections: eve.connection },
  "no connection": { ...base, connections: "" },
  "another individual": { ...base, connections: ada.connection, individual: ben.individual },
  "an individual of another connection": {
    ...base,
    connections: ada.connection,
    individual: cora.individual,
  },
  "another employer's individual": { ...base, connections: eve.connection, individual: eve.individual },
  "no individual": { ...base, individual: "" },
  "another person": { ...base, user: ben.user },
  "no person": { ...base, user: "" },
  "no grant at all": { ...base, grants: new Set() },
  ...Object.fromEntries(
    grantNames.map((name) => [
      `all grants but ${name}`,
      { ...base, grants: new Set(grantNames.filter((other) => other !== name)) },
    ]),
  ),
};

function holds(word: Word, at: Place, setting: Setting): boolean {
  const listed = setting.connections === "*" || setting.connections.split(",").includes(at.connection);
  const others: Record<Exclude<Word, GrantName>, boolean> = {
    own: at.customer === setting.customer,
    every: true,
    builtin: at.customer === setting.customer || at.customer === nilCustomer,
    platform: at.customer === nilCustomer,
    connection: listed,
    one: at.connection === setting.connections,
    whole: setting.connections === "*",
    self: at.individual === setting.individual,
    person: at.user === setting.user,
    // Each place has a reveal of its own value, recorded for its user.
    revealed: at.user === setting.user,
  };
  return Object.hasOwn(others, word)
    ? others[word as Exclude<Word, GrantName>]
    : setting.grants.has(word as GrantName);
}

/** The places whose rows a role reaches by the declaration; null where the verb is refused altogether. */
export function expectedPlaces(
  role: TenantRole,
  table: string,
  verb: Verb,
  setting: Setting,
): Place[] | null {
  const reach = tenantTables[table]?.roles[role]?.reach[verb];
  if (reach === undefined) return null;
  const words = wordsOf(reach);
  // What is built in adds to the own rows instead of narrowing them.
  const needed = words.includes("builtin") ? words.filter((word) => word !== "own") : words;
  return placeList.filter((at) => needed.every((word) => holds(word, at, setting)));
}

async function enter(tx: TransactionSql, role: TenantRole, setting: Setting): Promise<void> {
  await tx`select set_config('role', ${role}, true), set_config('app.customer_id', ${setting.customer}, true),
    set_config('app.connection_ids', ${setting.connections}, true), set_config('app.individual_id', ${setting.individual}, true),
    set_config('app.user_id', ${setting.user}, true)`;
  for (const name of grantNames)
    await tx`select set_config(${`app.can_${name}`}, ${setting.grants.has(name) ? "on" : "off"}, true)`;
}

/** What the database said: the names of places, a number of rows, or null for "permission denied". */
type Reached = string[] | number | null;

const codeOf = (error: unknown) => (error as { code?: string }).code;
const ruleMessage = /row-level security/;

/** Thrown to roll a probe back: none leaves anything behind. */
class Undo extends Error {}

async function attempt<T>(
  tx: TransactionSql,
  fn: (tx: TransactionSql) => Promise<T>,
): Promise<T | "refused" | null> {
  const results: T[] = [];
  try {
    await tx.savepoint(async (point) => {
      results.push(await fn(point));
      throw new Undo();
    });
  } catch (error) {
    if (error instanceof Error && ruleMessage.test(error.message)) return "refused";
    if (codeOf(error) === "42501") return null;
    if (!(error instanceof Undo)) throw error;
  }
  return results[0] ?? null;
}

async function seen(tx: TransactionSql, table: Table, filled: Filled): Promise<Reached> {
  const rows = await attempt(tx, (point) => point`select ${point(table.key)} from ${point(table.name)}`);
  if (rows === null || rows === "refused") return null;
  const names = rows.flatMap((row) => filled.get(table.name)?.get(keyOf(table, row)) ?? []);
  return names.sort();
}

async function inserted(tx: TransactionSql, table: Table): Promise<Reached> {
  const taken: string[] = [];
  for (const at of placeList) {
    const row = rowAt(table, at, { fresh: true });
    const result = await attempt(tx, async (point) => {
      try {
        await point`insert into ${point(table.name)} ${point(row as Record<string, string>)}`;
      } catch (error) {
        // A key that is taken or leads nowhere is found only behind the policies.
        if (!["23505", "23503"].includes(codeOf(error) ?? "")) throw error;
      }
      return true;
    });
    if (result === null) return null;
    if (result === true) taken.push(at.name);
  }
  return taken.sort();
}

/** A column that the role may set and that no index wants to be unique; a number only where there is no other. */
async function settable(tx: TransactionSql, table: Table): Promise<string | undefined> {
  const plain = /^(text|date|timestamp with time zone)$/;
  const columns = [
    ...table.columns.filter(({ type }) => plain.test(type)),
    ...table.columns.filter(({ type }) => type === "integer"),
  ];
  for (const { name } of columns) {
    if (table.unique.has(name) || name.endsWith("_id") || name === "id") continue;
    const [row] = await tx<
      { may: boolean }[]
    >`select has_column_privilege(${table.name}, ${name}, 'update') as may`;
    if (row?.may) return name;
  }
  return undefined;
}

/** Without a condition, so that only the policies of the verb itself hold it back. */
async function changed(tx: TransactionSql, table: Table, verb: "update" | "delete"): Promise<Reached> {
  const column = await settable(tx, table);
  const type = table.columns.find(({ name }) => name === column)?.type ?? "";
  // Where nothing may be set, any column shows that it is refused.
  const name = column ?? table.columns[0]?.name ?? "";
  const values: Record<string, unknown> = { text: "x", integer: 1 };
  const value = column === undefined ? null : (values[type] ?? new Date());
  const result = await attempt(tx, async (point) =>
    verb === "update"
      ? (await point`update ${point(table.name)} set ${point({ [name]: value as string })}`).count
      : (await point`delete from ${point(table.name)}`).count,
  );
  return result === "refused" ? null : result;
}

/** "table verb" of everything that a role or login was granted, if only for some columns. */
export async function privilegesOf(sql: Sql | TransactionSql, role: string): Promise<Set<string>> {
  const rows = await sql<{ held: string }[]>`
    select c.relname || ' ' || verb as held from pg_class c, unnest(${[...verbs]}::text[]) verb
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and (has_table_privilege(${role}, c.oid, verb)
        or verb <> 'delete' and has_any_column_privilege(${role}, c.oid, case when verb = 'delete' then 'select' else verb end))`;
  return new Set(rows.map(({ held }) => held));
}

/** Everything that a role reaches in every table under one setting, table by table. */
export async function probe(
  sql: Sql,
  role: TenantRole,
  setting: Setting,
  tables: readonly Table[],
  filled: Filled,
): Promise<Record<string, Record<Verb, Reached>>> {
  const found: Record<string, Record<Verb, Reached>> = {};
  await sql.begin(async (tx) => {
    const held = await privilegesOf(tx, role);
    await enter(tx, role, setting);
    for (const table of tables) {
      const may = (verb: Verb) => held.has(`${table.name} ${verb}`);
      found[table.name] = {
        select: may("select") ? await seen(tx, table, filled) : null,
        insert: may("insert") ? await inserted(tx, table) : null,
        update: may("update") ? await changed(tx, table, "update") : null,
        delete: may("delete") ? await changed(tx, table, "delete") : null,
      };
    }
  });
  return found;
}

/** The same by the declaration. */
export function expected(
  role: TenantRole,
  setting: Setting,
  tables: readonly Table[],
  filled: Filled,
): Record<string, Record<Verb, Reached>> {
  const rowsOf = (table: string, reached: readonly Place[]) => {
    const names = new Set(reached.map((at) => at.name));
    return [...(filled.get(table)?.values() ?? [])].filter((sharing) =>
      sharing.some((name) => names.has(name)),
    );
  };
  const of = (table: string, verb: Verb): Reached => {
    const reached = expectedPlaces(role, table, verb, setting);
    if (reached === null) return null;
    return verb === "select" || verb === "insert"
      ? reached.map((at) => at.name).sort()
      : rowsOf(table, reached).length;
  };
  return Object.fromEntries(
    tables.map(({ name }) => [
      name,
      Object.fromEntries(verbs.map((verb) => [verb, of(name, verb)])) as Record<Verb, Reached>,
    ]),
  );
}
