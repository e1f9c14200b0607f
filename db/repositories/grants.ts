import { sql } from "drizzle-orm";
import type { Database, Tx } from "@/db/client";

/** One role that a user holds somewhere, as resolve_grants() answers. Platform roles have the nil customer. */
export interface GrantRow {
  customerId: string;
  customerName: string | null;
  timeZone: string | null;
  role: string;
  roleLabel: string;
  databaseRole: string;
  permissions: string[];
  connectionId: string | null;
  individualId: string | null;
}

type Wire = {
  customer_id: string;
  customer_name: string | null;
  time_zone: string | null;
  role: string;
  role_label: string;
  database_role: string;
  permissions: string[];
  connection_id: string | null;
  individual_id: string | null;
};

/** All roles of a user, over all employers, by the employer's name. The only read that crosses tenants. */
export async function listGrants(database: Database | Tx, userId: string): Promise<GrantRow[]> {
  const rows = await database.execute<Wire>(sql`select * from resolve_grants(${userId})`);
  return rows.map((row) => ({
    customerId: row.customer_id,
    customerName: row.customer_name,
    timeZone: row.time_zone,
    role: row.role,
    roleLabel: row.role_label,
    databaseRole: row.database_role,
    permissions: row.permissions,
    connectionId: row.connection_id,
    individualId: row.individual_id,
  }));
}
