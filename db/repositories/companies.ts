import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { companies } from "@/db/schema";

export interface CompanyNameRow {
  connectionId: string;
  entityId: string;
  legalName: string | null;
}

/** Legal names of the companies behind connections, in the entities' order. */
export async function listCompanyNames(
  tx: Tx,
  customerId: string,
  connectionIds: readonly string[],
): Promise<CompanyNameRow[]> {
  if (connectionIds.length === 0) return [];
  return tx
    .select({
      connectionId: companies.connectionId,
      entityId: companies.entityId,
      legalName: companies.legalName,
    })
    .from(companies)
    .where(
      and(
        eq(companies.customerId, customerId),
        inArray(companies.connectionId, [...connectionIds]),
        isNull(companies.deletedAt),
      ),
    )
    .orderBy(asc(companies.entityId));
}
