import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { runningCopy } from "@/e2e/fixtures";
import { database } from "./database";
import { openTokens, readCompany, readPeople } from "./finch";

/** A value that may stand in clear nowhere but in the memory of lib/finch. */
export interface Canary {
  kind: "token" | "ssn" | "encrypted_ssn" | "account" | "routing" | "code" | "state";
  value: string;
}

/** A text that was searched, by a name that says where it came from. */
export interface Searched {
  where: string;
  text: string;
}

const withoutDashes = (value: string) => value.replaceAll("-", "");

function formsOf({ kind, value }: Canary): string[] {
  const plain = withoutDashes(value);
  if (kind !== "ssn") return [value];
  return [
    plain,
    `${plain.slice(0, 3)}-${plain.slice(3, 5)}-${plain.slice(5)}`,
    `${plain.slice(0, 3)} ${plain.slice(3, 5)} ${plain.slice(5)}`,
  ];
}

/** Every secret that the sandbox holds about a customer's connections, by its own API. */
export async function canariesOf(customerId: string): Promise<Canary[]> {
  const found: Canary[] = [];
  for (const { token } of await openTokens(customerId)) {
    found.push({ kind: "token", value: token });
    const { people } = await readPeople(token);
    for (const { ssn, encrypted_ssn: encrypted } of people) {
      if (ssn) found.push({ kind: "ssn", value: ssn });
      if (encrypted) found.push({ kind: "encrypted_ssn", value: encrypted });
    }
    for (const account of (await readCompany(token)).accounts ?? []) {
      if (account.account_number) found.push({ kind: "account", value: account.account_number });
      if (account.routing_number) found.push({ kind: "routing", value: account.routing_number });
    }
  }
  return found;
}

const isWordAt = (text: string, at: number) => /[0-9A-Za-z]/.test(text.charAt(at));
/** Short enough for every value, long enough to be rare. */
const prefixLength = 4;

/**
 * Looks for all values at once, by how they begin: an expression of a thousand of them takes minutes over a database.
 * A longer number or id that happens to contain one is another value.
 */
export function searchFor(canaries: readonly Canary[]): (searched: Searched) => string[] {
  const forms = canaries.flatMap((canary) => formsOf(canary).map((form) => ({ form, kind: canary.kind })));
  const byPrefix = Map.groupBy(forms, ({ form }) => form.slice(0, prefixLength));
  if (forms.length === 0) throw new Error("There is nothing to search for.");
  if (forms.some(({ form }) => form.length <= prefixLength)) throw new Error("A value is too short.");
  const starts = new RegExp(`(?<![0-9A-Za-z])(?=([^]{${prefixLength}}))`, "g");
  return ({ where, text }) => {
    const found = new Set<string>();
    for (const { 1: prefix = "", index } of text.matchAll(starts))
      for (const { form, kind } of byPrefix.get(prefix) ?? [])
        if (text.startsWith(form, index) && !isWordAt(text, index + form.length))
          found.add(`${kind} ${form.slice(0, 3)}… in ${where}`);
    return [...found];
  };
}

/** Every table of every schema as text, row by row: what a thief of the database would hold. */
export async function* databaseTexts(): AsyncGenerator<Searched> {
  const sql = database();
  const tables = await sql<{ schema: string; name: string }[]>`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%'
    order by 1, 2`;
  for (const { schema, name } of tables) {
    // A cursor and no COPY: the client's stream of a COPY may leave its connection paused for ever.
    const texts: string[] = [];
    for await (const rows of sql<{ text: string }[]>`
      select t::text as text from ${sql(schema)}.${sql(name)} t`.cursor(2_000))
      texts.push(rows.map(({ text }) => text).join("\n"));
    yield { where: `table ${schema}.${name}`, text: texts.join("\n") };
  }
}

/** The processes' logs, the database server's, and the mails as they were sent. */
export function* fileTexts(): Generator<Searched> {
  const { dataDir } = runningCopy();
  for (const folder of [
    dataDir,
    path.join(dataDir, "logs"),
    path.join(dataDir, "mail"),
    path.dirname(dataDir),
  ]) {
    for (const name of readdirSync(folder).filter((each) => /\.(log|eml)$/.test(each))) {
      yield {
        where: path.join(path.basename(folder), name),
        text: readFileSync(path.join(folder, name), "utf8"),
      };
    }
  }
}
