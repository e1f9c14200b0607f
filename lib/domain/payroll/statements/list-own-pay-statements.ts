import { z } from "zod";
import { inScope } from "@/db/client";
import { readToday } from "@/db/repositories/customers-clock";
import { listOwnAwaitedPay } from "@/db/repositories/pay-statements";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { readStatements, type StatementsView } from "./read-statements";

const ListOwnPayStatementsInput = z.strictObject({ year: z.int().min(0).max(9999).optional() });
type ListOwnPayStatementsInput = z.infer<typeof ListOwnPayStatementsInput>;

export interface OwnStatementsView extends StatementsView {
  /** Pay dates up to today of which own pay may still be missing, newest first; null is an undated payment. */
  awaited: (string | null)[];
}

/**
 * The pay statements of the employee who asks, with the own year and the days whose pay may be missing: of the pair of
 * the context, whatever is passed in.
 * @throws DomainError FORBIDDEN; NOT_FOUND where the employer disconnected or the person left the mirror
 */
export async function listOwnPayStatements(
  ctx: Context,
  raw: ListOwnPayStatementsInput,
): Promise<OwnStatementsView> {
  requirePermission(ctx, "self:read");
  const { year } = ListOwnPayStatementsInput.parse(raw);
  const { individualId, customerId } = requireCustomer(ctx).scope;
  if (!individualId) throw notFound("pay statements");
  return inScope(
    ctx,
    async (tx) => {
      const view = await readStatements(tx, ctx, individualId, year);
      return { ...view, awaited: await listOwnAwaitedPay(tx, await readToday(tx, customerId)) };
    },
    { readOnly: true },
  );
}
