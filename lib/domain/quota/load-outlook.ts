import type { Tx } from "@/db/client";
import { listQuotaOutlook } from "@/db/repositories/quota-state";
import { env } from "@/lib/env";
import type { LaneOutlook } from "./estimate-run";

/** How full each quota is and where this connection stands in it, by key: numbers only, for people of its employer. */
export async function loadQuotaOutlook(tx: Tx, connectionId: string): Promise<Map<string, LaneOutlook>> {
  const rows = await listQuotaOutlook(tx, env().FINCH_CLIENT_ID, connectionId);
  return new Map(rows.map(({ key, ...outlook }) => [key, outlook]));
}
