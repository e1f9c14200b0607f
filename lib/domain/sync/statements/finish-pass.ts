import type { Tx } from "@/db/client";
import { clearItemErrors } from "@/db/repositories/item-errors";
import { lockPass, updatePass, type PaymentPass } from "@/db/repositories/payment-passes";
import { countStatements, deleteUnseen, orderStatements } from "@/db/repositories/statement-removals";
import { holdRows, resolveHold } from "@/db/repositories/sync-holds";
import { chunkSize } from "../chunks";
import { inLease } from "../lease";
import type { StepWork } from "../work";
import { isRead } from "./pages";

/**
 * Ends a pass that has read every page of a payment: statements that it did not see are gone, 1,000 a transaction.
 * Where it saw none and there were some, they are held until a person accepts that (DOMAIN 1.3).
 * @param requestId of the answer that brought the last page, where it was brought just now
 */
export async function finishPass(
  work: StepWork,
  paymentId: string,
  pageSize: number,
  requestId: string | null,
): Promise<void> {
  const finish = () =>
    inLease(work.ctx, work.lease, async (tx) => {
      const pass = await lockPass(tx, work.scope, paymentId);
      if (!pass || pass.runId !== work.lease.key.runId || !pass.startedAt || !isRead(pass, pageSize))
        return true;
      if (await isHeld(tx, work, pass, requestId)) return true;
      const gone = await deleteUnseen(tx, work.scope, pass.id, pass.startedAt, chunkSize);
      if (gone === chunkSize) return false;
      await complete(tx, work, pass, pass.startedAt);
      return true;
    });
  while (!(await finish()));
}

async function isHeld(
  tx: Tx,
  { scope, lease }: StepWork,
  pass: PaymentPass,
  requestId: string | null,
): Promise<boolean> {
  if (pass.count !== 0) return false;
  const rows = await countStatements(tx, scope, pass.id);
  const place = { product: "pay_statements", finchId: pass.finchId } as const;
  if (rows === 0 || (await holdRows(tx, scope, { ...place, rows, runId: lease.key.runId, requestId })))
    return false;
  await updatePass(tx, scope, pass.id, {
    statementsState: "held",
    statementsError: null,
    passPages: null,
    passStartedAt: null,
  });
  return true;
}

async function complete(tx: Tx, { scope }: StepWork, pass: PaymentPass, startedAt: Date): Promise<void> {
  await orderStatements(tx, scope, pass.id);
  await updatePass(tx, scope, pass.id, {
    statementsState: "complete",
    statementsCount: pass.count,
    statementsFetchedAt: startedAt,
    statementsError: null,
    passPages: null,
    passStartedAt: null,
  });
  await clearItemErrors(tx, scope, "pay_statements", [pass.finchId], startedAt);
  await resolveHold(tx, scope, "pay_statements", pass.finchId);
}
