import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { companies } from "@/db/schema";
import type { MirrorScope } from "./raw-records";

type CompanyValues = Pick<
  typeof companies.$inferInsert,
  | "finchCompanyId"
  | "legalName"
  | "entityType"
  | "entitySubtype"
  | "ein"
  | "primaryEmail"
  | "primaryPhoneNumber"
  | "departments"
  | "locations"
  | "accounts"
>;

/** Writes a company unless a newer answer is there; gives its id, or null where nothing was written. */
export async function upsertCompany(
  tx: Tx,
  scope: MirrorScope,
  values: CompanyValues,
  fetchedAt: Date,
): Promise<string | null> {
  const [row] = await tx
    .insert(companies)
    .values({ ...scope, ...values, fetchedAt })
    .onConflictDoUpdate({
      target: [companies.customerId, companies.connectionId, companies.entityId],
      set: { ...values, fetchedAt, deletedAt: null },
      setWhere: sql`${companies.fetchedAt} <= excluded.fetched_at`,
    })
    .returning({ id: companies.id });
  return row?.id ?? null;
}
