import type { Tx } from "@/db/client";
import { readToday } from "@/db/repositories/customers-clock";

const firstYear = 2024;
const lastShippedYear = 2026;

/** Years that pages speak of: from the first that is known to the one after this, by the employer's own calendar. */
export async function limitYears(tx: Tx, customerId: string): Promise<number[]> {
  const thisYear = Number((await readToday(tx, customerId)).slice(0, 4));
  const last = Math.max(lastShippedYear, thisYear + 1);
  return Array.from({ length: last - firstYear + 1 }, (_, place) => firstYear + place);
}
