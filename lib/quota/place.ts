import { setTimeout as sleep } from "node:timers/promises";
import { systemDatabase } from "@/db/client";
import { answerQuota, configureQuota, type QuotaGrant, type QuotaPlace } from "@/db/repositories/quota";
import { env } from "@/lib/env";
import type { FinchSlot } from "@/lib/finch";
import { log } from "@/lib/log";
import { addressSets, allQuotaSets, quotaSet } from "./allowances";

/**
 * A slot is granted up to this long before it is free, and the request leaves when it is: by then the work is awake.
 * Without it each slot idled for as long as waking takes.
 */
export const lookaheadMs = 250;

/** What this process has told each pool's database of its environment. */
const told = new WeakMap<object, Map<string, Promise<void>>>();

function tellOnce(name: string, tell: () => Promise<void>): Promise<void> {
  const database = systemDatabase();
  const known = told.get(database) ?? new Map<string, Promise<void>>();
  told.set(database, known);
  const telling = known.get(name) ?? tell();
  known.set(name, telling);
  telling.catch(() => known.delete(name));
  return telling;
}

/** Makes every set of this installation, or changes it to what the environment says now. */
export function configureAllQuotas(): Promise<void> {
  return configureQuota(env().FINCH_CLIENT_ID, allQuotaSets());
}

/** Where a request of this process waits. The sets are made at the first one. */
export async function placeOf(key: string, lane: string): Promise<QuotaPlace> {
  const { FINCH_CLIENT_ID: clientId, EGRESS_ID: egress } = env();
  await tellOnce(key, () => configureQuota(clientId, [quotaSet(key), ...addressSets()]));
  return { clientId, key, egress, lane };
}

/** Waits until the grant's slot is free, by the database's clock, and hands it to the sender. */
export async function slotOf({ grantId, waitMs }: QuotaGrant): Promise<FinchSlot> {
  if (waitMs > 0) await sleep(waitMs + 1);
  let answered: Promise<void> | undefined;
  return {
    answered: () =>
      (answered ??= answerQuota(grantId).catch((error: unknown) => {
        // The slot is free again when its lease is over, so nothing but time is lost.
        log.warn("a slot could not be told of its answer", { code: codeOf(error) });
      })),
  };
}

const codeOf = (error: unknown) => (error instanceof Error ? error.name : "unknown");
