import { asc } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { customers } from "@/db/schema";

/** Ids of all customers, for work that goes over the whole installation. Needs a platform scope. */
export async function listCustomerIds(tx: Tx): Promise<string[]> {
  const rows = await tx.select({ id: customers.id }).from(customers).orderBy(asc(customers.id));
  return rows.map((row) => row.id);
}
