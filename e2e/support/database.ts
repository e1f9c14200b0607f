import postgres, { type Sql } from "postgres";
import { runningCopy } from "@/e2e/fixtures/copy";
import { readKeptPort } from "@/scripts/lib/embedded-postgres";
import { databaseUrl } from "@/scripts/lib/postmaster";
import { databaseName } from "@/scripts/lib/local-environment";
import { loadSecrets } from "@/scripts/lib/secrets";

let client: Sql | undefined;

/** The database behind the screen, past row-level security: one client a test process. */
export function database(): Sql {
  const { dataDir } = runningCopy();
  client ??= postgres(
    databaseUrl({
      user: "postgres",
      password: loadSecrets(dataDir).postgresPassword,
      port: readKeptPort(dataDir),
      database: databaseName,
    }),
    { max: 3, onnotice: () => undefined },
  );
  return client;
}

export async function closeDatabase(): Promise<void> {
  await client?.end({ timeout: 1 });
  client = undefined;
}

/** How many rows a customer has in a table. */
export async function countRows(table: string, customerId: string): Promise<number> {
  const sql = database();
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from ${sql(table)} where customer_id = ${customerId}`;
  return row?.count ?? 0;
}
