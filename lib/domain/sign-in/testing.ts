import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import { platformCustomerId } from "@/lib/domain/context";
import { signInToken } from "./secrets";

/** People for tests of signing in. `sql` is a superuser's. */
export async function insertPerson(
  sql: Sql,
  email: string,
  options: { role?: string; customerId?: string; disabled?: boolean } = {},
): Promise<string> {
  const [user] = await sql<{ id: string }[]>`
    insert into users (email, name, disabled_at) values (${email}, 'Marisol Vega', ${options.disabled ? new Date() : null})
    returning id`;
  if (!user) throw new Error("no user");
  if (options.role) {
    await sql`insert into user_roles (customer_id, user_id, role)
      values (${options.customerId ?? platformCustomerId}, ${user.id}, ${options.role})`;
  }
  return user.id;
}

export async function insertEmployer(sql: Sql, name = "Larkspur Dental"): Promise<string> {
  const id = randomUUID();
  await sql`insert into customers (id, name) values (${id}, ${name})`;
  return id;
}

/** The token that the newest mail to this address carries; null where none was asked for. */
export async function newestToken(sql: Sql, email: string): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`
    select id from verification_tokens where identifier = ${email} order by created_at desc limit 1`;
  return row ? signInToken(row.id) : null;
}
