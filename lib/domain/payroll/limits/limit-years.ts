import type { Tx } from "@/db/client";
import { findFirstPayYear } from "@/db/repositories/limit-confirmations";
import { readToday } from "@/db/repositories/customers-clock";

const firstShippedYear = 2024;
/** Dates before it are a provider's mistakes. */
const firstSaneYear = 2000;
const lastShippedYear = 2026;

/** Years that pages speak of: from the first that is known or has pay to the one after this, by the employer's own calendar. */
export async function limitYears(tx: Tx, customerId: string): Promise<number[]> {
  const thisYear = Number((await readToday(tx, customerId)).slice(0, 4));
  const paid = await findFirstPayYear(tx, customerId, firstSaneYear);
  const firstYear = Math.min(firstShippedYear, paid ?? firstShippedYear);
  const last = Math.max(lastShippedYear, thisYear + 1);
  return Array.from({ length: last - firstYear + 1 }, (_, place) => firstYear + place);
}
