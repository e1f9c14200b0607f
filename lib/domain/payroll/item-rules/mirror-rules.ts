import { inScope } from "@/db/client";
import { replacePayStatementItems, replacePayStatementRules } from "@/db/repositories/mirror-payroll-items";
import type { MirrorScope } from "@/db/repositories/raw-records";
import type { CustomerContext } from "@/lib/domain/context";
import { fetchTime } from "@/lib/domain/sync/lease";
import {
  listPayStatementItems,
  listPayStatementRules,
  type FinchCaller,
  type FinchPayStatementRule,
  type FinchToken,
  type Outcome,
} from "@/lib/finch";

interface Reader {
  ctx: CustomerContext;
  caller: FinchCaller;
  token: FinchToken;
  scope: MirrorScope;
}

/** Reads the rules of an entity and makes the mirror equal to them. */
export async function mirrorRules({
  ctx,
  caller,
  token,
  scope,
}: Reader): Promise<Outcome<FinchPayStatementRule[]>> {
  const fetchedAt = await fetchTime(ctx);
  const outcome = await listPayStatementRules(caller, token, scope);
  if (outcome.kind !== "ok") return outcome;
  const rules = outcome.data.map(({ id, raw: _raw, entityType: _type, ...rule }) => ({
    finchId: id,
    ...rule,
  }));
  await inScope(ctx, (tx) => replacePayStatementRules(tx, scope, rules, fetchedAt));
  return outcome;
}

/** The items too: their labels are what rules give. That it failed costs nothing, the next sync reads them. */
export async function mirrorItems({ ctx, caller, token, scope }: Reader): Promise<void> {
  const fetchedAt = await fetchTime(ctx);
  const outcome = await listPayStatementItems(caller, token, scope);
  if (outcome.kind !== "ok") return;
  const items = outcome.data.map(({ raw: _raw, ...item }) => item);
  await inScope(ctx, (tx) => replacePayStatementItems(tx, scope, items, fetchedAt));
}
