import type { Tx } from "@/db/client";
import { listLimitConfirmations } from "@/db/repositories/limit-confirmations";
import { limitTable, type Limits } from "./limit-table";

/** The limits of an employer: what Perch holds, and what its administrators confirmed or entered. */
export async function readLimits(tx: Tx, customerId: string): Promise<Limits> {
  return limitTable(await listLimitConfirmations(tx, customerId));
}
