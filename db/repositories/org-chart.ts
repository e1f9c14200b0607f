import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { individuals } from "@/db/schema";

/** Who reports to whom, and nothing else: ten thousand people are read at once. */
export interface ReportingLineRow {
  id: string;
  connectionId: string;
  finchId: string;
  managerFinchId: string | null;
  isActive: boolean | null;
}

/** Everybody of visible connections, in the order of names. */
export async function listReportingLines(
  tx: Tx,
  customerId: string,
  visible: readonly string[],
): Promise<ReportingLineRow[]> {
  if (visible.length === 0) return [];
  return tx
    .select({
      id: individuals.id,
      connectionId: individuals.connectionId,
      finchId: individuals.finchIndividualId,
      managerFinchId: individuals.managerFinchId,
      isActive: individuals.isActive,
    })
    .from(individuals)
    .where(
      and(
        eq(individuals.customerId, customerId),
        isNull(individuals.deletedAt),
        inArray(individuals.connectionId, [...visible]),
      ),
    )
    .orderBy(asc(individuals.sortName), asc(individuals.id));
}

/** What the chart shows of some people. */
export async function listChartPeople(tx: Tx, customerId: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return tx
    .select({
      id: individuals.id,
      connectionId: individuals.connectionId,
      firstName: individuals.firstName,
      lastName: individuals.lastName,
      preferredName: individuals.preferredName,
      title: individuals.title,
      department: individuals.department,
      isActive: individuals.isActive,
    })
    .from(individuals)
    .where(and(eq(individuals.customerId, customerId), inArray(individuals.id, [...ids])));
}
