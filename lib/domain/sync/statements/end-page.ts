import type { Tx } from "@/db/client";
import { upsertItemErrors } from "@/db/repositories/item-errors";
import { updatePass, type PassPatch, type PaymentPass } from "@/db/repositories/payment-passes";
import { deleteRepeated } from "@/db/repositories/statement-removals";
import type { FinchStatementPage } from "@/lib/finch";
import type { MirrorScope } from "@/db/repositories/raw-records";
import { countByPage } from "./pages";

export interface PageAnswer {
  page: FinchStatementPage;
  /** When it was asked for. */
  fetchedAt: Date;
  /** False where Finch renewed its data between two pages of the payment. */
  isSameData: boolean;
  pageSize: number;
}

/**
 * Writes down how a page of a payment's open pass ended, and gives the pass as it is then. One that is still being
 * fetched stays to be read. An error is kept; what was there stays. A payment that changed between two pages is read
 * again from its beginning, once; if it changes again, it is left as it was read, and nothing is taken away.
 */
export async function endPage(
  tx: Tx,
  scope: MirrorScope,
  pass: PaymentPass,
  { page, fetchedAt, isSameData, pageSize }: PageAnswer,
): Promise<PaymentPass> {
  const write = async (patch: PassPatch, changed: Partial<PaymentPass>) => {
    await updatePass(tx, scope, pass.id, patch);
    return { ...pass, ...changed };
  };
  if (page.kind === "pending") return write({ statementsState: "pending" }, { state: "pending" });
  if (page.kind === "error") {
    const error = { code: page.code, name: null, finchCode: null, message: null, ...page.error };
    await upsertItemErrors(tx, scope, "pay_statements", [{ finchId: pass.finchId, ...error }], fetchedAt);
    return write({ statementsState: "failed", statementsError: error }, { state: "failed" });
  }
  const count = isSameData ? countByPage(pass, page, pageSize) : null;
  if (count !== null) {
    const pages = [...new Set([...(pass.pages ?? []), page.offset])];
    return write({ passCount: count, passPages: pages }, { count, pages });
  }
  if (pass.restarts === 0) {
    const again = { startedAt: null, count: null, pages: [], restarts: 1 };
    return write({ passStartedAt: null, passCount: null, passPages: [], passRestarts: 1 }, again);
  }
  if (pass.startedAt) await deleteRepeated(tx, scope, pass.id, pass.startedAt);
  return write(
    { statementsState: "partial", statementsError: null, passPages: null, passStartedAt: null },
    { state: "partial", pages: null, startedAt: null },
  );
}
