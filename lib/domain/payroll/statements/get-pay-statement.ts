import { z } from "zod";
import { inScope } from "@/db/client";
import { requirePermission } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import type { PayslipView } from "./payslip-view";
import { readPayslip } from "./read-payslip";

const GetPayStatementInput = z.strictObject({ paymentId: z.uuid(), statementId: z.uuid() });
type GetPayStatementInput = z.infer<typeof GetPayStatementInput>;

/**
 * One pay statement of a payment, with the person's year up to its pay date and what stands beside it.
 * Amounts are minor units.
 * @throws DomainError FORBIDDEN; NOT_FOUND (also of another employer, of another payment and of a disconnected connection)
 */
export async function getPayStatement(ctx: Context, raw: GetPayStatementInput): Promise<PayslipView> {
  requirePermission(ctx, "payroll:read");
  const input = GetPayStatementInput.safeParse(raw);
  if (!input.success) throw notFound("pay statement");
  return inScope(ctx, (tx) => readPayslip(tx, ctx, input.data), { readOnly: true });
}
