import { inScope } from "@/db/client";
import { sumStatementsOf } from "@/db/repositories/payroll-payment-checks";
import { requirePermission } from "@/lib/auth/permissions";
import { requireCustomer, type Context } from "@/lib/domain/context";
import { notFound } from "@/lib/domain/errors";
import { checkFigures, type FigureCheck } from "./check-figures";
import { GetPaymentInput } from "./get-payment";
import { loadPayment } from "./load-payment";

export interface PaymentChecksView {
  checks: FigureCheck[];
  /** Taxes whose side Finch does not say: in neither sum (DOMAIN 1.1). */
  unknownTaxes: { currency: string; cents: bigint }[];
}

/**
 * A payment's own totals against the sums of its statements. It reads every line of them, so a page shows it after
 * the rest.
 * @throws DomainError FORBIDDEN, NOT_FOUND
 */
export async function getPaymentChecks(context: Context, raw: GetPaymentInput): Promise<PaymentChecksView> {
  requirePermission(context, "payroll:read");
  const ctx = requireCustomer(context);
  const input = GetPaymentInput.safeParse(raw);
  if (!input.success) throw notFound("payment");
  const { paymentId } = input.data;
  return inScope(
    ctx,
    async (tx) => {
      const { payment } = await loadPayment(tx, ctx, paymentId);
      const sums = await sumStatementsOf(tx, ctx.scope.customerId, paymentId);
      return {
        checks: checkFigures({ amounts: payment.amounts, sums, complete: payment.state === "complete" }),
        unknownTaxes: sums
          .filter(({ figure }) => figure === "unknownTaxes")
          .map(({ currency, cents }) => ({ currency, cents })),
      };
    },
    { readOnly: true },
  );
}
