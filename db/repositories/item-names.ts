import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { benefits, individuals, payGroups, payments } from "@/db/schema";

/** Names of single items of a mirror. Which of them a reader may know is the caller's to say. */

export interface ItemPerson {
  id: string;
  first: string | null;
  last: string | null;
  /** No longer in the directory. */
  gone: boolean;
}

/** People by our id: only what staff may read of them too. */
export async function listItemPeople(
  tx: Tx,
  customerId: string,
  ids: readonly string[],
): Promise<Map<string, ItemPerson>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({
      id: individuals.id,
      first: individuals.firstName,
      last: individuals.lastName,
      deletedAt: individuals.deletedAt,
    })
    .from(individuals)
    .where(and(eq(individuals.customerId, customerId), inArray(individuals.id, [...ids])));
  return new Map(rows.map(({ deletedAt, ...row }) => [row.id, { ...row, gone: deletedAt !== null }]));
}

interface ItemsAt {
  customerId: string;
  connectionId: string;
}

/** Pay dates of payments by Finch's id. */
export async function listPayDates(
  tx: Tx,
  { customerId, connectionId }: ItemsAt,
  finchIds: readonly string[],
): Promise<Map<string, string | null>> {
  if (finchIds.length === 0) return new Map();
  const rows = await tx
    .select({ finchId: payments.finchPaymentId, payDate: payments.payDate })
    .from(payments)
    .where(
      and(
        eq(payments.customerId, customerId),
        eq(payments.connectionId, connectionId),
        inArray(payments.finchPaymentId, [...finchIds]),
      ),
    );
  return new Map(rows.map(({ finchId, payDate }) => [finchId, payDate]));
}

/** Descriptions of deductions by Finch's id; their type where they have none. */
export async function listBenefitNames(
  tx: Tx,
  { customerId, connectionId }: ItemsAt,
  finchIds: readonly string[],
): Promise<Map<string, string | null>> {
  if (finchIds.length === 0) return new Map();
  const rows = await tx
    .select({ finchId: benefits.finchBenefitId, description: benefits.description, type: benefits.type })
    .from(benefits)
    .where(
      and(
        eq(benefits.customerId, customerId),
        eq(benefits.connectionId, connectionId),
        inArray(benefits.finchBenefitId, [...finchIds]),
      ),
    );
  return new Map(rows.map(({ finchId, description, type }) => [finchId, description ?? type]));
}

/** Names of pay groups by Finch's id. */
export async function listPayGroupNames(
  tx: Tx,
  { customerId, connectionId }: ItemsAt,
  finchIds: readonly string[],
): Promise<Map<string, string | null>> {
  if (finchIds.length === 0) return new Map();
  const rows = await tx
    .select({ finchId: payGroups.finchPayGroupId, name: payGroups.name })
    .from(payGroups)
    .where(
      and(
        eq(payGroups.customerId, customerId),
        eq(payGroups.connectionId, connectionId),
        inArray(payGroups.finchPayGroupId, [...finchIds]),
      ),
    );
  return new Map(rows.map(({ finchId, name }) => [finchId, name]));
}
