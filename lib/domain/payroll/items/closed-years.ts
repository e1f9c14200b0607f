import type { Tx } from "@/db/client";
import { sumPayItemYears } from "@/db/repositories/pay-item-effects";
import type { ClassificationRow } from "@/db/repositories/item-classifications";
import type { CustomerContext } from "@/lib/domain/context";
import { DomainError } from "@/lib/domain/errors";
import type { PayItemKey } from "./classification-input";
import { rangeOf } from "./preview-years";

interface Change extends PayItemKey {
  effectiveFrom: string | null;
  effectiveTo: string | null;
  acceptClosedYears: boolean;
}

type Days = Pick<ClassificationRow, "effectiveFrom" | "effectiveTo">;

/**
 * Years before this one whose lines a change touches, by its new days and by its old ones: their W-2 forms may have
 * been issued, so whoever changes them says that they know.
 * @throws DomainError INVALID where they did not
 */
export async function requireAccepted(
  tx: Tx,
  ctx: CustomerContext,
  change: Change,
  before: Days | null,
  today: string,
): Promise<void> {
  if (change.acceptClosedYears) return;
  const { connectionId, category, name, finchType } = change;
  const item = { customerId: ctx.scope.customerId, connectionId, category, name, finchType };
  const thisYear = Number(today.slice(0, 4));
  const closed = new Set<number>();
  for (const days of before ? [change, before] : [change]) {
    const rows = await sumPayItemYears(
      tx,
      rangeOf({ ...item, from: days.effectiveFrom, to: days.effectiveTo }),
    );
    for (const { year } of rows) if (year !== 0 && year < thisYear) closed.add(year);
  }
  if (closed.size === 0) return;
  throw new DomainError(
    "INVALID",
    `This changes ${[...closed].sort().join(", ")}, for which W-2 forms may have been issued. Say that you know, or begin on ${thisYear}-01-01.`,
    { field: "acceptClosedYears" },
  );
}
