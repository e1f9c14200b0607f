import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { itemClassifications } from "@/db/schema";

/** Own types of pay items. A removed one is kept and applies to nothing. */

export interface ClassificationRow {
  id: string;
  connectionId: string;
  category: string;
  name: string | null;
  finchType: string | null;
  mappedType: string;
  mappedPreTax: boolean | null;
  effectiveFrom: string | null;
  effectiveTo: string | null;
  note: string | null;
  version: number;
  updatedBy: string | null;
  updatedAt: Date;
  removedAt: Date | null;
}

const columns = {
  id: itemClassifications.id,
  connectionId: itemClassifications.connectionId,
  category: itemClassifications.category,
  name: itemClassifications.name,
  finchType: itemClassifications.finchType,
  mappedType: itemClassifications.mappedType,
  mappedPreTax: itemClassifications.mappedPreTax,
  effectiveFrom: itemClassifications.effectiveFrom,
  effectiveTo: itemClassifications.effectiveTo,
  note: itemClassifications.note,
  version: itemClassifications.version,
  updatedBy: itemClassifications.updatedBy,
  updatedAt: itemClassifications.updatedAt,
  removedAt: itemClassifications.removedAt,
};

interface Place {
  customerId: string;
  connectionId: string;
}

/** All of a connection, removed ones too, the earliest first. */
export function listClassificationRows(tx: Tx, place: Place): Promise<ClassificationRow[]> {
  return tx
    .select(columns)
    .from(itemClassifications)
    .where(
      and(
        eq(itemClassifications.customerId, place.customerId),
        eq(itemClassifications.connectionId, place.connectionId),
      ),
    )
    .orderBy(asc(itemClassifications.createdAt), asc(itemClassifications.id));
}

/** A connection's classifications: those in force, and all that are kept, undone ones included. */
export async function countClassifications(
  tx: Tx,
  { customerId, connectionId }: Place,
): Promise<{ inForce: number; kept: number }> {
  const [row] = await tx
    .select({
      inForce: sql<number>`(count(*) filter (where ${itemClassifications.removedAt} is null))::int`,
      kept: sql<number>`count(*)::int`,
    })
    .from(itemClassifications)
    .where(
      and(eq(itemClassifications.customerId, customerId), eq(itemClassifications.connectionId, connectionId)),
    );
  return row ?? { inForce: 0, kept: 0 };
}

export async function findClassification(
  tx: Tx,
  customerId: string,
  id: string,
): Promise<ClassificationRow | null> {
  const [row] = await tx
    .select(columns)
    .from(itemClassifications)
    .where(and(eq(itemClassifications.customerId, customerId), eq(itemClassifications.id, id)));
  return row ?? null;
}

export interface ClassificationValues {
  mappedType: string;
  mappedPreTax: boolean | null;
  effectiveFrom: string | null;
  effectiveTo: string | null;
  note: string | null;
}

interface NewClassification extends Place, ClassificationValues {
  category: string;
  name: string | null;
  finchType: string | null;
  createdBy: string | null;
}

export async function insertClassification(tx: Tx, row: NewClassification): Promise<string> {
  const [inserted] = await tx
    .insert(itemClassifications)
    .values({ ...row, updatedBy: row.createdBy })
    .returning({ id: itemClassifications.id });
  if (!inserted) throw new TypeError("A classification was not inserted");
  return inserted.id;
}

interface Change {
  customerId: string;
  id: string;
  /** That the change was made from. */
  version: number;
  by: string | null;
}

const unchanged = ({ customerId, id, version }: Change) =>
  and(
    eq(itemClassifications.customerId, customerId),
    eq(itemClassifications.id, id),
    eq(itemClassifications.version, version),
  );

/** False where it is not that version any more, or was removed. */
export async function updateClassification(
  tx: Tx,
  change: Change,
  values: ClassificationValues,
): Promise<boolean> {
  const updated = await tx
    .update(itemClassifications)
    .set({
      ...values,
      version: change.version + 1,
      updatedBy: change.by,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(and(unchanged(change), isNull(itemClassifications.removedAt)))
    .returning({ id: itemClassifications.id });
  return updated.length === 1;
}

/** Removes a classification: it is kept, and applies no more. False where it is not that version any more. */
export async function removeClassification(tx: Tx, change: Change): Promise<boolean> {
  const updated = await tx
    .update(itemClassifications)
    .set({
      removedAt: sql`clock_timestamp()`,
      removedBy: change.by,
      version: change.version + 1,
      updatedBy: change.by,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(unchanged(change))
    .returning({ id: itemClassifications.id });
  return updated.length === 1;
}

/** Lets one person at a time change the classifications of an item: overlaps are looked for before a write. */
export async function lockItem(tx: Tx, place: Place, item: string): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`item:${place.connectionId}:${item}`}, 0))`,
  );
}
