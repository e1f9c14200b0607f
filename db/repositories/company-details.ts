import { and, asc, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { companies } from "@/db/schema";

export type CompanyRow = typeof companies.$inferSelect;

/** The companies of a connection, one for each entity. Bank numbers are not in them: those are sealed apart. */
export function listCompanies(tx: Tx, customerId: string, connectionId: string): Promise<CompanyRow[]> {
  return tx
    .select()
    .from(companies)
    .where(
      and(
        eq(companies.customerId, customerId),
        eq(companies.connectionId, connectionId),
        isNull(companies.deletedAt),
      ),
    )
    .orderBy(asc(companies.legalName), asc(companies.id));
}
