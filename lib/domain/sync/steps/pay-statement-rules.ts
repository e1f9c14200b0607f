import { replacePayStatementRules } from "@/db/repositories/mirror-payroll-items";
import { updateStep } from "@/db/repositories/sync-steps";
import { listPayStatementRules } from "@/lib/finch";
import { fetchTime, inLease } from "../lease";
import type { Step } from "../work";

/** Mirrors the rules that label lines. */
export const payStatementRulesStep: Step = async (work) => {
  const fetchedAt = await fetchTime(work.ctx);
  const outcome = await listPayStatementRules(work.caller, work.token, work.scope);
  if (outcome.kind !== "ok") return { end: "failed", failure: outcome };
  const rules = outcome.data.map(({ id, raw: _raw, entityType: _type, ...rule }) => ({
    finchId: id,
    ...rule,
  }));
  await inLease(work.ctx, work.lease, async (tx) => {
    await replacePayStatementRules(tx, work.scope, rules, fetchedAt);
    await updateStep(tx, work.lease.key, { done: rules.length, total: rules.length });
  });
  return { end: "done" };
};
