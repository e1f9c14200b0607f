import { replacePayStatementItems } from "@/db/repositories/mirror-payroll-items";
import { updateStep } from "@/db/repositories/sync-steps";
import { listPayStatementItems } from "@/lib/finch";
import { fetchTime, inLease } from "../lease";
import type { Step } from "../work";

/** Mirrors the distinct names of lines that Finch has seen, with what its rules say of them. */
export const payStatementItemsStep: Step = async (work) => {
  const fetchedAt = await fetchTime(work.ctx);
  const outcome = await listPayStatementItems(work.caller, work.token, work.scope);
  if (outcome.kind !== "ok") return { end: "failed", failure: outcome };
  const items = outcome.data.map(({ raw: _raw, ...item }) => item);
  await inLease(work.ctx, work.lease, async (tx) => {
    await replacePayStatementItems(tx, work.scope, items, fetchedAt);
    await updateStep(tx, work.lease.key, { done: items.length, total: items.length });
  });
  return { end: "done" };
};
