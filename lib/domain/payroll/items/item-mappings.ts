import type { Tx } from "@/db/client";
import { listClassificationRows, type ClassificationRow } from "@/db/repositories/item-classifications";
import { DomainError, notFound } from "@/lib/domain/errors";
import type { PayItemKey } from "./classification-input";
import { mappingChange, type DatedMapping, type MappingChange } from "./mapping-days";

interface Asked extends PayItemKey {
  customerId: string;
}

/** Somebody else was faster: what was seen is not what is there. */
export const changedMeanwhile = () =>
  new DomainError(
    "CONFLICT",
    "Somebody else has changed this classification meanwhile. Look at it as it is now, then decide again.",
  );

/** The own types of an item, undone ones too, the earliest first. */
export async function listItemMappings(tx: Tx, item: Asked): Promise<ClassificationRow[]> {
  const { customerId, connectionId, category, name, finchType } = item;
  const rows = await listClassificationRows(tx, { customerId, connectionId });
  return rows.filter((row) => row.category === category && row.name === name && row.finchType === finchType);
}

/**
 * What becomes of an item's days: by a new mapping, by one in another's place, or by none in its place.
 * @throws DomainError NOT_FOUND where the one that is changed is not among the item's, CONFLICT where it was undone
 */
export function changeOf(
  rows: readonly ClassificationRow[],
  { changeId, mapping }: { changeId: string | null; mapping: DatedMapping | null },
): MappingChange {
  const changed = rows.find(({ id }) => id === changeId);
  if (changeId !== null && !changed) throw notFound("classification");
  if (changed?.removedAt) throw changedMeanwhile();
  const before = rows.filter(({ removedAt }) => removedAt === null);
  const others = before.filter(({ id }) => id !== changeId);
  return mappingChange(before, mapping ? [...others, mapping] : others);
}

type Days = Pick<DatedMapping, "effectiveFrom" | "effectiveTo">;

const overlaps = (a: Days, b: Days) =>
  (a.effectiveFrom ?? "") <= (b.effectiveTo ?? "9999-12-31") &&
  (b.effectiveFrom ?? "") <= (a.effectiveTo ?? "9999-12-31");

/** @throws DomainError CONFLICT where another one of the item holds on one of the days */
export function refuseOverlap(
  rows: readonly ClassificationRow[],
  { changeId, ...days }: Days & { changeId: string | null },
): void {
  const other = rows.find((row) => row.removedAt === null && row.id !== changeId && overlaps(row, days));
  if (!other) return;
  const when = `${other.effectiveFrom ?? "the beginning"} to ${other.effectiveTo ?? "now on"}`;
  throw new DomainError(
    "CONFLICT",
    `These lines have a type of your own already, from ${when}. Change or undo that one, or choose other days.`,
    { field: "effectiveFrom" },
  );
}
