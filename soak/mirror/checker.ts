import { inScope } from "@/db/client";
import { workerContext } from "@/lib/domain/context";
import { loadVault } from "@/lib/domain/keys/customer-vault";
import { sealedValuePlace } from "@/lib/domain/sync/seal-values";
import type { Sql } from "postgres";
import { askEverything } from "./ask-everything";
import type { Answers } from "./ask";
import { expectBenefits, expectPayments, expectPayroll } from "./expect-pay";
import { expectCompany, expectConnection, expectJobs, expectPeople } from "./expect-people";
import { expectTotals } from "./expect-totals";
import { readMirror, type SealedRow } from "./stored";
import { differencesOf, emptyTables, type Difference, type TableName, type Tables } from "./tables";

/**
 * Equality of the mirror with Finch: asks Finch everything it would answer now for a connection and compares with
 * Postgres, table by table and cell by cell. It shares no code with the product's reading; sealed values are opened.
 */

export interface CheckedConnection {
  sql: Sql;
  /** The sandbox's address, and a token of the connection. */
  url: string;
  token: string;
  customerId: string;
  connectionId: string;
}

/** As far back as anything is paid, and as far ahead as the mirror looks (DOMAIN 1.4). */
const firstDay = "2000-01-01";
const aheadMs = 60 * 86_400_000;

/** What the tables have to hold. */
export function expectedTables(answers: Answers): Tables {
  const tables = emptyTables();
  expectConnection(answers, tables);
  expectJobs(answers, tables);
  for (const entity of answers.entities) {
    expectCompany(entity, tables);
    expectPeople(entity, tables);
    expectPayroll(entity, tables);
    expectPayments(entity, tables);
    expectTotals(entity, tables);
    expectBenefits(entity, tables);
  }
  return tables;
}

/** What Finch gives now, within the days that the mirror looks at. */
export function askFinch({ url, token }: Pick<CheckedConnection, "url" | "token">): Promise<Answers> {
  const to = new Date(Date.now() + aheadMs).toISOString().slice(0, 10);
  return askEverything({ url, token, from: firstDay, to });
}

/** Where the mirror of a connection is not what Finch gives; empty where they are equal. */
export async function findDifferences(place: CheckedConnection): Promise<Difference[]> {
  return compareWith(await askFinch(place), place);
}

/** The same with answers that are at hand. */
export async function compareWith(
  answers: Answers,
  { sql, customerId, connectionId }: Pick<CheckedConnection, "sql" | "customerId" | "connectionId">,
): Promise<Difference[]> {
  const ctx = workerContext(customerId, "check");
  const vault = await inScope(ctx, (tx) => loadVault(tx, customerId));
  const open = (row: SealedRow) =>
    vault
      .open(
        sealedValuePlace({
          ownerTable: row.owner_table,
          ownerId: row.owner_id,
          kind: row.kind,
          ordinal: row.ordinal,
        }),
        { ciphertext: row.ciphertext, keyId: row.key_id },
      )
      .reveal();
  const found = await readMirror({ sql, customerId, connectionId, open });
  const expected = expectedTables(answers);
  leaveOut(answers, expected, found);
  return [...differencesOf(expected, found), ...(await brokenCopies(sql, connectionId))];
}

/** Tables by the products that they come from. Statements are found through the list of payments. */
const productsOf: Partial<Record<TableName, string[]>> = {
  companies: ["company"],
  individuals: ["directory"],
  individual_profiles: ["individual"],
  individual_traits: ["individual"],
  income_history: ["employment"],
  pay_groups: ["payment"],
  payments: ["payment"],
  pay_statements: ["payment", "pay_statement"],
  pay_statement_lines: ["payment", "pay_statement"],
  wage_totals: ["payment", "pay_statement"],
  wage_total_lines: ["payment", "pay_statement"],
  pay_statement_items: ["pay_statement"],
  pay_statement_rules: ["pay_statement"],
  benefits: ["benefits"],
  enrollments: ["benefits"],
  documents: ["documents"],
};
const sealedProducts: Record<string, string[]> = { company: ["company"], person: ["individual", "ssn"] };

/** What Finch no longer shares stays as it was, and is not compared: lost products, ended entities, old jobs. */
function leaveOut({ introspection, jobs }: Answers, expected: Tables, found: Tables): void {
  const ended = (introspection.entities ?? []).filter(({ status }) => status === "disconnected");
  const isShared = (products: readonly string[] = []) =>
    products.every((product) => introspection.products.includes(product));
  for (const [table, rows] of Object.entries(found) as [TableName, Tables[TableName]][]) {
    for (const id of rows.keys()) {
      const isEnded = ended.some((entity) => id.split(" ").includes(entity.id));
      const kind = id.split(" ")[0] ?? "";
      const products = table === "sealed_values" ? sealedProducts[kind] : productsOf[table];
      if (isEnded || !isShared(products)) rows.delete(id);
    }
  }
  const oldest = jobs && (jobs.map((job) => job.created_at ?? "").sort()[0] ?? "");
  for (const [id, job] of found.finch_jobs) {
    const isListed = expected.finch_jobs.has(id);
    if (!isListed && (oldest === null || String(job["created_at_finch"]) <= oldest))
      found.finch_jobs.delete(id);
  }
}

/** Columns that repeat what another row says: whose line and whose payment it is. */
async function brokenCopies(sql: Sql, connectionId: string): Promise<Difference[]> {
  const broken: Difference[] = [];
  const note = (table: TableName, column: string, rows: readonly { id: string }[]) =>
    broken.push(
      ...rows
        .slice(0, 5)
        .map(({ id }) => ({ table, id, column, expected: "the same as its owner", found: "another" })),
    );
  note(
    "pay_statement_lines",
    "individual_id",
    await sql<{ id: string }[]>`
      select l.statement_id::text as id from pay_statement_lines l join pay_statements s on s.customer_id = l.customer_id and s.id = l.statement_id
      where s.connection_id = ${connectionId} and (l.individual_id <> s.individual_id or l.connection_id <> s.connection_id)`,
  );
  note(
    "pay_statements",
    "entity_id",
    await sql<{ id: string }[]>`
      select s.id::text as id from pay_statements s join payments p on p.customer_id = s.customer_id and p.id = s.payment_id
        join individuals i on i.customer_id = s.customer_id and i.id = s.individual_id
      where s.connection_id = ${connectionId} and (s.entity_id <> p.entity_id or s.entity_id <> i.entity_id
        or i.connection_id <> s.connection_id or p.connection_id <> s.connection_id)`,
  );
  return broken;
}
export { sayDifferences } from "./tables";
