import { Money } from "@/components/ui/money";
import type { Amount } from "@/lib/domain/payroll/payments/to-payment-view";

interface AmountCellProps {
  amount: Amount | null;
  provider: string;
  className?: string;
}

/** An amount with its currency, or which kind of nothing stands there. */
export function AmountCell({ amount, provider, className }: AmountCellProps) {
  return (
    <Money
      amount={amount?.amountCents}
      currency={amount?.currency ?? null}
      provider={provider}
      className={className}
    />
  );
}
