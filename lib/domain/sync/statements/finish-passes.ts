import type { Tx } from "@/db/client";
import { clearItemErrors } from "@/db/repositories/item-errors";
import { completePasses, lockPasses, savePass, type PaymentPass } from "@/db/repositories/payment-passes";
import { countStatements, deleteUnseen, orderStatements } from "@/db/repositories/statement-removals";
import { holdRows, resolveHolds } from "@/db/repositories/sync-holds";
import { chunkSize } from "../chunks";
import { inLease } from "../lease";
import type { StepWork } from "../work";
import { isRead } from "./pages";

/**
 * Ends passes that have read every page of their payments: statements that they did not see are gone. Where one saw none
 * and there were some, these are held until a person accepts that (DOMAIN 1.3). At most 1,000 go in a transaction: false
 * where that was not enough, and it has to be called again.
 * @param requestId of the answer that brought the last page, where it was brought just now
 */
export async function finishPasses(
  tx: Tx,
  { scope, lease }: Pick<StepWork, "scope" | "lease">,
  passes: readonly PaymentPass[],
  requestId: string | null,
): Promise<boolean> {
  const complete: PaymentPass[] = [];
  for (const pass of passes) {
    if (pass.count === 0 && (await isHeld(tx, scope, pass, { runId: lease.key.runId, requestId })))
      await savePass(tx, scope, { ...pass, state: "held", startedAt: null, pages: null }, null);
    else complete.push(pass);
  }
  if (complete.length === 0) return true;
  const ids = complete.map((pass) => pass.id);
  if ((await deleteUnseen(tx, scope, ids, chunkSize)) === chunkSize) return false;
  await orderStatements(tx, scope, ids);
  const finchIds = complete.map((pass) => pass.finchId);
  const [oldest] = complete.flatMap((pass) => pass.startedAt ?? []).sort((a, b) => a.getTime() - b.getTime());
  await completePasses(tx, scope, complete);
  if (oldest) await clearItemErrors(tx, scope, "pay_statements", finchIds, oldest);
  await resolveHolds(tx, scope, "pay_statements", finchIds);
  return true;
}

async function isHeld(
  tx: Tx,
  scope: StepWork["scope"],
  { id, finchId }: PaymentPass,
  request: { runId: string; requestId: string | null },
): Promise<boolean> {
  const rows = await countStatements(tx, scope, id);
  return rows > 0 && !(await holdRows(tx, scope, { product: "pay_statements", finchId, rows, ...request }));
}

/** The same in transactions of its own, for passes that another worker, or another transaction, did not end. */
export async function finishReadPasses(
  work: StepWork,
  ids: readonly string[],
  pageSize: number,
  requestId: string | null,
): Promise<void> {
  if (ids.length === 0) return;
  const finish = () =>
    inLease(work.ctx, work.lease, async (tx) => {
      const passes = [...(await lockPasses(tx, work.scope, ids)).values()];
      const read = passes.filter(
        (pass) => pass.runId === work.lease.key.runId && pass.startedAt && isRead(pass, pageSize),
      );
      return finishPasses(tx, work, read, requestId);
    });
  while (!(await finish()));
}
