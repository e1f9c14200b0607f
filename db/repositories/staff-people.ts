import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { connections, individuals } from "@/db/schema";

/** People as staff may see them: names and where they come from, column by column as the role's rights say. */

export interface StaffPersonRow {
  id: string;
  connectionId: string;
  providerName: string;
  products: string[];
  firstName: string | null;
  lastName: string | null;
  isActive: boolean | null;
}

const shown = {
  id: individuals.id,
  connectionId: individuals.connectionId,
  providerName: connections.providerName,
  products: connections.products,
  firstName: individuals.firstName,
  lastName: individuals.lastName,
  isActive: individuals.isActive,
};

function people(tx: Tx) {
  return tx
    .select(shown)
    .from(individuals)
    .innerJoin(
      connections,
      and(eq(connections.customerId, individuals.customerId), eq(connections.id, individuals.connectionId)),
    )
    .$dynamic();
}

const present = (customerId: string) =>
  and(
    eq(individuals.customerId, customerId),
    isNull(individuals.deletedAt),
    isNull(connections.disconnectedAt),
  );

/** People of an employer whose names hold all words (lower case), by name. */
export function searchStaffPeople(
  tx: Tx,
  customerId: string,
  words: readonly string[],
  limit: number,
): Promise<StaffPersonRow[]> {
  const name = sql`lower(concat_ws(' ', ${individuals.firstName}, ${individuals.lastName}))`;
  const holds = words.map((word) => sql`${name} like ${`%${word.replace(/[\\%_]/g, "\\$&")}%`}`);
  return people(tx)
    .where(and(present(customerId), ...holds))
    .orderBy(asc(individuals.sortName), asc(individuals.id))
    .limit(limit);
}

/** One person of an employer, or null. */
export async function findStaffPerson(
  tx: Tx,
  customerId: string,
  individualId: string,
): Promise<StaffPersonRow | null> {
  const [row] = await people(tx).where(and(present(customerId), inArray(individuals.id, [individualId])));
  return row ?? null;
}
