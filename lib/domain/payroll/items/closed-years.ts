import type { Tx } from "@/db/client";
import { DomainError } from "@/lib/domain/errors";
import type { PayItemKey } from "./classification-input";
import type { PayDays } from "./mapping-days";
import { sumItem } from "./preview-years";

interface Change extends PayItemKey {
  customerId: string;
  /** The days on which lines count as something else than before. */
  changed: PayDays;
  acceptClosedYears: boolean;
}

/**
 * Years before this one in which lines count as something else from now on: their W-2 forms may have been issued, so
 * whoever changes them says that they know.
 * @throws DomainError INVALID where they did not
 */
export async function requireAccepted(
  tx: Tx,
  { changed, acceptClosedYears, ...item }: Change,
  today: string,
): Promise<void> {
  if (acceptClosedYears) return;
  const thisYear = Number(today.slice(0, 4));
  const rows = await sumItem(tx, item, changed);
  const closed = new Set(rows.flatMap(({ year }) => (year !== 0 && year < thisYear ? [year] : [])));
  if (closed.size === 0) return;
  throw new DomainError(
    "INVALID",
    `This changes ${[...closed].sort().join(", ")}, for which W-2 forms may have been issued. Say that you know, or begin on ${thisYear}-01-01.`,
    { field: "acceptClosedYears" },
  );
}
