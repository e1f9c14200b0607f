import postgres from "postgres";

export interface BootstrapOptions {
  database: string;
  ownerPassword: string;
}

/**
 * Makes what only a superuser can: the login `perch_owner` (may create roles and databases, is no superuser,
 * so row-level security holds for it too) and a database that belongs to it. Safe to repeat.
 */
export async function bootstrapCluster(superuserUrl: string, options: BootstrapOptions): Promise<void> {
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => undefined });
  try {
    const password = quoteLiteral(options.ownerPassword);
    const [owner] = await sql`select 1 from pg_roles where rolname = 'perch_owner'`;
    const attributes = `login createrole createdb nosuperuser password ${password}`;
    await sql.unsafe(`${owner ? "alter" : "create"} role perch_owner ${attributes}`);
    const [database] = await sql`select 1 from pg_database where datname = ${options.database}`;
    if (!database) await sql.unsafe(`create database ${quoteName(options.database)} owner perch_owner`);
  } finally {
    await sql.end({ timeout: 2 });
  }
}

const quoteLiteral = (text: string) => `'${text.replaceAll("'", "''")}'`;
const quoteName = (text: string) => `"${text.replaceAll('"', '""')}"`;
