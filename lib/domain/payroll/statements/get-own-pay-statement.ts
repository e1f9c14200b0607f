import { z } from "zod";
import { inScope } from "@/db/client";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import type { PayslipView } from "./payslip-view";
import { readPayslip } from "./read-payslip";

const GetOwnPayStatementInput = z.strictObject({ statementId: z.uuid() });
type GetOwnPayStatementInput = z.infer<typeof GetOwnPayStatementInput>;

/**
 * A pay statement of the employee who asks: of the (connection, individual) pair of the context and of nobody else.
 * @throws DomainError FORBIDDEN; NOT_FOUND for everybody else's, and where the employer disconnected
 */
export async function getOwnPayStatement(ctx: Context, raw: GetOwnPayStatementInput): Promise<PayslipView> {
  requirePermission(ctx, "self:read");
  const input = GetOwnPayStatementInput.safeParse(raw);
  const { individualId } = requireCustomer(ctx).scope;
  if (!input.success || !individualId) throw notFound("pay statement");
  const view = await inScope(ctx, (tx) => readPayslip(tx, ctx, input.data), { readOnly: true });
  // Row-level security gave this row already; whoever holds a wider role by mistake is stopped here.
  if (view.person.id !== individualId) throw notFound("pay statement");
  return view;
}
